using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads a <c>[Data]</c> or <c>[Endpoint]</c> method.</summary>
internal sealed class HttpHandlerParser(Compilation compilation, NameRegistry names, ProblemList problems, CancellationToken cancellation)
{
    private const int AccessAuthenticated = 1;

    public HttpHandlerModel? Parse(IMethodSymbol method, HandlerMark mark, ReturnModel returns)
    {
        if (RouteOf(method, mark) is not var (httpMethod, pattern))
            return null;
        var parser = new HttpParameterParser(mark.Kind, httpMethod, pattern, problems);
        var model = new MethodParser(compilation, problems).Parse(method, returns, parser.Parse);
        if (model is null)
            return null;
        return new HttpHandlerModel
        {
            Method = model,
            HttpMethod = httpMethod,
            Pattern = pattern,
            RequiresAuthentication = mark.Kind == HandlerKind.Data
                ? mark.Attribute.ArgumentOr("Access", 0) == AccessAuthenticated
                : mark.Attribute.ArgumentOr("Authorized", true),
            Policy = mark.Attribute.ArgumentOr("Policy", (string?)null),
            Response = ResponseParser.Parse(ReturnParser.Unwrap(method.ReturnType).Result),
            Documentation = DocumentationParser.Parse(method, cancellation),
        };
    }

    private (string HttpMethod, string Pattern)? RouteOf(IMethodSymbol method, HandlerMark mark)
    {
        if (mark.Kind == HandlerKind.Endpoint)
            return mark.Text(0) is { } httpMethod && mark.Text(1) is { } pattern ? (httpMethod, pattern) : null;
        if (mark.Text(0) is not { } name)
            return null;
        if (name.Length == 0 || name.IndexOfAny(['/', '?', '#']) >= 0)
        {
            problems.Add(Rules.UnusableName, method, name);
            return null;
        }
        return names.Take("data", name, method) ? ("GET", "/data/" + RoutePattern.Escape(name)) : null;
    }
}

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
        var values = new List<BindingTarget>();
        var parser = new HttpParameterParser(mark.Kind, httpMethod, pattern, problems, (value, _) => values.Add(value));
        var model = new MethodParser(compilation, problems).Parse(method, returns, parser.Parse);
        if (model is null || (mark.Kind == HandlerKind.Endpoint && !names.TakeRoute(httpMethod, pattern, method)))
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
            MetadataProviders = MetadataProviderParser.Parse(method, model.Parameters, values),
            Validation = ValidationParser.Parse(method, model.Parameters.ToList()),
            Documentation = DocumentationParser.Parse(method, compilation, cancellation),
        };
    }

    private (string HttpMethod, string Pattern)? RouteOf(IMethodSymbol method, HandlerMark mark)
    {
        if (mark.Kind == HandlerKind.Endpoint)
            return EndpointRouteOf(mark);
        if (mark.IsUnreadable(0))
            return null;
        if (mark.Text(0) is not { Length: > 0 } name || name.IndexOfAny(['/', '?', '#']) >= 0)
        {
            problems.Add(Rules.UnusableName, mark.Attribute.Locate("name", 0, mark.Text(0)?.Length ?? 0, cancellation), mark.Text(0) ?? "null");
            return null;
        }
        return names.Take("data", name, method) ? ("GET", "/data/" + RoutePattern.Escape(name)) : null;
    }

    private (string HttpMethod, string Pattern)? EndpointRouteOf(HandlerMark mark)
    {
        if (mark.IsUnreadable(0) || mark.IsUnreadable(1))
            return null;
        if (mark.Text(0) is not { Length: > 0 } httpMethod)
            return Refuse("method", mark.Text(0), 0, "An HTTP method such as GET is needed.");
        if (mark.Text(1) is not { } pattern)
            return Refuse("pattern", null, 0, "A pattern such as /reports/{id} is needed.");
        return RoutePatternCheck.Find(pattern) is { } error ? Refuse("pattern", pattern, error.Position, error.Message, error.Length) : (httpMethod, pattern);

        (string, string)? Refuse(string parameter, string? text, int position, string message, int length = 0)
        {
            problems.Add(Rules.InvalidRoute, mark.Attribute.Locate(parameter, position, length, cancellation), text ?? "null", message);
            return null;
        }
    }
}

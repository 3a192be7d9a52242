using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>
/// Decides where a parameter of an HTTP handler comes from, in the order of ASP.NET Core's RequestDelegateFactory: what an attribute
/// says, then special types, then values of the route and the query string, then a service or the body.
/// </summary>
internal sealed class HttpParameterParser(HandlerKind kind, string httpMethod, string pattern, ProblemList problems)
{
    private static readonly string[] MethodsWithoutInferredBody = ["GET", "HEAD", "DELETE", "TRACE", "OPTIONS", "CONNECT"];

    private static readonly string[] FormTypes =
    [
        "Microsoft.AspNetCore.Http.IFormFile", "Microsoft.AspNetCore.Http.IFormFileCollection", "Microsoft.AspNetCore.Http.IFormCollection",
    ];

    private readonly HashSet<string> _routeParameters = RoutePattern.ParameterNames(pattern);
    private readonly bool _infersBody = !MethodsWithoutInferredBody.Contains(httpMethod, StringComparer.OrdinalIgnoreCase);
    private bool _hasBody;

    public ParameterModel? Parse(IParameterSymbol parameter)
    {
        var (source, attribute) = SourceAttributes.On(parameter);
        if (InjectedParser.Parse(parameter.Type) is { } injected)
            return Injected(parameter, injected, source);
        return source switch
        {
            ExplicitSource.None => Inferred(parameter),
            ExplicitSource.Route => FromRoute(parameter, NameIn(attribute) ?? parameter.Name),
            ExplicitSource.Query => Value(parameter, ValueSource.Query, NameIn(attribute) ?? parameter.Name),
            ExplicitSource.Header => Value(parameter, ValueSource.Header, NameIn(attribute) ?? parameter.Name),
            ExplicitSource.Body => Body(parameter, attribute),
            ExplicitSource.Service => ServiceParser.Parse(parameter),
            ExplicitSource.Several => Refuse(Rules.ConflictingSources, parameter),
            _ => Refuse(Rules.UnsupportedSource, parameter, source.ToString()),
        };
    }

    private ParameterModel? Injected(IParameterSymbol parameter, InjectedParameter injected, ExplicitSource source)
    {
        if (!InjectedParser.IsFor(injected.What, kind))
            return Refuse(Rules.WrongParameter, parameter, kind.ToString());
        var mayBeBody = injected.What is Model.Injected.BodyStream or Model.Injected.BodyReader;
        if (source == ExplicitSource.None || (mayBeBody && source == ExplicitSource.Body))
            return injected;
        return Refuse(Rules.ConflictingSources, parameter);
    }

    private ParameterModel? Inferred(IParameterSymbol parameter)
    {
        var type = parameter.Type;
        if (FormTypes.Any(form => type.Is(form)))
            return Refuse(Rules.UnsupportedSource, parameter, nameof(ExplicitSource.Form));
        if (BindAsync.IsOn(type.WithoutNullable()))
            return Refuse(Rules.UnsupportedSource, parameter, "BindAsync");
        if (ParserChoice.For(type.WithoutNullable()) is not null)
            return Value(parameter, _routeParameters.Contains(parameter.Name) ? ValueSource.Route : ValueSource.RouteOrQuery, parameter.Name);
        if (!_infersBody && IsListOfValues(type))
            return Value(parameter, ValueSource.Query, parameter.Name);
        // Where no body can be inferred, only a service is left: nothing has to be decided at start.
        return _infersBody ? Body(parameter, null) : ServiceParser.Parse(parameter);
    }

    private static bool IsListOfValues(ITypeSymbol type) =>
        type is IArrayTypeSymbol { Rank: 1 } array ? ParserChoice.For(array.ElementType) is not null : ValueTypes.IsStringValues(type.WithoutNullable());

    private ParameterModel? FromRoute(IParameterSymbol parameter, string name) =>
        _routeParameters.Contains(name)
            ? Value(parameter, ValueSource.Route, name)
            : Refuse(Rules.UnknownRouteParameter, parameter, name, pattern);

    private ParameterModel? Value(IParameterSymbol parameter, ValueSource source, string name) =>
        ValueTypes.Parse(parameter, source, name) ?? Refuse(Rules.UnbindableType, parameter);

    private ParameterModel? Body(IParameterSymbol parameter, AttributeData? attribute)
    {
        var isExplicit = attribute is not null;
        if (isExplicit && _hasBody)
            return Refuse(Rules.SeveralBodies, parameter);
        _hasBody |= isExplicit;
        return new BodyParameter
        {
            Name = parameter.Name,
            Type = parameter.Type.ToCode(),
            DisplayType = DisplayNames.Of(parameter.Type),
            IsExplicit = isExplicit,
            IsOptional = parameter.HasExplicitDefaultValue || parameter.Type.AcceptsNull() || AllowsEmpty(attribute),
            Default = Constants.DefaultOf(parameter),
        };
    }

    /// <summary><c>[FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)]</c>, or <c>AllowEmpty</c> of an attribute of the author's own.</summary>
    private static bool AllowsEmpty(AttributeData? attribute) =>
        attribute is not null && (attribute.ArgumentOr("EmptyBodyBehavior", 0) == 1 || attribute.ArgumentOr("AllowEmpty", false));

    private static string? NameIn(AttributeData? attribute) =>
        attribute?.ArgumentOr("Name", (string?)null) is { Length: > 0 } name ? name : null;

    private ParameterModel? Refuse(string rule, IParameterSymbol parameter, params string[] more)
    {
        problems.Add(rule, parameter, [parameter.Name, parameter.Type.ToReadable(), .. more]);
        return null;
    }
}

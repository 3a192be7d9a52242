using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>
/// Decides where a parameter of an HTTP handler comes from, in the order of ASP.NET Core's RequestDelegateFactory: what an attribute
/// says, then special types, then types that bind themselves, then values of the route and the query string, then a service or the body.
/// </summary>
/// <param name="kind">What makes the method a handler.</param>
/// <param name="httpMethod">The HTTP method it answers.</param>
/// <param name="pattern">Its route.</param>
/// <param name="problems">Takes why a parameter can't be bound.</param>
/// <param name="found">Told of each value with its source; of the members of an <c>[AsParameters]</c> type one by one.</param>
internal sealed class HttpParameterParser(
    HandlerKind kind, string httpMethod, string pattern, ProblemList problems, Action<BindingTarget, ParameterModel>? found = null)
{
    private static readonly string[] MethodsWithoutInferredBody = ["GET", "HEAD", "DELETE", "TRACE", "OPTIONS", "CONNECT"];

    private readonly HashSet<string> routeParameters = RoutePattern.ParameterNames(pattern);
    private readonly bool infersBody = !MethodsWithoutInferredBody.Contains(httpMethod, StringComparer.OrdinalIgnoreCase);
    private bool hasBody;
    private bool hasForm;

    public ParameterModel? Parse(IParameterSymbol parameter)
    {
        var target = BindingTarget.Of(parameter);
        return SourceAttributes.On(target).Source == ExplicitSource.AsParameters
            ? new ObjectParser(problems, Parse).Parse(target)
            : Parse(target);
    }

    private ParameterModel? Parse(BindingTarget target)
    {
        var model = FromRequest(target);
        if (model is not null)
            found?.Invoke(target, model);
        return model;
    }

    private ParameterModel? FromRequest(BindingTarget target)
    {
        var (source, attribute) = SourceAttributes.On(target);
        if (InjectedParser.Parse(target.Type) is { } injected)
            return Injected(target, injected, source);
        return source switch
        {
            ExplicitSource.None => Inferred(target),
            ExplicitSource.Route => Route(target, NameIn(attribute) ?? target.Name),
            ExplicitSource.Query => Value(target, ValueSource.Query, NameIn(attribute) ?? target.Name),
            ExplicitSource.Header => Value(target, ValueSource.Header, NameIn(attribute) ?? target.Name),
            ExplicitSource.Form => Form(target, NameIn(attribute)),
            ExplicitSource.Body => Body(target, attribute),
            ExplicitSource.Service => ServiceParser.Parse(target, attribute),
            ExplicitSource.KeyedService => KeyedService(target, attribute!),
            ExplicitSource.Several => Refuse(Rules.ConflictingSources, target),
            _ => Refuse(Rules.InvalidAsParameters, target, "to be a single value inside of another [AsParameters]"),
        };
    }

    private ParameterModel? Injected(BindingTarget target, InjectedParameter injected, ExplicitSource source)
    {
        if (!InjectedParser.IsFor(injected.What, kind))
            return Refuse(Rules.WrongParameter, target, $"handlers marked [{kind}]");
        var mayBeBody = injected.What is Model.Injected.BodyStream or Model.Injected.BodyReader;
        if (source == ExplicitSource.None || (mayBeBody && source == ExplicitSource.Body))
            return injected;
        return Refuse(Rules.ConflictingSources, target);
    }

    private ParameterModel? Inferred(BindingTarget target)
    {
        var type = target.Type;
        if (FormParser.Parse(target, name: null) is { } form)
            return OfForm(target, form);
        if (BindAsync.Parse(target) is { } custom)
            return custom;
        if (ParserChoice.For(type.WithoutNullable()) is not null)
            return Value(target, routeParameters.Contains(target.Name) ? ValueSource.Route : ValueSource.RouteOrQuery, target.Name);
        if (!infersBody && IsListOfValues(type))
            return Value(target, ValueSource.Query, target.Name);
        if (PartialType.MayGrow(type.WithoutNullable()))
            return Undecided(target);
        // Where no body can be inferred, only a service is left. Whether it is one shows at start.
        return infersBody ? Body(target, null) : ServiceParser.Parse(target, null) with { InferredAs = target.Name };
    }

    private static bool IsListOfValues(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1 } array
        ? ParserChoice.For(array.ElementType.WithoutNullable()) is not null
        : ValueTypes.IsStringValues(type.WithoutNullable());

    private ParameterModel? Route(BindingTarget target, string name) =>
        routeParameters.Contains(name) ? Value(target, ValueSource.Route, name) : Refuse(Rules.UnknownRouteParameter, target, name, pattern);

    private ParameterModel? Value(BindingTarget target, ValueSource source, string name) =>
        ValueTypes.Parse(target, source, name) ?? Refuse(Rules.UnbindableType, target);

    private ParameterModel? Form(BindingTarget target, string? name)
    {
        if (FormParser.Parse(target, name) is { } form)
        {
            return string.IsNullOrEmpty(name) || form.Part == FormPart.File
                ? OfForm(target, form)
                : Refuse(Rules.UnsupportedSource, target, "a whole form has no name; leave the name out");
        }
        ParameterModel? model = ValueTypes.Parse(target, ValueSource.Form, name ?? target.Name);
        model ??= FormObjectParser.Parse(target);
        return model is null
            ? Refuse(Rules.UnsupportedSource, target, "no form becomes that; take IFormCollection, or a type with one public constructor whose parts all have such types")
            : OfForm(target, model);
    }

    private ParameterModel? OfForm(BindingTarget target, ParameterModel model)
    {
        hasForm = true;
        return hasBody ? Refuse(Rules.SeveralBodies, target) : model;
    }

    private ParameterModel? Undecided(BindingTarget target) => Body(target, null) is BodyParameter body
        ? body with { Undecided = new(target.Type.WithoutNullable().ToCodeWithoutNull(), routeParameters.Contains(target.Name) ? ValueSource.Route : ValueSource.RouteOrQuery, infersBody) }
        : null;

    private ParameterModel? Body(BindingTarget target, AttributeData? attribute)
    {
        var isExplicit = attribute is not null;
        if (isExplicit && (hasBody || hasForm))
            return Refuse(Rules.SeveralBodies, target);
        hasBody |= isExplicit;
        return new BodyParameter
        {
            Name = target.Name,
            Type = target.Type.ToCode(),
            DisplayType = DisplayNames.Of(target.Type),
            IsExplicit = isExplicit,
            IsOptional = target.IsOptional || AllowsEmpty(attribute),
            IsEmptyAllowed = !target.IsOptional && AllowsEmpty(attribute),
            Default = target.Default,
        };
    }

    /// <summary>The key that an attribute of the author's own hands to its base is in a body, which parsing does not read.</summary>
    private ParameterModel? KeyedService(BindingTarget target, AttributeData attribute) => attribute.AttributeClass.Is(ServiceParser.FromKeyedServices)
        ? ServiceParser.Parse(target, attribute)
        : Refuse(Rules.UnsupportedSource, target, "the key of the service is hidden in that attribute; use [FromKeyedServices]");

    /// <summary><c>[FromBody(EmptyBodyBehavior = EmptyBodyBehavior.Allow)]</c>, or <c>AllowEmpty</c> of an attribute of the author's own.</summary>
    private static bool AllowsEmpty(AttributeData? attribute) =>
        attribute is not null && (attribute.ArgumentOr("EmptyBodyBehavior", 0) == 1 || attribute.ArgumentOr("AllowEmpty", false));

    private static string? NameIn(AttributeData? attribute) => attribute?.ArgumentOr("Name", (string?)null);

    private ParameterModel? Refuse(string rule, BindingTarget target, params string[] more)
    {
        problems.Add(rule, target.Symbol, [target.Name, target.Type.ToReadable(), .. more]);
        return null;
    }
}

using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

/// <summary>What is known once, at start, when a handler's delegate is built. Generated code makes its parameters and its response from it.</summary>
public sealed class HttpHandlerContext
{
    private readonly IServiceProviderIsService? services;
    private readonly JsonWriters json;
    private readonly IReadOnlySet<string> routeParameters;
    private readonly MethodInfo method;
    private readonly EndpointBuilder endpoint;
    private readonly ParameterInfo[] parameters;

    internal HttpHandlerContext(
        IServiceProviderIsService? services, JsonWriters json, IReadOnlySet<string> routeParameters, MethodInfo method, EndpointBuilder endpoint)
    {
        parameters = method.GetParameters();
        this.method = method;
        this.endpoint = endpoint;
        this.services = services;
        this.json = json;
        this.routeParameters = routeParameters;
    }

    /// <summary>Whether a type comes from the service provider; otherwise it is a request's body.</summary>
    public bool IsService(Type type) => services?.IsService(type) == true;

    /// <summary>The description of one of the method's parameters.</summary>
    /// <param name="position">Which, from 0.</param>
    public ParameterInfo Parameter(int position) => parameters[position];

    /// <summary>How a type is read and written as JSON.</summary>
    /// <exception cref="NotSupportedException">The host's JSON options don't know the type.</exception>
    public JsonTypeInfo<T> JsonTypeInfo<T>() => (JsonTypeInfo<T>)json.Options.GetTypeInfo(typeof(T));

    /// <summary>A value that is parsed from text.</summary>
    /// <param name="source">Where it is in the request.</param>
    /// <param name="name">Its name there.</param>
    /// <param name="displayType">How logs write the parameter's type.</param>
    /// <param name="displayName">How logs write the parameter's name.</param>
    /// <exception cref="InvalidOperationException">It is said to be in the route, whose pattern does not have it.</exception>
    public ValueParameter<T, TParser> Value<T, TParser>(ValueSource source, string name, string displayType, string displayName)
        where TParser : IValueParser<T> => new(TextOf(source, name, displayType, displayName));

    /// <summary>A string.</summary>
    /// <inheritdoc cref="Value" path="/param|/exception" />
    public TextParameter Text(ValueSource source, string name, string displayType, string displayName) => new(TextOf(source, name, displayType, displayName));

    /// <summary>Several values of one name.</summary>
    /// <inheritdoc cref="Value" path="/param|/exception" />
    public ArrayParameter<T, TParser> Array<T, TParser>(ValueSource source, string name, string displayType, string displayName)
        where TParser : IValueParser<T> => new(TextOf(source, name, displayType, displayName));

    /// <summary>Several texts of one name.</summary>
    /// <inheritdoc cref="Value" path="/param|/exception" />
    public StringValuesParameter StringValues(ValueSource source, string name, string displayType, string displayName) => new(TextOf(source, name, displayType, displayName));

    /// <summary>An object made of many values of a form.</summary>
    /// <param name="displayType">How logs write the parameter's type.</param>
    /// <param name="displayName">How logs write the parameter's name.</param>
    public FormObjectParameter<T, TConverter> FormObject<T, TConverter>(string displayType, string displayName)
        where TConverter : IFormConverter<T> => new(FormLimits.Of(endpoint.Metadata), displayType, displayName);

    /// <summary>The body, as JSON.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="displayType">How logs write its type.</param>
    public BodyParameter<T> Body<T>(string name, string displayType) =>
        new JsonBodyParameter<T>(JsonTypeInfo<T>(), name, displayType, isInferred: false);

    /// <summary>A service when the container has the type, else the body.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="displayType">How logs write its type.</param>
    public BodyParameter<T> BodyOrService<T>(string name, string displayType) =>
        IsService(typeof(T))
            ? new ServiceInsteadOfBody<T>()
            : new JsonBodyParameter<T>(JsonTypeInfo<T>(), name, displayType, isInferred: true);

    /// <summary>What the compiler found a type to be: read from the request by itself, from text, or else a service or the body.</summary>
    /// <param name="decision">What the compiler found.</param>
    /// <param name="info">The parameter's description.</param>
    /// <param name="source">Where a text of it is.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="displayType">How logs write its type.</param>
    public BodyParameter<TParameter> Decided<T, TParameter>(Decision<T> decision, ParameterInfo info, ValueSource source, string name, string displayType)
    {
        ArgumentNullException.ThrowIfNull(decision);
        if (decision.Binder is { } binder)
        {
            var place = binder.TakesParameter ? "BindAsync(HttpContext, ParameterInfo)" : "BindAsync(HttpContext)";
            return new BoundInsteadOfBody<T, TParameter>(binder, new CustomParameter(info, displayType, name, $"{displayType}.{place}"));
        }
        if (decision.Kind == HttpParameterKind.Value)
            return new ParsedInsteadOfBody<T, TParameter>(decision, TextOf(source, name, displayType, name));
        return BodyOrService<TParameter>(name, displayType);
    }

    /// <summary>A response written as JSON.</summary>
    public JsonResponse<T> Json<T>() => new(JsonTypeInfo<T>(), json);

    /// <summary>A response that is decided by the value: a result, a text or JSON.</summary>
    public AnyResponse Any() => new(JsonTypeInfo<object>());

    /// <summary>The handler inside the endpoint filters of its groups; null where there are none.</summary>
    /// <param name="handler">Calls it with the arguments that filters have left.</param>
    public HandlerFilters? Filters(EndpointFilterDelegate handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (endpoint.FilterFactories.Count == 0)
            return null;
        var about = new EndpointFilterFactoryContext { MethodInfo = method, ApplicationServices = endpoint.ApplicationServices };
        return HandlerFilters.Build(endpoint, about, handler, Any);
    }

    private RequestText TextOf(ValueSource source, string name, string displayType, string displayName)
    {
        var inRoute = routeParameters.Contains(name);
        if (source == ValueSource.Route && !inRoute)
            throw new InvalidOperationException($"'{name}' is not a route parameter.");
        var found = source != ValueSource.RouteOrQuery ? source : inRoute ? ValueSource.Route : ValueSource.Query;
        return new RequestText(found, name, displayType, displayName);
    }
}

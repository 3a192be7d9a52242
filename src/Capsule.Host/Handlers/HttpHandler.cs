using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;

namespace Capsule.Hosting;

/// <summary>A <c>[Data]</c> or <c>[Endpoint]</c> method.</summary>
public sealed class HttpHandler
{
    /// <summary>Finds methods of a type itself, of any accessibility, static or not. Named by generated code.</summary>
    public const BindingFlags DeclaredMethods =
        BindingFlags.DeclaredOnly | BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Where it is, for logs: <c>Namespace.Type.Method</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The HTTP method.</summary>
    public required string HttpMethod { get; init; }

    /// <summary>The route pattern.</summary>
    public required string Pattern { get; init; }

    /// <summary>Whether the caller must be signed in.</summary>
    public required bool RequiresAuthentication { get; init; }

    /// <summary>The authorization policy that the caller must meet; null for none.</summary>
    public string? Policy { get; init; }

    /// <summary>The author's method: the source of metadata attributes and of the OpenAPI description.</summary>
    public required MethodInfo Method { get; init; }

    /// <summary>The parameters that clients supply, and those that are taken for services without a word that says so.</summary>
    public IReadOnlyList<HttpParameter> Parameters { get; init; } = [];

    /// <summary>Whether validation attributes, of parameters or of their types, are checked before it is called.</summary>
    public bool IsValidated { get; init; }

    /// <summary>Whether a client must name a session of its own; null when the handler takes none.</summary>
    public bool? RequiresSession { get; init; }

    /// <summary>What the response holds; null when it is empty or describes itself.</summary>
    public Type? ResponseType { get; init; }

    /// <summary>Adds the metadata by which types of parameters describe themselves; null when none does.</summary>
    public Action<MethodInfo, EndpointBuilder>? PopulateParameterMetadata { get; init; }

    /// <summary>Adds the metadata by which a result type describes itself; null when it does not.</summary>
    public Action<MethodInfo, EndpointBuilder>? PopulateMetadata { get; init; }

    /// <summary>The texts of the method's XML comment; null without one.</summary>
    public HandlerDocumentation? Documentation { get; init; }

    /// <summary>Builds the delegate that binds the parameters, calls the method and writes the response.</summary>
    public required Func<HttpHandlerContext, RequestDelegate> Build { get; init; }

    /// <summary>What a type says of an endpoint that takes or returns it. Named by generated code.</summary>
    public static void Describe<T>(MethodInfo method, EndpointBuilder builder)
        where T : IEndpointMetadataProvider => T.PopulateMetadata(method, builder);

    /// <summary>What a type says of an endpoint by a parameter of it. Named by generated code.</summary>
    public static void DescribeParameter<T>(ParameterInfo parameter, EndpointBuilder builder)
        where T : IEndpointParameterMetadataProvider => T.PopulateMetadata(parameter, builder);
}

/// <summary>A parameter that clients supply, or that is taken for a service.</summary>
/// <param name="Position">Its place among the method's parameters, from 0.</param>
/// <param name="Name">Its name in the request.</param>
/// <param name="Kind">How it is read.</param>
/// <param name="IsOptional">Whether a request may leave it out.</param>
public sealed record HttpParameter(int Position, string Name, HttpParameterKind Kind, bool IsOptional)
{
    /// <summary>The property, where the parameter is an object that stands for several values and this is one of them; else null.</summary>
    public MemberParameter? Member { get; init; }

    /// <summary>Whether a request may leave it out only because an attribute allows an empty body: neither its type nor a default value says so.</summary>
    public bool IsEmptyAllowed { get; init; }

    /// <summary>Tells which names it reads of a form; null where it is not an object made of many.</summary>
    public Action<FormDescription>? DescribeForm { get; init; }
}

/// <summary>How a parameter is read.</summary>
public enum HttpParameterKind
{
    /// <summary>From text in the route, the query string or a header.</summary>
    Value,

    /// <summary>From the body, as JSON.</summary>
    Body,

    /// <summary>From the service provider when it has the type, else from the body.</summary>
    BodyOrService,

    /// <summary>From the service provider, which must have the type: the HTTP method lets no body be inferred.</summary>
    Service,

    /// <summary>From a form: one or all of its values.</summary>
    Form,

    /// <summary>From a form: an object made of many of its values.</summary>
    FormObject,

    /// <summary>From a form: one or all of its files.</summary>
    FormFile,

    /// <summary>By its type, with <c>BindAsync</c>.</summary>
    Custom,
}

using System.Reflection;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>A <c>[Data]</c> or <c>[Endpoint]</c> method.</summary>
public sealed class HttpHandler
{
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

    /// <summary>Builds the delegate that binds the parameters, calls the method and writes the response.</summary>
    public required Func<HttpHandlerContext, RequestDelegate> Build { get; init; }
}

using System.Diagnostics.CodeAnalysis;

namespace Capsule;

/// <summary>Makes a method an HTTP endpoint at exactly the path given, with the binding rules of ASP.NET Core minimal APIs.</summary>
/// <remarks>
/// The method may take <see cref="RequestContext"/>, <see cref="Collection{T}"/>, <see cref="TaskClient"/> and what a minimal API
/// handler may take, with the same meaning; not <see cref="Session"/>.
/// </remarks>
/// <param name="method">The HTTP method, for example <c>POST</c>.</param>
/// <param name="pattern">The route pattern, for example <c>/reports/{id:int}</c>.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EndpointAttribute(string method = "GET", [StringSyntax("Route")] string pattern = "/") : Attribute
{
    /// <summary>The HTTP method.</summary>
    public string Method { get; } = method;

    /// <summary>The route pattern.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>Whether the caller must be signed in (401 otherwise); true by default. A guest is not signed in.</summary>
    public bool Authorized { get; set; } = true;

    /// <summary>The name of an authorization policy that the caller must also meet.</summary>
    public string? Policy { get; set; }
}

namespace Capsule;

/// <summary>Makes a method answer <c>GET /data/{name}</c>: read-only data for pages and other clients.</summary>
/// <remarks>
/// The method may take <see cref="RequestContext"/>, <see cref="Session"/> (named by the header <c>Capsule-Session-Id</c>; a request without it
/// gets 400, or null where the parameter is nullable), query parameters, <see cref="Collection{T}"/>, <see cref="TaskClient"/>, services and a
/// <see cref="CancellationToken"/>.
/// </remarks>
/// <param name="name">The last segment of the path.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DataAttribute(string name) : Attribute
{
    /// <summary>The last segment of the path.</summary>
    public string Name { get; } = name;

    /// <summary>Who may call; <see cref="Access.Public"/> by default.</summary>
    public Access Access { get; set; }

    /// <summary>The name of an authorization policy that the caller must also meet.</summary>
    public string? Policy { get; set; }
}

/// <summary>Who may call a <see cref="DataAttribute">[Data]</see> handler.</summary>
public enum Access
{
    /// <summary>Everybody, guests included.</summary>
    Public,

    /// <summary>Signed-in users only; others get 401. A guest is not signed in.</summary>
    Authenticated,
}

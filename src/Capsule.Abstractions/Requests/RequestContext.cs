using Microsoft.AspNetCore.Http;

namespace Capsule;

/// <summary>Who is calling a <c>[Data]</c> or <c>[Endpoint]</c> handler, and what the handler may do on their behalf. Not a session: there is nobody to reply to.</summary>
public sealed class RequestContext
{
    /// <summary>The caller. A visitor without a sign-in is a guest (<c>guest:…</c>) and shares nothing with other visitors.</summary>
    public required UserInfo User { get; init; }

    /// <summary>What the caller has connected: <c>ctx.Integrations[Integration.GitHub]</c> is null when absent.</summary>
    public ConnectedIntegrations Integrations { get; init; } = ConnectedIntegrations.None;

    /// <summary>Whether the caller is signed in. Guests are not.</summary>
    public required bool Authenticated { get; init; }

    /// <summary>The HTTP request; null outside of one, as in tests.</summary>
    public HttpRequest? Request { get; init; }

    /// <summary>The services of this invocation's scope.</summary>
    public required IServiceProvider Services { get; init; }

    /// <summary>Submits background tasks, without a session, on behalf of <see cref="User"/>.</summary>
    public required TaskClient Tasks { get; init; }

    /// <summary>The app's collections, scoped to <see cref="User"/>.</summary>
    public required DocumentDatabase Db { get; init; }
}

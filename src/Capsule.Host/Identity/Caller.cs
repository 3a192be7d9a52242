using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>Who makes a request.</summary>
/// <param name="User">The user; a guest when not signed in.</param>
/// <param name="Authenticated">Whether the user is signed in.</param>
internal sealed record Caller(UserInfo User, bool Authenticated)
{
    public const string GuestPrefix = "guest:";
}

/// <summary>Finds out who makes a request.</summary>
internal interface ICallerResolver
{
    /// <summary>
    /// The caller: signed in, or known by a guest cookie, or a new guest. A new guest gets its cookie only when <paramref name="remember"/> is set
    /// (state-changing calls); it is the same guest throughout the request.
    /// </summary>
    Caller Resolve(HttpContext context, bool remember = false);
}

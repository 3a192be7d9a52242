using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Generators.Tests.Http;

/// <summary>Handlers with metadata of their own.</summary>
[WithMiddleware, Tags("of the class")]
public static class MetadataHandlers
{
    private static int calls;

    [Endpoint("GET", "/meta/signed-in")]
    public static string SignedIn() => "in";

    [Endpoint("GET", "/meta/anonymous"), AllowAnonymous]
    public static string Anonymous() => "anybody";

    [Endpoint("GET", "/meta/staff", Policy = "staff")]
    public static string Staff() => "staff";

    [Endpoint("GET", "/meta/role", Authorized = false), Authorize(Roles = "admin")]
    public static string Role() => "admin";

    [Endpoint("GET", "/meta/cookie", Authorized = false), Authorize(AuthenticationSchemes = "Other")]
    public static string Cookie() => "cookie";

    [Endpoint("GET", "/meta/cookie-admin", Authorized = false), Authorize(AuthenticationSchemes = "Other", Roles = "admin")]
    public static string CookieOfAdmin() => "cookie";

    [Endpoint("GET", "/meta/bearer", Authorized = false), Authorize(AuthenticationSchemes = BearerTokenDefaults.AuthenticationScheme)]
    public static string Bearer() => "bearer";

    [Endpoint("GET", "/meta/limited", Authorized = false), EnableRateLimiting("once")]
    public static string Limited() => "limited";

    [Endpoint("GET", "/meta/cached", Authorized = false), OutputCache(Duration = 3600)]
    public static int Cached() => Interlocked.Increment(ref calls);

    [Endpoint("POST", "/meta/small", Authorized = false), RequestSizeLimit(20)]
    public static int Small([FromBody] string text) => text.Length;

    [Endpoint("POST", "/meta/small-form", Authorized = false), RequestSizeLimit(20)]
    public static int SmallForm([FromForm] string title) => title.Length;

    [Endpoint("POST", "/meta/medium", Authorized = false)]
    public static int Medium([FromBody] string text) => text.Length;

    [Endpoint("POST", "/meta/any-size", Authorized = false), DisableRequestSizeLimit]
    public static int AnySize([FromBody] string text) => text.Length;

    [Endpoint("GET", "/meta/slow", Authorized = false), RequestTimeout(50)]
    public static async Task<string> Slow(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "never";
    }

    [Endpoint("GET", "/meta/shared", Authorized = false), EnableCors("friends")]
    public static string Shared() => "shared";

    [Endpoint("GET", "/meta/described", Authorized = false), EndpointName("described"), EndpointSummary("A summary"), EndpointDescription("A description"), Tags("of the method")]
    [ProducesResponseType<Todo>(StatusCodes.Status201Created), ProducesResponseType(StatusCodes.Status404NotFound)]
    public static IResult Described() => TypedResults.NotFound();

    [Endpoint("GET", "/meta/hidden", Authorized = false), ExcludeFromDescription]
    public static string Hidden() => "hidden";
}

/// <summary>Handlers that share the metadata of their class.</summary>
[WithMiddleware, Authorize(Roles = "admin"), EnableRateLimiting("once")]
public static class MetadataOfClassHandlers
{
    [Endpoint("GET", "/class/admins", Authorized = false), DisableRateLimiting]
    public static string Admins() => "admins";

    [Endpoint("GET", "/class/admins-limited", Authorized = false)]
    public static string LimitedAdmins() => "admins";

    [Endpoint("GET", "/class/staff-admins", Authorized = false), Authorize(Policy = "staff"), DisableRateLimiting]
    public static string Both() => "both";

    [Endpoint("GET", "/class/open", Authorized = false), AllowAnonymous, DisableRateLimiting]
    public static string Open() => "open";

    [Endpoint("GET", "/class/unlimited", Authorized = false), DisableRateLimiting]
    public static string Unlimited() => "unlimited";
}

[WithMiddleware]
public static class MetadataOfDataHandlers
{
    [Data("members"), Authorize]
    public static string Members() => "members";

    [Data("of-members", Access = Access.Authenticated)]
    public static string OfMembers() => "members";

    [Data("of-staff", Policy = "staff")]
    public static string OfStaff() => "staff";
}

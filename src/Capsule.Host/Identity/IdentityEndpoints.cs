using System.ComponentModel.DataAnnotations;
using System.Security.Claims;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Capsule.Hosting;

/// <summary>The caller, as the app knows them.</summary>
/// <param name="Id">The user's id; starts with <c>guest:</c> for a visitor who has not signed in.</param>
/// <param name="Email">The e-mail address, where known.</param>
/// <param name="OrgId">The organisation's id; absent without one.</param>
/// <param name="Authenticated">Whether the caller is signed in.</param>
internal sealed record Me(
    string Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OrgId,
    bool Authenticated);

/// <summary>Who the caller is, and signing in and out.</summary>
internal static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder endpoints, IHostEnvironment environment)
    {
        var group = endpoints.MapGroup("/capsule").WithTags("Identity");
        group.MapGet("/me", GetMe).WithName("getMe");
        group.MapPost("/signout", (Delegate)SignOutAsync).WithName("signOut");
        // Anybody can sign in as anybody here: for trying an app out, never outside of Development.
        if (environment.IsDevelopment())
            group.MapPost("/signin", SignInAsync).WithName("signIn").DisableAntiforgery();
    }

    /// <summary>Who the caller is.</summary>
    /// <response code="200">The caller; a guest who has not posted anything yet has another id each time.</response>
    internal static Ok<Me> GetMe(HttpContext context, ICallerResolver callers)
    {
        var (user, authenticated) = callers.Resolve(context);
        return TypedResults.Ok(new Me(user.Id, user.Email, user.OrgId, authenticated));
    }

    /// <summary>Signs the caller in as anybody. Only in Development.</summary>
    /// <param name="context">The request.</param>
    /// <param name="callers">Knows the guest.</param>
    /// <param name="guests">The cookie that is no longer needed.</param>
    /// <param name="merges">What moves from the guest to the user.</param>
    /// <param name="email">The e-mail address, which is the user's id as well.</param>
    /// <param name="org">The organisation's id; none when left out.</param>
    /// <response code="204">Signed in. What the guest had belongs to the user now.</response>
    /// <response code="400">There is no usable e-mail address.</response>
    internal static async Task<Results<NoContent, ValidationProblem>> SignInAsync(
        HttpContext context,
        ICallerResolver callers,
        GuestCookie guests,
        IEnumerable<IUserMerge> merges,
        [FromForm] string? email,
        [FromForm] string? org)
    {
        email = email?.Trim().ToLowerInvariant();
        if (email is not { Length: > 0 and <= 254 } || !new EmailAddressAttribute().IsValid(email))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["email"] = ["An e-mail address is required."] });

        if (guests.Read(context) is { } guest)
        {
            foreach (var merge in merges)
                await merge.MoveAsync(guest, email, context.RequestAborted);
            guests.Delete(context);
        }
        await context.SignInAsync(IdentitySetup.Scheme, Principal(email, org?.Trim()), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.NoContent();
    }

    /// <summary>Signs the caller out; they are a new guest afterwards.</summary>
    /// <response code="204">Signed out.</response>
    internal static async Task<NoContent> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(IdentitySetup.Scheme);
        return TypedResults.NoContent();
    }

    private static ClaimsPrincipal Principal(string email, string? organisation)
    {
        List<Claim> claims = [new("sub", email), new("email", email)];
        if (!string.IsNullOrEmpty(organisation))
            claims.Add(new Claim("org_id", organisation));
        return new(new ClaimsIdentity(claims, IdentitySetup.Scheme, nameType: "email", roleType: ClaimTypes.Role));
    }
}

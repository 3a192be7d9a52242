using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Capsule.Hosting;

/// <summary>The caller, as the app knows them.</summary>
/// <param name="Id">The user's id; starts with <c>guest:</c> for a visitor who has not signed in.</param>
/// <param name="Authenticated">Whether the caller is signed in.</param>
/// <param name="Email">The e-mail address, where known.</param>
/// <param name="OrgId">The organisation's id; absent without one.</param>
internal sealed record Me(
    string Id,
    bool Authenticated,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Email = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? OrgId = null);

/// <summary>Who signs in. Read field by field; described here for the OpenAPI document.</summary>
/// <param name="Email">The e-mail address, which is the user's id as well.</param>
/// <param name="Org">The organisation's id; none when left out.</param>
internal sealed record SignInForm(string Email, string? Org = null);

/// <summary>Who the caller is, and signing in and out.</summary>
internal static class IdentityEndpoints
{
    public static void MapIdentity(this IEndpointRouteBuilder endpoints, IHostEnvironment environment)
    {
        var group = endpoints.MapGroup("/capsule").WithTags("Identity");
        group.MapGet("/me", GetMe).WithName("getMe");
        group.MapPost("/signout", (Delegate)SignOutAsync).WithName("signOut");
        if (OffersSignIn(environment))
            group.MapPost("/signin", SignInAsync).WithName("signIn").Accepts<SignInForm>("application/x-www-form-urlencoded");
    }

    /// <summary>Says who the caller is.</summary>
    /// <remarks>A visitor who has not signed in is a guest, from their first unsafe call on the same one each time.</remarks>
    /// <response code="200">The caller; a guest who has not posted anything yet has another id each time.</response>
    internal static Ok<Me> GetMe(HttpContext context, ICallerResolver callers)
    {
        var (user, authenticated) = callers.Resolve(context);
        return TypedResults.Ok(new Me(user.Id, authenticated, user.Email, user.OrgId));
    }

    /// <summary>Signs the caller in.</summary>
    /// <remarks>Only in Development, and as anybody: for trying an app out. What the guest had belongs to the user from then on.</remarks>
    /// <response code="204">Signed in.</response>
    /// <response code="400">There is no usable e-mail address.</response>
    internal static async Task<Results<NoContent, ValidationProblem>> SignInAsync(
        HttpContext context, GuestAdoption adoption, ClaimsMapping claims)
    {
        var form = await ReadFormAsync(context.Request);
        var email = form["email"].ToString().Trim().ToLowerInvariant();
        if (email.Length > 254 || !new EmailAddressAttribute().IsValid(email))
            return TypedResults.ValidationProblem(new Dictionary<string, string[]> { ["email"] = ["An e-mail address is required."] });

        var organisation = form["org"].ToString().Trim();
        var user = new UserInfo { Id = email, Email = email, OrgId = organisation.Length > 0 ? organisation : null };
        await adoption.AdoptAsync(context, user, context.RequestAborted);
        await context.SignInAsync(IdentitySetup.Scheme, claims.PrincipalOf(user), new AuthenticationProperties { IsPersistent = true });
        return TypedResults.NoContent();
    }

    /// <summary>The form; empty when there is none, or a damaged one.</summary>
    private static async Task<IFormCollection> ReadFormAsync(HttpRequest request)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(request.HttpContext.RequestAborted) : FormCollection.Empty;
        }
        catch (InvalidDataException)
        {
            return FormCollection.Empty;
        }
    }

    /// <summary>Signs the caller out.</summary>
    /// <remarks>They are a new guest afterwards.</remarks>
    /// <response code="204">Signed out.</response>
    internal static async Task<NoContent> SignOutAsync(HttpContext context)
    {
        await context.SignOutAsync(IdentitySetup.Scheme);
        return TypedResults.NoContent();
    }

    /// <summary>Anybody can sign in as anybody: for trying an app out, never outside of Development.</summary>
    internal static bool OffersSignIn(IHostEnvironment environment) => environment.IsDevelopment();
}

using System.Security.Claims;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>Reads the app's user out of what any ASP.NET Core authentication has found.</summary>
internal sealed class ClaimsMapping(IOptions<CapsuleOptions> options)
{
    /// <summary>The signed-in user; null when nobody is signed in or no claim says who it is.</summary>
    public UserInfo? FindUser(ClaimsPrincipal principal)
    {
        var claims = options.Value.Claims;
        if (principal.Identity?.IsAuthenticated != true || First(principal, claims.UserId) is not { } id || IsReserved(id))
            return null;
        return new UserInfo { Id = id, Email = First(principal, claims.Email), OrgId = First(principal, claims.OrgId) };
    }

    /// <summary>A principal that <see cref="FindUser"/> finds the user in.</summary>
    public ClaimsPrincipal PrincipalOf(UserInfo user)
    {
        var types = options.Value.Claims;
        List<Claim> claims = [new(types.UserId[0], user.Id)];
        if (user.Email is not null && types.Email.Count > 0)
            claims.Add(new Claim(types.Email[0], user.Email));
        if (user.OrgId is not null && types.OrgId.Count > 0)
            claims.Add(new Claim(types.OrgId[0], user.OrgId));
        return new(new ClaimsIdentity(claims, IdentitySetup.Scheme, nameType: types.UserId[0], roleType: ClaimTypes.Role));
    }

    /// <summary>Ids that no claim may give: a guest's would open that guest's sessions, an organisation's or the app's what they own.</summary>
    private static bool IsReserved(string id) =>
        id.StartsWith(Caller.GuestPrefix, StringComparison.Ordinal)
        || id.StartsWith(UserInfo.OrganisationPrefix, StringComparison.Ordinal)
        || id == AppUser.Info.Id;

    private static string? First(ClaimsPrincipal principal, IEnumerable<string> types)
    {
        foreach (var type in types)
        {
            if (principal.FindFirst(type) is { Value: { Length: > 0 } value })
                return value;
        }
        return null;
    }
}

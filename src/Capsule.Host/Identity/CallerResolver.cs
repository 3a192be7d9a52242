using System.Security.Claims;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>
/// A caller whom any ASP.NET Core authentication has signed in is the user its claims name; everybody else is a guest, known by a signed cookie.
/// </summary>
internal sealed class CallerResolver(GuestCookie guests, IGuestStore store) : ICallerResolver
{
    private static readonly string[] userIdClaims = ["sub", ClaimTypes.NameIdentifier];
    private static readonly string[] emailClaims = ["email", ClaimTypes.Email];
    private static readonly string[] organisationClaims = ["org_id", "org"];

    public Caller Resolve(HttpContext context, bool remember = false)
    {
        if (FindUser(context.User) is { } user)
            return new Caller(user, Authenticated: true);

        var guest = context.Features.Get<Guest>();
        if (guest is null)
        {
            guest = guests.Read(context) is { } known && !store.IsRetired(known) ? new Guest(known, isRemembered: true) : new Guest(NewGuestId(), isRemembered: false);
            context.Features.Set(guest);
        }
        if (remember && !guest.IsRemembered)
        {
            guests.Write(context, guest.Caller.User.Id);
            guest.IsRemembered = true;
        }
        return guest.Caller;
    }

    /// <summary>The signed-in user; null when nobody is signed in or no claim says who it is.</summary>
    public static UserInfo? FindUser(ClaimsPrincipal principal)
    {
        if (principal.Identity?.IsAuthenticated != true || First(principal, userIdClaims) is not { } id || IsReserved(id))
        {
            return null;
        }
        return new UserInfo { Id = id, Email = First(principal, emailClaims), OrgId = First(principal, organisationClaims) };
    }

    /// <summary>Ids that no claim may give: a guest's would open that guest's sessions, an organisation's or the app's what they own.</summary>
    private static bool IsReserved(string id) =>
        id.StartsWith(Caller.GuestPrefix, StringComparison.Ordinal)
        || id.StartsWith(UserInfo.OrganisationPrefix, StringComparison.Ordinal)
        || id == AppUser.Info.Id;

    private static string NewGuestId() => Ids.New(Caller.GuestPrefix, bytes: 16);

    private static string? First(ClaimsPrincipal principal, string[] types)
    {
        foreach (var type in types)
        {
            if (principal.FindFirst(type) is { Value: { Length: > 0 } value })
                return value;
        }
        return null;
    }

    /// <summary>The guest of one request.</summary>
    private sealed class Guest(string id, bool isRemembered)
    {
        public Caller Caller { get; } = new(new UserInfo { Id = id }, Authenticated: false);

        public bool IsRemembered { get; set; } = isRemembered;
    }
}

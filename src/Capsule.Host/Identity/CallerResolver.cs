using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Http;

namespace Capsule.Hosting;

/// <summary>
/// A caller whom any ASP.NET Core authentication has signed in is the user its claims name; everybody else is a guest, known by a signed cookie.
/// </summary>
internal sealed class CallerResolver(ClaimsMapping claims, GuestCookie guests, IGuestStore store) : ICallerResolver
{
    public Caller Resolve(HttpContext context, bool remember = false)
    {
        if (claims.FindUser(context.User) is { } user)
            return new Caller(user, Authenticated: true);

        var guest = context.Features.Get<Guest>();
        if (guest is null)
        {
            guest = guests.Read(context) is ({ } known, var isOld) && !store.IsRetired(known)
                ? new Guest(known, isRemembered: !isOld)
                : new Guest(NewGuestId(), isRemembered: false);
            context.Features.Set(guest);
        }
        if (remember && !guest.IsRemembered)
        {
            guests.Write(context, guest.Caller.User.Id);
            guest.IsRemembered = true;
        }
        return guest.Caller;
    }

    private static string NewGuestId() => Ids.New(Caller.GuestPrefix, bytes: 16);

    /// <summary>The guest of one request.</summary>
    private sealed class Guest(string id, bool isRemembered)
    {
        public Caller Caller { get; } = new(new UserInfo { Id = id }, Authenticated: false);

        public bool IsRemembered { get; set; } = isRemembered;
    }
}

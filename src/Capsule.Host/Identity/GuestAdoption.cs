using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

/// <summary>
/// Gives what a guest had to the user that the guest turns out to be: with the sign-in of Development, or with the first call that carries both a guest's
/// cookie and the identity that any ASP.NET Core authentication has found.
/// </summary>
internal sealed class GuestAdoption(GuestCookie guests, IGuestStore store, UserIntegrations integrations)
{
    /// <summary>Has each call of an endpoint looked at. Part of the endpoint, so that it comes after authentication wherever the author has put that.</summary>
    public static void Watch(EndpointBuilder endpoint)
    {
        if (endpoint.RequestDelegate is not { } next)
            return;
        endpoint.RequestDelegate = context => context.Request.Headers.Cookie.Count == 0
            ? next(context)
            : context.RequestServices.GetRequiredService<GuestAdoption>().AdoptAsync(context, next);
    }

    /// <summary>Makes the guest whom the call's cookie names one with a user; nothing without such a cookie.</summary>
    public async Task AdoptAsync(HttpContext context, UserInfo user, CancellationToken cancellationToken)
    {
        if (guests.Read(context).GuestId is not { } guest)
            return;
        if (!store.IsRetired(guest))
            await store.RetireAsync(guest, user, record => integrations.Reseal(record, user.Id), cancellationToken);
        guests.Delete(context);
    }

    private Task AdoptAsync(HttpContext context, RequestDelegate next)
    {
        return guests.IsPresent(context) && context.RequestServices.GetRequiredService<ClaimsMapping>().FindUser(context.User) is { } user
            ? AdoptThenAsync(user)
            : next(context);

        async Task AdoptThenAsync(UserInfo user)
        {
            await AdoptAsync(context, user, context.RequestAborted);
            await next(context);
        }
    }
}

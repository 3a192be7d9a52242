using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Says by itself that a call does not carry Capsule's sign-in cookie, as the cookie's handler would: to make and start that handler costs a twentieth of a short
/// call. All else goes to the framework's service, or the author's.
/// </summary>
internal sealed class CookielessAuthentication(IServiceProvider services, Type inner, IOptionsMonitor<CookieAuthenticationOptions> options) : IAuthenticationService
{
    private static readonly Task<AuthenticateResult> none = Task.FromResult(AuthenticateResult.NoResult());

    private IAuthenticationService Inner => (IAuthenticationService)services.GetRequiredService(inner);

    /// <summary>Puts itself before the service that is registered, where that is made by the container.</summary>
    public static void AddBefore(IServiceCollection services)
    {
        if (services.LastOrDefault(descriptor => descriptor.ServiceType == typeof(IAuthenticationService)) is not { ImplementationType: { } type, Lifetime: var lifetime })
            return;
        services.TryAdd(new ServiceDescriptor(type, type, lifetime));
        services.Replace(ServiceDescriptor.Scoped<IAuthenticationService>(provider =>
            new CookielessAuthentication(provider, type, provider.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>())));
    }

    public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) =>
        scheme == IdentitySetup.Scheme && !HasCookie(context) ? none : Inner.AuthenticateAsync(context, scheme);

    public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Inner.ChallengeAsync(context, scheme, properties);

    public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Inner.ForbidAsync(context, scheme, properties);

    public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
        Inner.SignInAsync(context, scheme, principal, properties);

    public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Inner.SignOutAsync(context, scheme, properties);

    /// <summary>A guest's calls carry the guest's cookie, and not this one.</summary>
    private bool HasCookie(HttpContext context)
    {
        if (context.Request.Headers.Cookie.Count == 0)
            return false;
        var cookie = options.Get(IdentitySetup.Scheme);
        return !string.IsNullOrEmpty(cookie.CookieManager.GetRequestCookie(context, cookie.Cookie.Name!));
    }
}

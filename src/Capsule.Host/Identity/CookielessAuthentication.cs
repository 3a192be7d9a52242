using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Capsule.Hosting;

/// <summary>
/// Says by itself that a call without any cookie does not carry Capsule's own, as its handler would: to make and start that handler costs a twentieth of a short
/// call. All else goes to the framework's service, or the author's.
/// </summary>
internal sealed class CookielessAuthentication(IServiceProvider services, Type inner) : IAuthenticationService
{
    private static readonly Task<AuthenticateResult> none = Task.FromResult(AuthenticateResult.NoResult());

    private IAuthenticationService Inner => (IAuthenticationService)services.GetRequiredService(inner);

    /// <summary>Puts itself before the service that is registered, where that is made by the container.</summary>
    public static void AddBefore(IServiceCollection services)
    {
        if (services.LastOrDefault(descriptor => descriptor.ServiceType == typeof(IAuthenticationService)) is not { ImplementationType: { } type, Lifetime: var lifetime })
            return;
        services.TryAdd(new ServiceDescriptor(type, type, lifetime));
        services.Replace(ServiceDescriptor.Scoped<IAuthenticationService>(provider => new CookielessAuthentication(provider, type)));
    }

    public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) =>
        scheme == IdentitySetup.Scheme && context.Request.Headers.Cookie.Count == 0 ? none : Inner.AuthenticateAsync(context, scheme);

    public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Inner.ChallengeAsync(context, scheme, properties);

    public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Inner.ForbidAsync(context, scheme, properties);

    public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) =>
        Inner.SignInAsync(context, scheme, principal, properties);

    public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Inner.SignOutAsync(context, scheme, properties);
}

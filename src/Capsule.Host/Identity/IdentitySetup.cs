using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

internal static class IdentitySetup
{
    /// <summary>The authentication scheme of Capsule's own sign-in cookie; the default one unless the author chooses another.</summary>
    public const string Scheme = "Capsule";

    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Scheme);
        CookielessAuthentication.AddBefore(services);
        services.PostConfigure<AuthenticationOptions>(static options =>
        {
            if (options.DefaultAuthenticateScheme is null)
                options.DefaultScheme ??= Scheme;
        });
        services.AddOptions<CookieAuthenticationOptions>(Scheme).Configure<IOptions<CapsuleOptions>>(ConfigureCookie);
        services.AddAuthorization();

        services.AddDataProtection();
        services.AddOptions<DataProtectionOptions>().Configure<IOptions<CapsuleOptions>>(
            static (protection, options) => protection.ApplicationDiscriminator = options.Value.AppName);
        services.AddOptions<KeyManagementOptions>().Configure<DataDirectory, ILoggerFactory>(
            static (keys, directory, loggers) => keys.XmlRepository ??= new DurableKeys(new DirectoryInfo(directory.Keys), loggers));

        services.AddSingleton<ClaimsMapping>();
        services.AddSingleton<GuestCookie>();
        services.AddSingleton<GuestAdoption>();
        services.TryAddSingleton<IGuestStore, SqliteGuestStore>();
        services.TryAddSingleton<ICallerResolver, CallerResolver>();
        services.AddSingleton<IRequestContexts, RequestContexts>();
    }

    private static void ConfigureCookie(CookieAuthenticationOptions cookie, IOptions<CapsuleOptions> options)
    {
        cookie.Cookie.Name = AppCookies.Name(options.Value, "user");
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        // An API answers with a status; where to sign in is the page's business.
        cookie.Events.OnRedirectToLogin = static context => Answer(context, StatusCodes.Status401Unauthorized);
        cookie.Events.OnRedirectToAccessDenied = static context => Answer(context, StatusCodes.Status403Forbidden);
    }

    private static Task Answer(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}

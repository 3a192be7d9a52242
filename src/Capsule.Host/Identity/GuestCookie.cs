using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>Keeps a guest's id in a cookie that nobody else can make: the app's own keys sign it.</summary>
internal sealed class GuestCookie(IDataProtectionProvider protection, IOptions<CapsuleOptions> options)
{
    private static readonly TimeSpan lifetime = TimeSpan.FromDays(180);

    private readonly string name = AppCookies.Name(options.Value, "guest");
    private readonly IDataProtector protector = protection.CreateProtector("Capsule.Guest");

    public bool IsPresent(HttpContext context) => context.Request.Cookies.ContainsKey(name);

    public string? Read(HttpContext context)
    {
        if (context.Request.Cookies[name] is not { Length: > 0 } value)
            return null;
        try
        {
            return protector.Unprotect(value);
        }
        catch (CryptographicException)
        {
            // Forged, or signed with keys that are gone: the caller becomes a new guest.
            return null;
        }
    }

    public void Write(HttpContext context, string guestId) =>
        context.Response.Cookies.Append(name, protector.Protect(guestId), Attributes(context, lifetime));

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(name, Attributes(context, maxAge: null));

    private static CookieOptions Attributes(HttpContext context, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };
}

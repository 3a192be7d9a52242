using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Keeps a guest's id in a cookie that nobody else can make: the app's own keys sign it. It holds for half a year from when it was written last, which it is again
/// for a guest who comes back after a month.
/// </summary>
internal sealed class GuestCookie(IDataProtectionProvider protection, TimeProvider time, IOptions<CapsuleOptions> options)
{
    private const int RenewalDays = 30;

    private static readonly TimeSpan lifetime = TimeSpan.FromDays(180);

    private readonly string name = AppCookies.Name(options.Value, "guest");
    private readonly IDataProtector protector = protection.CreateProtector("Capsule.Guest");

    public bool IsPresent(HttpContext context) => context.Request.Cookies.ContainsKey(name);

    private int Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;

    /// <summary>The guest whom the call's cookie names, and whether it should be written again.</summary>
    public (string? GuestId, bool IsOld) Read(HttpContext context)
    {
        if (context.Request.Cookies[name] is not { Length: > 0 } value)
            return default;
        try
        {
            var (guestId, written) = Parse(protector.Unprotect(value));
            return (guestId, Today - written >= RenewalDays);
        }
        catch (CryptographicException)
        {
            // Forged, or signed with keys that are gone: the caller becomes a new guest.
            return default;
        }
    }

    public void Write(HttpContext context, string guestId) =>
        context.Response.Cookies.Append(
            name, protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{guestId} {Today}")), Attributes(context, lifetime));

    public void Delete(HttpContext context) => context.Response.Cookies.Delete(name, Attributes(context, maxAge: null));

    /// <summary>The id and the day that it was written on, which the first cookies did not say.</summary>
    private static (string GuestId, int Day) Parse(string text) =>
        text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space
            ? (text[..space], int.Parse(text.AsSpan(space + 1), CultureInfo.InvariantCulture))
            : (text, 0);

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

using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Keeps a guest's id in a cookie that nobody else can make: the app's own keys sign it. It holds for half a year from when it was written last, which it is again
/// for a guest who comes back after a month.
/// </summary>
internal sealed class GuestCookie(IDataProtectionProvider protection, TimeProvider time, IOptions<CapsuleOptions> options) : IDisposable
{
    private const int RenewalDays = 30;
    private const int MostVerified = 10_000;

    // A key that is revoked is believed no longer than this.
    private static readonly TimeSpan verifiedFor = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan lifetime = TimeSpan.FromDays(180);

    private readonly string name = AppCookies.Name(options.Value, "guest");
    private readonly IDataProtector protector = protection.CreateProtector("Capsule.Guest");

    // Each call of a guest carries the same cookie, and to verify it costs as much as a short statement of SQLite's.
    private readonly MemoryCache verified = new(new MemoryCacheOptions { SizeLimit = MostVerified });

    public bool IsPresent(HttpContext context) => context.Request.Cookies.ContainsKey(name);

    private int Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;

    /// <summary>The guest whom the call's cookie names, and whether it should be written again.</summary>
    public (string? GuestId, bool IsOld) Read(HttpContext context)
    {
        if (context.Request.Cookies[name] is not { Length: > 0 } value)
            return default;
        try
        {
            var content = verified.Get<Content>(value) ?? Verify(value);
            return (content.GuestId, Today - content.Day >= RenewalDays);
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

    public void Dispose() => verified.Dispose();

    /// <exception cref="CryptographicException">It is none of this app's.</exception>
    private Content Verify(string cookie) => verified.Set(
        cookie, Content.Parse(protector.Unprotect(cookie)), new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = verifiedFor });

    private static CookieOptions Attributes(HttpContext context, TimeSpan? maxAge) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = context.Request.IsHttps,
        Path = "/",
        MaxAge = maxAge,
        IsEssential = true,
    };

    /// <summary>What a cookie says: whose it is, and the day that it was written on, which the first cookies did not say.</summary>
    private sealed record Content(string GuestId, int Day)
    {
        public static Content Parse(string text) =>
            text.IndexOf(' ', StringComparison.Ordinal) is >= 0 and var space
                ? new Content(text[..space], int.Parse(text.AsSpan(space + 1), CultureInfo.InvariantCulture))
                : new Content(text, Day: 0);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Capsule.Host.Tests.Hosting;
using Capsule.Host.Tests.Sessions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Identity;

/// <summary>The cookies that the host sets: for this site's own requests, out of scripts' reach, and under HTTPS never sent without it.</summary>
public class CookieTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cookies_are_HttpOnly_SameSite_Lax_and_under_HTTPS_Secure(bool isSecure)
    {
        using var own = Certificate();
        await using var app = await TestApp.StartAsync(
            environment: "Development",
            slim: false,
            builder: builder =>
            {
                if (isSecure)
                    builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.UseHttps(own))).UseUrls("https://127.0.0.1:0");
            });
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => own.Equals(shown) } })
        {
            BaseAddress = new Uri(app.App.Urls.Single()),
        };
        Assert.Equal(isSecure ? "https" : "http", client.BaseAddress.Scheme);

        using var guest = await client.UploadAsync("/capsule/files", "a.txt", [1]);
        using var user = await client.PostFormAsync("/capsule/signin", ("email", "ann@example.org"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/capsule/signout") { Headers = { { "Cookie", CookieOf(user).Split(';')[0] } } };
        using var gone = await client.SendAsync(request);

        foreach (var response in (HttpResponseMessage[])[guest, user, gone])
        {
            var attributes = CookieOf(response).Split(';').Select(attribute => attribute.Trim().ToLowerInvariant()).ToList();
            Assert.StartsWith("capsule.test-app.", attributes[0], StringComparison.Ordinal);
            Assert.Contains("httponly", attributes);
            Assert.Contains("samesite=lax", attributes);
            Assert.Contains("path=/", attributes);
            Assert.Equal(isSecure, attributes.Contains("secure"));
            Assert.DoesNotContain(attributes, attribute => attribute.StartsWith("domain=", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_guest_who_comes_back_after_a_month_keeps_the_id_for_another_half_year()
    {
        var time = new ManualTime();
        await using var app = await TestApp.StartAsync(
            handlers => handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask)), builder: builder => builder.Services.AddSingleton<TimeProvider>(time));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(app.App.Urls.Single()) };
        using var first = await BeginAsync(CookieOf(await client.PostAsync("/capsule/sessions", null)));
        Assert.False(first.Headers.Contains("Set-Cookie"));

        time.Advance(TimeSpan.FromDays(30));
        using var later = await BeginAsync(first.RequestMessage!.Headers.GetValues("Cookie").Single());
        using var renewed = await BeginAsync(CookieOf(later));

        Assert.Contains("max-age=15552000", CookieOf(later), StringComparison.Ordinal);
        Assert.False(renewed.Headers.Contains("Set-Cookie"));
        using var list = new HttpRequestMessage(HttpMethod.Get, "/capsule/sessions") { Headers = { { "Cookie", CookieOf(later).Split(';')[0] } } };
        using var listed = await client.SendAsync(list);
        Assert.Equal(4, (await listed.JsonAsync()).GetProperty("items").GetArrayLength());

        async Task<HttpResponseMessage> BeginAsync(string cookie)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/capsule/sessions") { Headers = { { "Cookie", cookie.Split(';')[0] } } };
            return await client.SendAsync(request);
        }
    }

    private static string CookieOf(HttpResponseMessage response)
    {
        Assert.InRange(response.StatusCode, HttpStatusCode.OK, HttpStatusCode.NoContent);
        return Assert.Single(response.Headers.GetValues("Set-Cookie"));
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pfx), null);
    }
}

using System.Net;
using Capsule.Host.Tests.Hosting;

namespace Capsule.Host.Tests.Identity;

public class OriginCheckTests
{
    [Theory]
    [InlineData("same-origin", null, true)]
    [InlineData("none", null, true)]
    [InlineData("same-site", null, false)]
    [InlineData("cross-site", null, false)]
    [InlineData("cross-site", "{host}", false)]
    [InlineData("", null, false)]
    [InlineData(null, null, true)]
    [InlineData(null, "{host}", true)]
    [InlineData(null, "https://evil.example", false)]
    [InlineData(null, "http://127.0.0.1:1", false)]
    [InlineData(null, "null", false)]
    public async Task An_unsafe_call_with_a_cookie_must_come_from_this_site(string? fetchSite, string? origin, bool allowed)
    {
        await using var app = await TestApp.StartAsync();

        var response = await SendAsync(app, HttpMethod.Post, fetchSite, origin, cookie: "any=1");

        if (allowed)
            Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        else
            await response.RequireProblemAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_call_without_a_cookie_may_come_from_anywhere()
    {
        await using var app = await TestApp.StartAsync();

        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(app, HttpMethod.Post, "cross-site", "https://evil.example", cookie: null)).StatusCode);
    }

    [Fact]
    public async Task A_safe_call_may_come_from_anywhere()
    {
        await using var app = await TestApp.StartAsync();

        var response = await SendAsync(app, HttpMethod.Get, "cross-site", "https://evil.example", cookie: "any=1", path: "/capsule/me");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendAsync(
        TestApp app, HttpMethod method, string? fetchSite, string? origin, string? cookie, string path = "/capsule/signout")
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = app.Client.BaseAddress };
        using var request = new HttpRequestMessage(method, path);
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        if (fetchSite is not null)
            request.Headers.TryAddWithoutValidation("Sec-Fetch-Site", fetchSite);
        if (origin is not null)
            request.Headers.Add("Origin", origin.Replace("{host}", app.App.Urls.Single(), StringComparison.Ordinal));
        return await client.SendAsync(request);
    }
}

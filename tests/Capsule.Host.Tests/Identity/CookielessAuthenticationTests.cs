using System.Net;
using System.Security.Claims;
using Capsule.Host.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Identity;

/// <summary>A call without cookies is nobody's without the cookie's handler, and everything else is as it would be.</summary>
public sealed class CookielessAuthenticationTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("other=1", 1)]
    public async Task The_handler_is_asked_where_there_is_a_cookie(string? cookie, int asked)
    {
        var made = 0;
        await using var app = await TestApp.StartAsync(builder: builder => builder.Services.PostConfigure<CookieAuthenticationOptions>(
            "Capsule", options => options.CookieManager = new CountingCookies(() => Interlocked.Increment(ref made))));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/capsule/me");
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(app.App.Urls.Single()) };

        using var answered = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(asked, made);
    }

    [Fact]
    public async Task What_the_author_has_in_place_of_the_framework_s_service_is_asked()
    {
        var fromFactory = new AuthorsService();
        await using var app = await TestApp.StartAsync(builder: builder => builder.Services.AddScoped<IAuthenticationService>(_ => fromFactory));

        using var answered = await app.Client.GetAsync("/capsule/me");

        Assert.Equal("author's", (await answered.JsonAsync()).GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_call_without_cookies_to_what_needs_a_user_is_told_to_sign_in()
    {
        await using var app = await TestApp.StartAsync(routes: routes => routes.MapGet("/mine", () => "mine").RequireAuthorization());

        using var answered = await app.Client.GetAsync("/mine");

        Assert.Equal(HttpStatusCode.Unauthorized, answered.StatusCode);
    }

    private sealed class CountingCookies(Action asked) : ICookieManager
    {
        public string? GetRequestCookie(HttpContext context, string key)
        {
            asked();
            return null;
        }

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options)
        {
        }

        public void DeleteCookie(HttpContext context, string key, CookieOptions options)
        {
        }
    }

    private sealed class AuthorsService : IAuthenticationService
    {
        public Task<AuthenticateResult> AuthenticateAsync(HttpContext context, string? scheme) => Task.FromResult(AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", "author's")], "Own")), "Own")));

        public Task ChallengeAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Task.CompletedTask;

        public Task ForbidAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Task.CompletedTask;

        public Task SignInAsync(HttpContext context, string? scheme, ClaimsPrincipal principal, AuthenticationProperties? properties) => Task.CompletedTask;

        public Task SignOutAsync(HttpContext context, string? scheme, AuthenticationProperties? properties) => Task.CompletedTask;
    }
}

using System.Net;
using System.Security.Claims;
using Capsule.Host.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Identity;

/// <summary>A call without the sign-in cookie is nobody's without the cookie's handler, and everything else is as it would be.</summary>
public sealed class CookielessAuthenticationTests
{
    [Theory]
    [InlineData(null, 0)]
    [InlineData("other=1", 0)]
    [InlineData("capsule.test-app.guest=somebody", 0)]
    [InlineData("capsule.test-app.user=somebody", 1)]
    public async Task The_handler_is_made_for_its_own_cookie(string? cookie, int made)
    {
        var count = 0;
        await using var app = await TestApp.StartAsync(builder: builder =>
        {
            builder.Services.AddTransient(_ => new CountedEvents(() => Interlocked.Increment(ref count)));
            builder.Services.PostConfigure<CookieAuthenticationOptions>("Capsule", options => options.EventsType = typeof(CountedEvents));
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/capsule/me");
        if (cookie is not null)
            request.Headers.Add("Cookie", cookie);
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(app.App.Urls.Single()) };

        using var answered = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answered.StatusCode);
        Assert.Equal(made, count);
    }

    [Fact]
    public async Task A_cookie_is_looked_for_where_the_author_keeps_it()
    {
        await using var app = await TestApp.StartAsync(
            environment: "Development",
            builder: builder => builder.Services.PostConfigure<CookieAuthenticationOptions>("Capsule", options => options.CookieManager = new CookieInHeader()));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(app.App.Urls.Single()) };
        using var signedIn = await client.PostFormAsync("/capsule/signin", ("email", "ann@example.org"));
        client.DefaultRequestHeaders.Add("Cookie", "other=1");
        client.DefaultRequestHeaders.Add(CookieInHeader.Name, signedIn.Headers.GetValues(CookieInHeader.Name));

        using var answered = await client.GetAsync("/capsule/me");

        Assert.True((await answered.JsonAsync()).GetProperty("authenticated").GetBoolean());
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

    private sealed class CountedEvents : CookieAuthenticationEvents
    {
        public CountedEvents(Action made) => made();
    }

    private sealed class CookieInHeader : ICookieManager
    {
        public const string Name = "X-User";

        public string? GetRequestCookie(HttpContext context, string key) => context.Request.Headers[Name];

        public void AppendResponseCookie(HttpContext context, string key, string? value, CookieOptions options) => context.Response.Headers[Name] = value;

        public void DeleteCookie(HttpContext context, string key, CookieOptions options) => context.Response.Headers.Remove(Name);
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

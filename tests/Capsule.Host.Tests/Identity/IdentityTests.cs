using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Capsule.Host.Tests.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Host.Tests.Identity;

public class IdentityTests
{
    [Fact]
    public async Task A_visitor_is_a_guest_and_gets_a_cookie_at_its_first_post()
    {
        await using var app = await TestApp.StartAsync();

        var before = await app.Client.GetAsync("/capsule/me");
        Assert.False(before.Headers.Contains("Set-Cookie"));

        var post = await app.Client.UploadAsync("/capsule/files", "a.txt", [1]);
        var cookie = post.Headers.GetValues("Set-Cookie").Single();
        Assert.StartsWith("capsule.test-app.guest=", cookie, StringComparison.Ordinal);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);

        var first = await MeAsync(app.Client);
        Assert.StartsWith("guest:", first.Id, StringComparison.Ordinal);
        Assert.False(first.Authenticated);
        Assert.Equal(first, await MeAsync(app.Client));
    }

    [Fact]
    public async Task A_forged_guest_cookie_makes_a_new_guest()
    {
        await using var app = await TestApp.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/capsule/me") { Headers = { { "Cookie", "capsule.test-app.guest=guest:someone" } } };

        var me = await (await app.NewClient().SendAsync(request)).JsonAsync();

        Assert.NotEqual("guest:someone", me.GetProperty("id").GetString());
    }

    [Fact]
    public async Task A_cookie_is_verified_once_and_one_that_is_nearly_the_same_by_itself()
    {
        var verified = 0;
        await using var app = await TestApp.StartAsync(builder: builder => builder.Services.AddSingleton<IDataProtectionProvider>(
            new CountingProtection(new EphemeralDataProtectionProvider(), () => Interlocked.Increment(ref verified))));
        var upload = await app.Client.UploadAsync("/capsule/files", "a.txt", [1]);
        var cookie = upload.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var id = (await MeAsync(app.Client)).Id;
        Assert.Equal(1, verified);

        Assert.Equal(id, (await MeAsync(app.Client)).Id);
        Assert.Equal(1, verified);

        using var forged = new HttpRequestMessage(HttpMethod.Get, "/capsule/me") { Headers = { { "Cookie", cookie + "A" } } };
        var me = await (await app.NewClient().SendAsync(forged)).JsonAsync();
        Assert.NotEqual(id, me.GetProperty("id").GetString());
    }

    [Fact]
    public async Task Guests_are_known_after_a_restart()
    {
        using var directory = new TemporaryDirectory();
        var first = await TestApp.StartAsync(dataDirectory: directory.Path);
        var post = await first.Client.UploadAsync("/capsule/files", "a.txt", [1]);
        var cookie = post.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var id = (await MeAsync(first.Client)).Id;
        await first.DisposeAsync();

        await using var second = await TestApp.StartAsync(dataDirectory: directory.Path);
        second.Client.DefaultRequestHeaders.Add("Cookie", cookie);

        Assert.Equal(id, (await MeAsync(second.Client)).Id);
    }

    [Fact]
    public async Task Development_sign_in_gives_the_guests_files_to_the_user_and_retires_the_guest()
    {
        await using var app = await TestApp.StartAsync(environment: "Development");
        var upload = await app.Client.UploadAsync("/capsule/files", "a.txt", "kept"u8.ToArray());
        var file = (await upload.JsonAsync()).GetProperty("url").GetString()!;
        var guestCookie = upload.Headers.GetValues("Set-Cookie").Single().Split(';')[0];

        var signIn = await app.Client.PostFormAsync("/capsule/signin", ("email", "Ada@Example.com"), ("org", "analytical"));

        Assert.Equal(HttpStatusCode.NoContent, signIn.StatusCode);
        Assert.Equal(("ada@example.com", true), await MeAsync(app.Client));
        Assert.Equal("kept", await app.Client.GetStringAsync(file));
        using var asGuest = new HttpRequestMessage(HttpMethod.Get, file) { Headers = { { "Cookie", guestCookie } } };
        await (await app.NewClient().SendAsync(asGuest)).RequireProblemAsync(HttpStatusCode.NotFound);

        Assert.Equal(HttpStatusCode.NoContent, (await app.Client.PostAsync("/capsule/signout", null)).StatusCode);
        Assert.False((await MeAsync(app.Client)).Authenticated);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("guest:someone")]
    public async Task Sign_in_requires_an_address(string email)
    {
        await using var app = await TestApp.StartAsync(environment: "Development");

        var problem = await (await app.Client.PostFormAsync("/capsule/signin", ("email", email))).RequireProblemAsync(HttpStatusCode.BadRequest);

        Assert.True(problem.GetProperty("errors").TryGetProperty("email", out _));
    }

    [Theory]
    [InlineData("Development", true)]
    [InlineData("Production", false)]
    public async Task The_page_learns_whether_visitors_can_sign_in_by_name(string environment, bool offered)
    {
        await using var app = await TestApp.StartAsync(environment: environment);

        var page = await app.Client.GetStringAsync("/");

        Assert.Equal(offered, page.Contains("capsule-sign-in", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_can_sign_in_by_name_outside_of_Development()
    {
        await using var app = await TestApp.StartAsync(environment: "Production");

        await (await app.Client.PostFormAsync("/capsule/signin", ("email", "ada@example.com"))).RequireProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Any_authentication_signs_a_user_in_by_its_claims()
    {
        await using var app = await TestApp.StartAsync(builder: builder =>
            builder.Services.AddAuthentication("Key").AddScheme<AuthenticationSchemeOptions, KeyAuthentication>("Key", null));
        app.Client.DefaultRequestHeaders.Add("X-Key", "u1");

        Assert.Equal(("u1", true), await MeAsync(app.Client));
    }

    [Theory]
    [InlineData("guest:someone")]
    [InlineData("org:acme")]
    [InlineData("app")]
    public async Task Claims_cannot_name_a_guest_an_organisation_or_the_app(string id)
    {
        await using var app = await TestApp.StartAsync(builder: builder =>
            builder.Services.AddAuthentication("Key").AddScheme<AuthenticationSchemeOptions, KeyAuthentication>("Key", null));
        app.Client.DefaultRequestHeaders.Add("X-Key", id);

        var me = await MeAsync(app.Client);

        Assert.False(me.Authenticated);
        Assert.NotEqual(id, me.Id);
    }

    private static async Task<(string Id, bool Authenticated)> MeAsync(HttpClient client)
    {
        var me = await (await client.GetAsync("/capsule/me")).JsonAsync();
        return (me.GetProperty("id").GetString()!, me.GetProperty("authenticated").GetBoolean());
    }

    private sealed class CountingProtection(IDataProtectionProvider inner, Action verified) : IDataProtectionProvider
    {
        public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose), verified);

        private sealed class Protector(IDataProtector inner, Action verified) : IDataProtector
        {
            public IDataProtector CreateProtector(string purpose) => new Protector(inner.CreateProtector(purpose), verified);

            public byte[] Protect(byte[] plaintext) => inner.Protect(plaintext);

            public byte[] Unprotect(byte[] protectedData)
            {
                verified();
                return inner.Unprotect(protectedData);
            }
        }
    }

    private sealed class KeyAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            if (Request.Headers["X-Key"] is not [{ } key])
                return Task.FromResult(AuthenticateResult.NoResult());
            var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, key)], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), Scheme.Name)));
        }
    }
}

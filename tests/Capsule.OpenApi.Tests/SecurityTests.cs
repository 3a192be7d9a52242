using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace Capsule.OpenApi.Tests;

/// <summary>The document names the ways to sign in that the app has set up, and only those.</summary>
public class SecurityTests
{
    [Fact]
    public async Task A_token_instead_of_the_cookie()
    {
        await using var described = await StartAsync(builder => builder.Services.AddAuthentication("token").AddBearerToken("token"));
        var app = described.App;

        app.Operation("post", "/notes").At("security").IsJson("""[{ "bearer": [] }]""");
        var scheme = app.Document.At("components", "securitySchemes", "bearer");
        Assert.Equal("http", scheme.Text("type"));
        Assert.Equal("bearer", scheme.Text("scheme"));
        Assert.False(app.Document.At("components", "securitySchemes").Has("cookie"));
    }

    [Fact]
    public async Task Either_of_two_that_a_policy_names()
    {
        await using var described = await StartAsync(builder =>
        {
            builder.Services.AddAuthentication().AddBearerToken("token").AddScheme<AuthenticationSchemeOptions, KeyHandler>("key", "A key from the settings page.", null);
            builder.Services.AddAuthorizationBuilder().SetDefaultPolicy(
                new AuthorizationPolicyBuilder("token", "key").RequireAuthenticatedUser().Build());
        });
        var app = described.App;

        app.Operation("post", "/notes").At("security").IsJson("""[{ "bearer": [] }, { "key": [] }]""");
        Assert.Equal("A key from the settings page.", app.Document.Text("components", "securitySchemes", "key", "description"));
    }

    [Fact]
    public async Task A_fallback_policy_holds_where_nothing_else_is_said()
    {
        await using var described = await StartAsync(builder =>
            builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(
                new AuthorizationPolicyBuilder().RequireAssertion(context => context.Resource is HttpContext { Request.Path.Value: "/openapi/v1.json" }).Build()));
        var app = described.App;

        app.Operation("get", "/data/bills").At("security").IsJson("""[{ "cookie": [] }]""");
        Assert.True(app.Operation("get", "/data/bills").At("responses").Has("401"));
    }

    private static async Task<Started> StartAsync(Action<WebApplicationBuilder> setUp)
    {
        var app = new DescribedApp(setUp);
        await app.InitializeAsync();
        return new Started(app);
    }

    private sealed record Started(DescribedApp App) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => new(App.DisposeAsync());
    }

    private sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() =>
            Task.FromResult(AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity("key")), Scheme.Name)));
    }
}

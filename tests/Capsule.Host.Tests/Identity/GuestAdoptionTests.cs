using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Capsule.Host.Tests.Hosting;
using Capsule.Host.Tests.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Host.Tests.Identity;

/// <summary>The app's own authentication signs a guest in: the first call with both identities brings them together.</summary>
public sealed class GuestAdoptionTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task What_a_guest_had_is_the_users_with_the_first_call_that_carries_both()
    {
        await using var app = await StartAsync();
        using var created = await app.Client.PostAsync("/capsule/sessions", null);
        var cookie = created.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        var session = (await created.JsonAsync()).GetProperty("id").GetString();
        using var ada = app.NewClient();
        ada.DefaultRequestHeaders.Add("Authorization", "ada");
        ada.DefaultRequestHeaders.Add("Cookie", cookie);

        using var listed = await ada.GetAsync("/capsule/sessions");

        Assert.Equal(session, Assert.Single((await listed.JsonAsync()).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Contains("expires=Thu, 01 Jan 1970", Assert.Single(listed.Headers.GetValues("Set-Cookie")), StringComparison.Ordinal);
        using var guest = app.NewClient();
        guest.DefaultRequestHeaders.Add("Cookie", cookie);
        await (await guest.GetAsync("/capsule/sessions/" + session)).RequireProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_user_who_was_no_guest_takes_nothing_from_others()
    {
        await using var app = await StartAsync();
        using var created = await app.Client.PostAsync("/capsule/sessions", null);
        using var ada = app.NewClient();
        ada.DefaultRequestHeaders.Add("Authorization", "ada");

        using var listed = await ada.GetAsync("/capsule/sessions");

        Assert.Empty((await listed.JsonAsync()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task What_a_guest_has_connected_is_the_user_s()
    {
        await using var app = await StartAsync();
        using var connected = await app.Client.PostAsJsonAsync("/capsule/integrations/desk", new { fields = new { token = "guest's" } });
        using var ada = app.NewClient();
        ada.DefaultRequestHeaders.Add("Authorization", "ada");
        ada.DefaultRequestHeaders.Add("Cookie", connected.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        using var listed = await ada.GetAsync("/capsule/sessions");

        var integrations = app.App.Services.GetRequiredService<UserIntegrations>();
        Assert.Equal("guest's", integrations.Find("ada", Integration.Of("desk"))!.Fields["token"]);
        using var gone = await ada.DeleteAsync("/capsule/integrations/desk");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
    }

    [Fact]
    public async Task A_stream_ends_with_the_sign_in_that_it_was_opened_with()
    {
        var time = new ManualTime();
        await using var app = await StartAsync(builder => builder.Services.AddSingleton<TimeProvider>(time));
        app.Client.DefaultRequestHeaders.Add("Authorization", "ada");
        app.Client.DefaultRequestHeaders.Add(Names.Expiry, time.GetUtcNow().AddMinutes(10).ToString("o"));
        var session = (await (await app.Client.PostAsync("/capsule/sessions", null)).JsonAsync()).GetProperty("id").GetString()!;
        await using var reader = new EventReader(app.Client, session, after: 0);
        var next = reader.NextAsync();
        await time.TimerWithinAsync(TimeSpan.FromMinutes(10));
        time.Advance(TimeSpan.FromMinutes(9));
        Assert.False(next.IsCompleted);

        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Null(await next.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private Task<TestApp> StartAsync(Action<WebApplicationBuilder>? build = null) => TestApp.StartAsync(
        handlers => handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask)),
        options => options.Integrations.AddForm(Integration.Of("desk"), "Help desk", new IntegrationField("token", "Token")),
        dataDirectory: directory.Path,
        builder: builder =>
        {
            builder.Services.AddAuthentication("Names").AddScheme<AuthenticationSchemeOptions, Names>("Names", null);
            build?.Invoke(builder);
        });

    /// <summary>Whoever the header names.</summary>
    private sealed class Names(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        public const string Expiry = "Test-Expiry";

        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers.Authorization.FirstOrDefault() is { } name
                ? AuthenticateResult.Success(new AuthenticationTicket(
                    new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", name)], Scheme.Name)), new AuthenticationProperties { ExpiresUtc = Expires }, Scheme.Name))
                : AuthenticateResult.NoResult());

        private DateTimeOffset? Expires =>
            Request.Headers[Expiry].FirstOrDefault() is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
    }
}

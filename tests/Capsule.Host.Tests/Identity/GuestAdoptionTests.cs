using System.Net;
using System.Security.Claims;
using System.Text.Encodings.Web;
using Capsule.Host.Tests.Hosting;
using Capsule.Host.Tests.Sessions;
using Microsoft.AspNetCore.Authentication;
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

    private Task<TestApp> StartAsync() => TestApp.StartAsync(
        handlers => handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask)),
        dataDirectory: directory.Path,
        builder: builder => builder.Services.AddAuthentication("Names").AddScheme<AuthenticationSchemeOptions, Names>("Names", null));

    /// <summary>Whoever the header names.</summary>
    private sealed class Names(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers.Authorization.FirstOrDefault() is { } name
                ? AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", name)], Scheme.Name)), Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}

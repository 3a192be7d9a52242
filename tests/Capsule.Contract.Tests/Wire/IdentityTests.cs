using System.Net;
using Capsule.Contract.Testing;
using Microsoft.AspNetCore.Routing;

namespace Capsule.Contract.Wire;

/// <summary>Who a caller is, and which unsafe calls are refused.</summary>
public sealed class IdentityTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public async Task A_caller_becomes_a_guest_at_its_first_post_by_a_cookie_HttpOnly_and_SameSite_Lax()
    {
        var caller = app.Guest();
        using (var read = await caller.GetAsync("/capsule/sessions"))
            Assert.False(read.Headers.Contains("Set-Cookie"));
        using var response = await caller.PostAsync("/capsule/sessions");
        var cookie = Assert.Single(response.Headers.GetValues("Set-Cookie"));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        using var second = await caller.PostAsync("/capsule/sessions");
        Assert.Equal(2, (await caller.GetJsonAsync("/capsule/sessions")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_forged_guest_cookie_is_nobody()
    {
        var caller = app.Guest();
        var session = await caller.OpenAsync();
        var cookie = caller.Cookies.GetCookies(app.Address).Single();
        var other = app.Guest();
        other.Cookies.Add(app.Address, new Cookie(cookie.Name, cookie.Value[..^8] + "AAAAAAAA"));
        await (await other.GetAsync("/capsule/sessions/" + session)).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Me_tells_a_guest_who_is_not_authenticated()
    {
        var caller = app.Guest();
        await caller.OpenAsync();
        var me = await caller.GetJsonAsync("/capsule/me");
        me.AssertShape(["id", "authenticated"]);
        Assert.StartsWith("guest:", me.Text("id"), StringComparison.Ordinal);
        Assert.False(me.GetProperty("authenticated").GetBoolean());
    }

    [Fact]
    public async Task Me_answers_a_caller_without_identity_too()
    {
        var me = await app.Guest().GetJsonAsync("/capsule/me");
        me.AssertShape(["id", "authenticated"]);
        Assert.False(me.GetProperty("authenticated").GetBoolean());
    }

    [Fact]
    public async Task Signing_in_gives_the_user_id_email_and_org()
    {
        var caller = await app.UserAsync("ann@example.com", "acme");
        var me = await caller.GetJsonAsync("/capsule/me");
        me.AssertShape(["id", "email", "orgId", "authenticated"]);
        Assert.Equal("ann@example.com", me.Text("email"));
        Assert.Equal("acme", me.Text("orgId"));
        Assert.True(me.GetProperty("authenticated").GetBoolean());
        (await (await app.UserAsync()).GetJsonAsync("/capsule/me")).AssertShape(["id", "email", "authenticated"]);
    }

    [Fact]
    public async Task The_guests_sessions_move_to_the_user_and_the_guest_id_is_retired()
    {
        var caller = app.Guest();
        var session = await caller.OpenAsync();
        await caller.AskAsync(session, "reply hello");
        var guestCookies = caller.Cookies.GetCookies(app.Address).Select(cookie => new Cookie(cookie.Name, cookie.Value)).ToList();
        await caller.SignInAsync($"{Guid.NewGuid():N}@example.com");
        Assert.Equal(session, Assert.Single((await caller.GetJsonAsync("/capsule/sessions")).GetProperty("items").EnumerateArray()).Text("id"));
        Assert.Equal((await caller.GetJsonAsync("/capsule/me")).Text("id"), (await caller.AnswerJsonAsync(session, "members")).Text("user"));

        var ghost = app.Guest();
        guestCookies.ForEach(cookie => ghost.Cookies.Add(app.Address, cookie));
        await (await ghost.GetAsync("/capsule/sessions/" + session)).ProblemAsync(HttpStatusCode.NotFound);
        var second = await ghost.OpenAsync();
        await (await caller.GetAsync("/capsule/sessions/" + second)).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Signing_out_is_204_and_leaves_nobody()
    {
        var caller = await app.UserAsync();
        var session = await caller.OpenAsync();
        await caller.PostAsync("/capsule/signout").AssertStatusAsync(HttpStatusCode.NoContent);
        Assert.False((await caller.GetJsonAsync("/capsule/me")).GetProperty("authenticated").GetBoolean());
        await (await caller.GetAsync("/capsule/sessions/" + session)).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Signing_in_without_an_email_is_a_400_problem()
    {
        using var form = new FormUrlEncodedContent([]);
        await (await app.Guest().PostAsync("/capsule/signin", form)).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_unsafe_call_with_a_cookie_from_elsewhere_is_403_on_every_route()
    {
        var caller = app.Guest();
        await caller.OpenAsync();
        (string, string)[][] refused =
        [
            [("Sec-Fetch-Site", "cross-site")],
            [("Sec-Fetch-Site", "same-site")],
            [("Sec-Fetch-Site", "cross-site"), ("Origin", app.Address.GetLeftPart(UriPartial.Authority))],
            [("Origin", "https://evil.example")],
            [("Origin", "null")],
            [("Origin", "https://" + app.Address.Authority + ".evil.example")],
        ];
        (string, string)[][] allowed =
        [
            [],
            [("Sec-Fetch-Site", "same-origin")],
            [("Sec-Fetch-Site", "none")],
            [("Sec-Fetch-Site", "same-origin"), ("Origin", "https://evil.example")],
            [("Origin", app.Address.GetLeftPart(UriPartial.Authority))],
        ];
        var unsafeCalls = (await Operation.ReadAsync(caller)).Where(operation => operation.IsUnsafe).ToList();
        Assert.Contains(unsafeCalls, call => call.Path == "/raw");
        foreach (var call in unsafeCalls)
        {
            foreach (var headers in refused)
                await (await SendAsync(caller, call, headers)).ProblemAsync(HttpStatusCode.Forbidden);
            foreach (var headers in allowed)
            {
                using var response = await SendAsync(caller, call, headers);
                Assert.True(response.StatusCode != HttpStatusCode.Forbidden, $"{call} is refused with {string.Join(", ", headers)}.");
            }
        }
    }

    [Fact]
    public async Task No_unsafe_route_is_missing_from_the_document_that_these_tests_read()
    {
        var documented = (await Operation.ReadAsync(app.Guest())).Where(operation => operation.IsUnsafe).Select(operation => operation.ToString());
        var mapped =
            from endpoint in app.Endpoints
            from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["any"]
            where method is not ("GET" or "HEAD" or "OPTIONS")
            select $"{method} /{endpoint.RoutePattern.RawText!.Trim('/')}";

        Assert.Equal(mapped.Order(), documented.Order());
    }

    [Fact]
    public async Task Safe_calls_and_calls_without_a_cookie_are_not_refused()
    {
        var caller = app.Guest();
        await caller.PostAsync("/callback", new { reference = "r" }, ("Origin", "https://partner.example")).AssertStatusAsync(HttpStatusCode.OK);
        await caller.OpenAsync();
        await caller.GetAsync("/capsule/sessions", ("Sec-Fetch-Site", "cross-site"), ("Origin", "https://evil.example")).AssertStatusAsync(HttpStatusCode.OK);
    }

    private static Task<HttpResponseMessage> SendAsync(Caller caller, Operation call, (string, string)[] headers) =>
        caller.SendAsync(call.Method, call.With(("id", "x"), ("blockId", "y"), ("name", "z")), null, headers);
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Host.Tests.Sessions;
using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Integrations;

public sealed class IntegrationTests : IDisposable
{
    private static readonly Integration desk = Integration.Of("helpdesk");

    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task RequireIntegration_asks_with_a_form_and_goes_on_with_what_was_entered()
    {
        await using var app = await StartAsync(async (session, _) =>
        {
            var account = await session.RequireIntegrationAsync(desk, "To see your tickets.");
            await session.ReplyAsync($"{account.Fields["address"]} {account.Fields["token"]} {session.GetIntegration(desk) == account}");
        });
        var (session, turnId, block) = await AskAsync(app);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {
                  "type": "helpdesk", "title": "Help desk", "reason": "", "blocking": true, "mode": "secret",
                  "fields": [
                    { "name": "address", "label": "Address", "secret": false, "required": true },
                    { "name": "token", "label": "API token", "secret": true, "required": true }
                  ],
                  "expiresAt": "2030-01-02T03:09:05+00:00"
                }
                """),
            block["payload"]));

        Assert.Equal(HttpStatusCode.NoContent, await AnswerAsync(app, session, block, Entered("desk.example", "s3cret")));

        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal(["To see your tickets.", "desk.example s3cret True"], Said(events));
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""{"type":"helpdesk","title":"Help desk","reason":"","completed":true}"""),
            events.Last(streamed => streamed.Type == "block").Data["payload"]));
    }

    [Fact]
    public async Task PromptIntegration_returns_at_once_what_is_connected_already()
    {
        await using var app = await StartAsync(async (session, _) =>
            await session.ReplyAsync((await session.PromptIntegrationAsync(desk, "Once more")).Fields["token"]));
        Assert.Equal(HttpStatusCode.NoContent, await ConnectAsync(app, Entered("desk.example", "known")));

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.Equal(["known"], Said(events));
        Assert.DoesNotContain(events, streamed => streamed.Type == "block");
    }

    [Theory]
    [InlineData("Why", null, "Why", "")]
    [InlineData("Why", "Please", "Please", "Why")]
    [InlineData("Why", "", null, "Why")]
    [InlineData("", null, null, "")]
    public async Task PromptIntegration_says_its_message_and_its_reason_once(string reason, string? message, string? said, string onCard)
    {
        await using var app = await StartAsync((session, _) => session.PromptIntegrationAsync(desk, reason, message));

        var (session, turnId, block) = await AskAsync(app);

        Assert.Equal(onCard, (string?)block["payload"]!["reason"]);
        await AnswerAsync(app, session, block, new { declined = true });
        Assert.Equal(said is null ? [] : [said], Said(await app.UntilEndOfAsync(session, turnId)));
    }

    [Fact]
    public async Task A_declined_integration_raises_IntegrationDeclinedException()
    {
        await using var app = await StartAsync(async (session, _) =>
            await session.ReplyAsync((await Assert.ThrowsAsync<IntegrationDeclinedException>(() => session.RequireIntegrationAsync(desk))).GetType().BaseType!.Name));
        var (session, turnId, block) = await AskAsync(app);

        Assert.Equal(HttpStatusCode.NoContent, await AnswerAsync(app, session, block, new { declined = true }));

        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal(["PromptDeclinedException"], Said(events));
        Assert.True((bool?)events.Last(streamed => streamed.Type == "block").Data["payload"]!["declined"]);
    }

    [Fact]
    public async Task An_integration_that_nobody_connects_raises_IntegrationTimeoutException()
    {
        await using var app = await StartAsync(async (session, _) => await session.ReplyAsync(
            (await Assert.ThrowsAsync<IntegrationTimeoutException>(() => session.RequireIntegrationAsync(desk, timeout: TimeSpan.FromSeconds(10)))).GetType().BaseType!.Name));
        var (session, turnId, block) = await AskAsync(app);
        await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(10));

        app.Time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(HttpStatusCode.Conflict, await AnswerAsync(app, session, block, Entered("a", "b")));
        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal(["PromptTimeoutException"], Said(events));
        Assert.True((bool?)events.Last(streamed => streamed.Type == "block").Data["payload"]!["expired"]);
        Assert.Null(app.Services.GetRequiredService<UserIntegrations>().Find("ann", desk));
    }

    [Fact]
    public async Task An_answer_with_wrong_fields_is_refused_and_changes_nothing()
    {
        await using var app = await StartAsync((session, _) => session.RequireIntegrationAsync(desk));
        var (session, _, block) = await AskAsync(app);

        foreach (var wrong in (object[])
            [
                new { approved = true },
                new { fields = new { address = "a" } },
                new { fields = new { address = "a", token = "   " } },
                new { fields = new { address = "a", token = "b", more = "c" } },
                new { fields = new { address = "a", token = new string('x', 9000) } },
                new { fields = new { address = "a", token = "b" }, declined = true },
                new { fields = "text" },
                new { },
            ])
        {
            Assert.Equal(HttpStatusCode.BadRequest, await AnswerAsync(app, session, block, wrong));
        }

        Assert.Single((await app.GetAsync($"/capsule/sessions/{session}"))["prompts"]!.AsArray());
        Assert.Empty(app.Services.GetRequiredService<UserIntegrations>().For(new UserInfo { Id = "ann" }).Connected);
    }

    [Fact]
    public async Task ShowIntegration_shows_a_card_that_nobody_waits_for()
    {
        await using var app = await StartAsync((session, _) => session.ShowIntegrationAsync(desk, "Any time"));

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        var payload = Assert.Single(events, streamed => streamed.Type == "block").Data["payload"]!;
        Assert.False((bool?)payload["blocking"]);
        Assert.Equal("Any time", (string?)payload["reason"]);
        Assert.Null(payload["expiresAt"]);
    }

    [Fact]
    public async Task An_integration_that_is_not_declared_is_the_authors_mistake()
    {
        await using var app = await StartAsync(async (session, _) =>
        {
            var mistake = await Assert.ThrowsAsync<InvalidOperationException>(() => session.RequireIntegrationAsync(Integration.GitHub));
            await Assert.ThrowsAsync<InvalidOperationException>(() => session.ShowIntegrationAsync(Integration.GitHub));
            await session.ReplyAsync(mistake.Message);
        });

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.Contains("'github' is not declared", Assert.Single(Said(events)), StringComparison.Ordinal);
        using var connected = await app.Client.PostAsJsonAsync("/capsule/integrations/github", Entered("a", "b"));
        Assert.Equal(HttpStatusCode.NotFound, connected.StatusCode);
    }

    [Fact]
    public async Task What_is_connected_is_its_users_alone_and_can_be_disconnected()
    {
        await using var app = await StartAsync((session, _) => session.ReplyAsync(session.Integrations[desk]?.Fields["token"] ?? "none"));
        await ConnectAsync(app, Entered("desk.example", "first"));
        await ConnectAsync(app, Entered("desk.example", "second"));
        using var bob = app.ClientOf("bob");

        Assert.Equal(["second"], Said(await app.ConverseAsync(await app.BeginAsync(), "go")));
        using var notHis = await bob.DeleteAsync("/capsule/integrations/helpdesk");
        Assert.Equal(HttpStatusCode.NotFound, notHis.StatusCode);

        using var gone = await app.Client.DeleteAsync("/capsule/integrations/helpdesk");
        Assert.Equal(HttpStatusCode.NoContent, gone.StatusCode);
        Assert.Equal(["none"], Said(await app.ConverseAsync(await app.BeginAsync(), "go")));
    }

    [Fact]
    public async Task Secrets_are_encrypted_for_their_user_and_are_in_no_event()
    {
        await using var app = await StartAsync((session, _) => session.RequireIntegrationAsync(desk));
        var (session, turnId, block) = await AskAsync(app);
        await AnswerAsync(app, session, block, Entered("desk.example", "a-secret-token"));
        await app.UntilEndOfAsync(session, turnId);

        var store = app.Services.GetRequiredService<IIntegrationStore>();
        var integrations = app.Services.GetRequiredService<UserIntegrations>();
        var stored = Assert.Single(store.Read("ann"));
        await store.SaveAsync(stored with { UserId = "bob" }, CancellationToken.None);

        Assert.Null(integrations.Find("bob", desk));
        Assert.Equal("a-secret-token", integrations.Find("ann", desk)!.Fields["token"]);
        await app.Services.GetRequiredService<SqliteDatabase>().WriteAsync(_ => { });
        foreach (var file in Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[content.Length];
            await content.ReadExactlyAsync(bytes);
            Assert.True(bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes("a-secret-token")) < 0, $"{file} has the secret.");
        }
        Assert.DoesNotContain(app.Log.Entries, entry => entry.Message.Contains("a-secret-token", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_handler_that_runs_again_takes_the_same_way_although_the_integration_is_connected_by_now()
    {
        string session, turnId;
        JsonNode block;
        await using (var before = await StartAsync(Handle, OnCrash.Replay))
        {
            (session, turnId, block) = await AskAsync(before);
            await ConnectAsync(before, Entered("desk.example", "elsewhere"));
        }

        await using var after = await StartAsync(Handle, OnCrash.Replay);
        Assert.Equal(HttpStatusCode.NoContent, await AnswerAsync(after, session, block, Entered("desk.example", "answered")));

        Assert.Equal(["Now", "answered"], Said(await after.UntilEndOfAsync(session, turnId)));

        static async Task Handle(Session session, Message message) =>
            await session.ReplyAsync((await session.RequireIntegrationAsync(desk, "Now")).Fields["token"]);
    }

    private Task<ChatApp> StartAsync(Func<Session, Message, Task> handle, OnCrash onCrash = OnCrash.MarkInterrupted) => ChatApp.StartAsync(
        folder,
        handlers => handlers.Add(ChatApp.Handler(handle, onCrash: onCrash)),
        services: services => services.Configure<CapsuleOptions>(options => options.Integrations.AddForm(
            desk, "Help desk", new IntegrationField("address", "Address") { Secret = false }, new IntegrationField("token", "API token"))));

    private static object Entered(string address, string token) => new { fields = new { address, token } };

    private static async Task<HttpStatusCode> ConnectAsync(ChatApp app, object body)
    {
        using var response = await app.Client.PostAsJsonAsync("/capsule/integrations/helpdesk", body);
        return response.StatusCode;
    }

    private static async Task<(string Session, string TurnId, JsonNode Block)> AskAsync(ChatApp app)
    {
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "go"))["turnId"]!;
        await using var reader = app.Read(session);
        var events = await reader.UntilAsync(streamed => streamed.Type == "block");
        return (session, turnId, events[^1].Data);
    }

    private static async Task<HttpStatusCode> AnswerAsync(ChatApp app, string session, JsonNode block, object answer)
    {
        using var response = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/prompts/{block["id"]}", answer);
        return response.StatusCode;
    }

    private static List<string> Said(IEnumerable<StreamedEvent> events) =>
        [.. events.Where(streamed => streamed.Type == "message" && (string?)streamed.Data["sender"] == "app").Select(streamed => (string)streamed.Data["text"]!)];
}

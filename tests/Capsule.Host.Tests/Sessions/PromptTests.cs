using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Capsule.Host.Tests.Sessions;

public sealed class PromptTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_approval_is_answered_once(bool approved)
    {
        await using var app = await ChatApp.StartAsync(
            folder, async (session, _) => await session.ReplyAsync($"{await session.PromptApprovalAsync("Delete it?", "Yes", "No")}"));
        var (session, turnId, block) = await AskAsync(app);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"message":"Delete it?","approveLabel":"Yes","rejectLabel":"No","blocking":true,"expiresAt":"2030-01-02T03:09:05+00:00"}
                """),
            block["payload"]));
        var open = (await app.GetAsync($"/capsule/sessions/{session}"))["prompts"]!.AsArray();
        Assert.Equal(block.ToJsonString(), Assert.Single(open)!.ToJsonString());

        using var answered = await AnswerAsync(app, session, block, new { approved });
        using var again = await AnswerAsync(app, session, block, new { approved = !approved });

        Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        var events = await app.UntilEndOfAsync(session, turnId);
        var closed = events.Last(streamed => streamed.Type == "block").Data;
        Assert.Equal((string?)block["id"], (string?)closed["id"]);
        Assert.True(JsonNode.DeepEquals(
            new JsonObject
            {
                ["message"] = "Delete it?",
                ["approveLabel"] = "Yes",
                ["rejectLabel"] = "No",
                ["completed"] = true,
                ["approved"] = approved,
                ["timedOut"] = false,
            },
            closed["payload"]));
        Assert.Equal(approved.ToString(), (string?)events[^2].Data["text"]);
        Assert.Empty((await app.GetAsync($"/capsule/sessions/{session}"))["prompts"]!.AsArray());
    }

    [Fact]
    public async Task An_approval_that_nobody_gives_is_refused_in_time()
    {
        await using var app = await ChatApp.StartAsync(
            folder, async (session, _) => await session.ReplyAsync($"{await session.PromptApprovalAsync("Sure?", timeout: TimeSpan.FromSeconds(10))}"));
        var (session, turnId, block) = await AskAsync(app);
        await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(10));

        app.Time.Advance(TimeSpan.FromSeconds(10));

        using var late = await AnswerAsync(app, session, block, new { approved = true });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.True((bool?)events.Last(streamed => streamed.Type == "block").Data["payload"]!["timedOut"]);
        Assert.Equal("False", (string?)events[^2].Data["text"]);
    }

    [Fact]
    public async Task A_file_is_asked_for_and_received()
    {
        string? content = null;
        var target = folder.File("down") + "/";
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            var upload = await session.PromptFileAsync("The numbers, please", ".csv", path: target, maxBytes: 100);
            content = await File.ReadAllTextAsync(upload.Path!);
            await session.ReplyAsync($"{upload.Name} {upload.ContentType} {upload.Size}");
        });
        var (session, turnId, block) = await AskAsync(app);
        Assert.Equal(100, (long?)block["payload"]!["maxBytes"]);
        Assert.Equal(".csv", (string?)block["payload"]!["accept"]);
        Assert.True((bool?)block["payload"]!["blocking"]);

        using var answered = await SendFileAsync(app, session, block, "a,b\n1,2\n");

        Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal("n.csv text/csv 8", (string?)events[^2].Data["text"]);
        Assert.Equal(
            """{"message":"The numbers, please","completed":true,"filename":"n.csv","contentType":"text/csv","size":8}""",
            events.Last(streamed => streamed.Type == "block").Data["payload"]!.ToJsonString());
        Assert.Equal("a,b\n1,2\n", content);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_refused_and_can_be_sent_again()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.PromptFileAsync(maxBytes: 10));
        var (session, turnId, block) = await AskAsync(app);

        using var large = await SendFileAsync(app, session, block, new string('x', 11));
        using var huge = await SendFileAsync(app, session, block, new string('x', 100_000));
        using var small = await SendFileAsync(app, session, block, "ok");

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, large.StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, huge.StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, small.StatusCode);
        Assert.Equal("completed", (string?)(await app.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
    }

    [Fact]
    public async Task A_file_can_be_declined()
    {
        var (events, thrown) = await PromptFileAsync(async (app, session, block) =>
        {
            using var declined = await AnswerAsync(app, session, block, new { declined = true });
            Assert.Equal(HttpStatusCode.NoContent, declined.StatusCode);
        });

        Assert.IsType<FileUploadDeclinedException>(thrown);
        Assert.Equal(
            """{"message":"Please upload a file","declined":true}""", events.Last(streamed => streamed.Type == "block").Data["payload"]!.ToJsonString());
    }

    [Fact]
    public async Task A_file_that_does_not_come_is_given_up()
    {
        var (events, thrown) = await PromptFileAsync(async (app, _, _) =>
        {
            await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(300));
            app.Time.Advance(TimeSpan.FromSeconds(300));
        });

        Assert.IsType<FileUploadTimeoutException>(thrown);
        Assert.Equal(
            """{"message":"Please upload a file","expired":true}""", events.Last(streamed => streamed.Type == "block").Data["payload"]!.ToJsonString());
    }

    [Fact]
    public async Task Cancelling_the_turn_closes_its_prompt()
    {
        var (events, thrown) = await PromptFileAsync(async (app, session, _) =>
        {
            using var cancelled = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/cancel", new { });
            Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        });

        Assert.IsAssignableFrom<OperationCanceledException>(thrown);
        Assert.Equal(
            """{"message":"Please upload a file","cancelled":true}""", events.Last(streamed => streamed.Type == "block").Data["payload"]!.ToJsonString());
        Assert.Equal("cancelled", (string?)events[^1].Data["state"]);
    }

    [Fact]
    public async Task A_prompt_that_nobody_awaits_is_closed_with_its_turn()
    {
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            var asking = session.PromptApprovalAsync("Really?");
            await session.ReplyAsync("never mind");
        });
        var session = await app.BeginAsync();

        var events = await app.ConverseAsync(session, "ask");

        Assert.True((bool?)events.Last(streamed => streamed.Type == "block").Data["payload"]!["cancelled"]);
        Assert.Empty((await app.GetAsync($"/capsule/sessions/{session}"))["prompts"]!.AsArray());
    }

    [Fact]
    public async Task An_answer_of_another_kind_is_refused_and_changes_nothing()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.PromptApprovalAsync("Sure?"));
        var (session, turnId, block) = await AskAsync(app);

        using var empty = await AnswerAsync(app, session, block, new { });
        using var file = await SendFileAsync(app, session, block, "x");
        using var both = await AnswerAsync(app, session, block, new { approved = true, declined = true });
        using var text = await app.Client.PostAsync(Address(session, block), new StringContent("yes", Encoding.UTF8, "text/plain"));
        using var wrong = await AnswerAsync(app, session, block, new { approved = "yes" });

        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, file.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, both.StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        using var right = await AnswerAsync(app, session, block, new { approved = true });
        Assert.Equal(HttpStatusCode.NoContent, right.StatusCode);
        await app.UntilEndOfAsync(session, turnId);
    }

    private async Task<(List<StreamedEvent> Events, Exception? Thrown)> PromptFileAsync(Func<ChatApp, string, JsonObject, Task> meanwhile)
    {
        Exception? thrown = null;
        await using var app = await ChatApp.StartAsync(
            folder, async (session, _) => thrown = await Record.ExceptionAsync(() => session.PromptFileAsync()));
        var (session, turnId, block) = await AskAsync(app);
        await meanwhile(app, session, block);
        return (await app.UntilEndOfAsync(session, turnId), thrown);
    }

    private static async Task<(string Session, string TurnId, JsonObject Block)> AskAsync(ChatApp app)
    {
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "ask me"))["turnId"]!;
        await using var reader = app.Read(session);
        var block = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data;
        Assert.Matches("^blk_[0-9a-f]{12}$", (string)block["id"]!);
        return (session, turnId, block);
    }

    private static string Address(string session, JsonObject block) => $"/capsule/sessions/{session}/prompts/{block["id"]}";

    private static Task<HttpResponseMessage> AnswerAsync(ChatApp app, string session, JsonObject block, object answer) =>
        app.Client.PostAsJsonAsync(Address(session, block), answer);

    private static async Task<HttpResponseMessage> SendFileAsync(ChatApp app, string session, JsonObject block, string content)
    {
        using var file = new StringContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        using var form = new MultipartFormDataContent { { file, "file", "n.csv" } };
        return await app.Client.PostAsync(Address(session, block), form);
    }
}

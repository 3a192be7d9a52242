using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;

namespace Capsule.Host.Tests.Sessions;

/// <summary>An interrupted or failed turn runs again when its user says so.</summary>
public sealed class RetryTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly ConcurrentQueue<string> histories = new();
    private int handled;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_failed_turn_runs_again_under_its_own_id()
    {
        await using var app = await StartAsync();
        var (session, turnId) = await FailAsync(app, "bad");

        using var response = await RetryAsync(app, session, turnId);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var answer = await Json.ReadAsync(response);
        var events = await UntilAsync(app, session, turnId, "completed");
        Assert.Equal(["queued", "started", "failed", "queued", "started", "completed"], States(events, turnId));
        Assert.Equal(turnId, (string?)answer["turnId"]);
        Assert.Equal((string?)events[0].Data["id"], (string?)answer["messageId"]);
        Assert.Equal(events.Last(streamed => (string?)streamed.Data["state"] == "queued").Seq, (long)answer["seq"]!);
        Assert.Single(events, streamed => (string?)streamed.Data["sender"] == "user");
        Assert.Equal("attempt 2", (string?)events[^2].Data["text"]);
    }

    [Fact]
    public async Task A_double_click_runs_it_once()
    {
        var both = new TaskCompletionSource();
        await using var app = await StartAsync(both.Task);
        var (session, turnId) = await FailAsync(app, "bad");

        var answers = await Task.WhenAll(RetryAsync(app, session, turnId), RetryAsync(app, session, turnId));
        using var meanwhile = await RetryAsync(app, session, turnId);
        both.SetResult();

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode));
        Assert.Equal(HttpStatusCode.Accepted, meanwhile.StatusCode);
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadAsStringAsync()))).Distinct());
        var events = await UntilAsync(app, session, turnId, "completed");
        Assert.Equal(["queued", "started", "failed", "queued", "started", "completed"], States(events, turnId));
        Assert.Equal(2, handled);
    }

    [Fact]
    public async Task Nothing_else_runs_again()
    {
        var release = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(folder, (_, message) => message.Text == "hang" ? release.Task : Task.CompletedTask);
        var session = await app.BeginAsync();
        var completed = (string)(await app.ConverseAsync(session, "fine"))[^1].Data["id"]!;
        var running = (string)(await app.SayAsync(session, "hang"))["turnId"]!;
        var cancelled = (string)(await app.SayAsync(session, "never mind"))["turnId"]!;
        using var cancel = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/cancel", new { turnId = cancelled });

        foreach (var turnId in new[] { completed, running, cancelled, "turn_unknown" })
        {
            using var refused = await RetryAsync(app, session, turnId);
            Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        }
        using var empty = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/retry", new { });
        Assert.Equal(HttpStatusCode.BadRequest, empty.StatusCode);
        using var stranger = app.ClientOf("bob");
        using var hidden = await stranger.PostAsJsonAsync($"/capsule/sessions/{session}/retry", new { turnId = completed });
        Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        release.SetResult();
    }

    [Fact]
    public async Task A_turn_of_a_closed_session_does_not_run_again()
    {
        await using var app = await StartAsync();
        var (session, turnId) = await FailAsync(app, "bad");
        using var closed = await app.Client.DeleteAsync($"/capsule/sessions/{session}");

        using var refused = await RetryAsync(app, session, turnId);

        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
    }

    [Fact]
    public async Task What_the_first_attempt_said_is_no_history()
    {
        await using var app = await StartAsync();
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "hello");
        var turnId = (string)(await app.ConverseAsync(session, "bad"))[^1].Data["id"]!;
        await app.ConverseAsync(session, "between");

        using var retried = await RetryAsync(app, session, turnId);
        await UntilAsync(app, session, turnId, "completed");
        var events = await app.ConverseAsync(session, "after");

        Assert.Equal(
            [
                "",
                "hello|attempt 1",
                "hello|attempt 1|bad|half",
                "hello|attempt 1|between|attempt 3",
                "hello|attempt 1|between|attempt 3|bad|attempt 4",
            ],
            histories);
        Assert.Contains(events, streamed => (string?)streamed.Data["text"] == "half");
    }

    [Fact]
    public async Task Waiting_to_run_again_it_can_be_cancelled_and_counts_as_waiting()
    {
        var release = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(
            folder,
            (_, message) => message.Text == "bad" ? throw new InvalidOperationException() : release.Task,
            limits => limits.QueueLength = 1);
        var (session, first) = await FailAsync(app, "bad");
        var second = (string)(await app.ConverseAsync(session, "bad"))[^1].Data["id"]!;
        var hanging = await app.SayAsync(session, "hang");
        await UntilAsync(app, session, (string)hanging["turnId"]!, "started");

        using var queued = await RetryAsync(app, session, first);
        using var full = await RetryAsync(app, session, second);
        using var cancelled = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/cancel", new { turnId = first });
        using var again = await RetryAsync(app, session, first);

        Assert.Equal(HttpStatusCode.Accepted, queued.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, full.StatusCode);
        Assert.NotNull(full.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        release.SetResult();
    }

    private Task<ChatApp> StartAsync(Task? secondAttempt = null) => ChatApp.StartAsync(folder, async (session, message) =>
    {
        var attempt = Interlocked.Increment(ref handled);
        histories.Enqueue(string.Join('|', session.History.Select(past => past.Text)));
        if (message.Text == "bad" && !session.Data.Names.Contains("failed"))
        {
            session.Data["failed"] = true;
            await session.ReplyAsync("half");
            throw new InvalidOperationException();
        }
        if (secondAttempt is not null)
            await secondAttempt;
        await session.ReplyAsync($"attempt {attempt}");
    });

    private static async Task<(string Session, string TurnId)> FailAsync(ChatApp app, string text)
    {
        var session = await app.BeginAsync();
        return (session, (string)(await app.ConverseAsync(session, text))[^1].Data["id"]!);
    }

    private static Task<HttpResponseMessage> RetryAsync(ChatApp app, string session, string turnId) =>
        app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/retry", new { turnId });

    private static async Task<List<StreamedEvent>> UntilAsync(ChatApp app, string session, string turnId, string state)
    {
        await using var reader = app.Read(session);
        return await reader.UntilAsync(streamed => (string?)streamed.Data["id"] == turnId && (string?)streamed.Data["state"] == state);
    }

    private static IEnumerable<string> States(IEnumerable<StreamedEvent> events, string turnId) =>
        events.Where(streamed => streamed.Type == "turn" && (string?)streamed.Data["id"] == turnId).Select(streamed => (string)streamed.Data["state"]!);
}

using System.Net;
using System.Net.Http.Json;

namespace Capsule.Host.Tests.Sessions;

public sealed class CancelTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_running_turn_is_cancelled_and_keeps_what_it_said()
    {
        var begun = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            reply.Write("So far");
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
        });
        var (session, turnId) = await BeginTurnAsync(app, begun.Task);

        using var cancelled = await CancelAsync(app, session, new { });

        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal("cancelled", (string?)events[^1].Data["state"]);
        Assert.Equal("So far", (string?)events[^2].Data["text"]);
        Assert.True((bool?)events[^2].Data["partial"]);
        Assert.Equal(events[^1].Seq, (long)(await app.GetAsync($"/capsule/sessions/{session}"))["seq"]!);
    }

    [Fact]
    public async Task A_queued_turn_is_cancelled_without_running()
    {
        var release = new TaskCompletionSource();
        var handled = new List<string>();
        await using var app = await ChatApp.StartAsync(folder, async (_, message) =>
        {
            handled.Add(message.Text);
            await release.Task;
        });
        var session = await app.BeginAsync();
        await app.SayAsync(session, "first");
        var second = (string)(await app.SayAsync(session, "second"))["turnId"]!;
        var third = (string)(await app.SayAsync(session, "third"))["turnId"]!;

        using var cancelled = await CancelAsync(app, session, new { turnId = second });
        release.SetResult();
        await app.UntilEndOfAsync(session, third);

        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal(["first", "third"], handled);
        using var again = await CancelAsync(app, session, new { turnId = second });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task A_handler_that_ignores_cancellation_is_left_behind()
    {
        var release = new TaskCompletionSource();
        var lateReply = new TaskCompletionSource<Exception?>();
        await using var app = await ChatApp.StartAsync(folder, async (session, message) =>
        {
            if (message.Text != "stubborn")
                return;
            await session.ReplyAsync("begun");
            await release.Task;
            lateReply.SetResult(await Record.ExceptionAsync(() => session.ReplyAsync("still here")));
        });
        var session = await app.BeginAsync();
        await app.SayAsync(session, "stubborn");
        await using var reader = app.Read(session);
        await reader.UntilAsync(streamed => streamed.Type == "message" && (string)streamed.Data["sender"]! == "app");

        var cancelling = CancelAsync(app, session, new { });
        await app.Time.TimerWithinAsync(TimeSpan.FromMilliseconds(600));
        app.Time.Advance(TimeSpan.FromSeconds(1));

        using var cancelled = await cancelling.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal("completed", (string?)(await app.ConverseAsync(session, "next"))[^1].Data["state"]);
        release.SetResult();
        Assert.IsAssignableFrom<OperationCanceledException>(await lateReply.Task.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    [Fact]
    public async Task Nothing_to_cancel_is_a_conflict()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var session = await app.BeginAsync();
        var events = await app.ConverseAsync(session, "done");

        using var running = await CancelAsync(app, session, new { });
        using var ended = await CancelAsync(app, session, new { turnId = (string)events[^1].Data["id"]! });
        using var unknown = await CancelAsync(app, session, new { turnId = "turn_unknown" });

        Assert.Equal(
            [HttpStatusCode.Conflict, HttpStatusCode.Conflict, HttpStatusCode.Conflict],
            [running.StatusCode, ended.StatusCode, unknown.StatusCode]);
    }

    [Fact]
    public async Task Leaving_is_not_cancelling()
    {
        var release = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await session.ReplyAsync("one");
            await release.Task;
            await session.ReplyAsync("two");
        });
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "go"))["turnId"]!;
        await using (var reader = app.Read(session))
            await reader.UntilAsync(streamed => streamed.Type == "message" && (string)streamed.Data["sender"]! == "app");

        release.SetResult();

        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal("completed", (string?)events[^1].Data["state"]);
        Assert.Equal("two", (string?)events[^2].Data["text"]);
    }

    private static Task<HttpResponseMessage> CancelAsync(ChatApp app, string session, object body) =>
        app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/cancel", body);

    [Fact]
    public async Task A_turn_that_waits_for_a_task_stops_waiting()
    {
        var (begun, ended) = (new TaskCompletionSource(), new TaskCompletionSource<Exception>());
        await using var app = await ChatApp.StartAsync(folder, handlers =>
        {
            handlers.Add(ChatApp.Handler(async (session, _) =>
            {
                var task = await new AnyTask(session.Tasks, "Later").SubmitAsync(options: new TaskOptions { Delay = TimeSpan.FromDays(1) });
                try
                {
                    var waiting = task.WaitAsync();
                    begun.SetResult();
                    await waiting;
                }
                catch (Exception exception)
                {
                    ended.SetResult(exception);
                    throw;
                }
            }));
            handlers.Add(new TaskHandler { Id = "Tests.Later", Name = "Later", InvokeAsync = (_, _) => Task.FromResult<string?>(null) });
        });
        var (session, turnId) = await BeginTurnAsync(app, begun.Task);

        using var cancelled = await CancelAsync(app, session, new { });

        Assert.IsAssignableFrom<OperationCanceledException>(await ended.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Equal("cancelled", (string?)(await app.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
    }

    [Fact]
    public async Task A_cancelled_turn_whose_values_can_not_be_saved_is_cancelled()
    {
        var begun = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            session.Data.Set("bad", new Unwritable());
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
        });
        var (session, turnId) = await BeginTurnAsync(app, begun.Task);

        using var cancelled = await CancelAsync(app, session, new { });

        Assert.Equal("cancelled", (string?)(await app.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
    }

    /// <summary>Has a turn begun: its handler says so.</summary>
    private static async Task<(string Session, string TurnId)> BeginTurnAsync(ChatApp app, Task begun)
    {
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "go"))["turnId"]!;
        await begun.WaitAsync(TimeSpan.FromSeconds(20));
        return (session, turnId);
    }

    private sealed class Unwritable
    {
        private readonly string reason = "not now";

        public string Value => throw new InvalidOperationException(reason);
    }
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Sessions;

public sealed class RestartTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly TemporaryDirectory afterCrash = new();

    public void Dispose()
    {
        folder.Dispose();
        afterCrash.Dispose();
    }

    [Fact]
    public async Task After_a_crash_nothing_accepted_is_lost_and_nothing_is_half_done()
    {
        var release = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(folder, async (session, message) =>
        {
            await using var reply = session.StreamReply();
            reply.Write("Once upon a time ");
            await session.NotifyAsync("writing");
            reply.Write("there was");
            await session.ReplyAsync("aside");
            var asking = session.PromptApprovalAsync("Go on?");
            await release.Task;
        });
        var session = await app.BeginAsync();
        var begun = (string)(await app.SayAsync(session, "a story"))["turnId"]!;
        await using var reader = app.Read(session);
        await reader.UntilAsync(streamed => streamed.Type == "block");
        var queued = (string)(await app.SayAsync(session, "another"))["turnId"]!;
        folder.CopyTo(afterCrash);

        await using var restarted = await ChatApp.StartAsync(afterCrash, (after, message) => after.ReplyAsync("ran " + message.Text));

        var events = await restarted.UntilEndOfAsync(session, queued);
        var text = Assert.Single(events, streamed => streamed.Type == "message" && (bool?)streamed.Data["partial"] == true);
        Assert.Equal("Once upon a time there was", (string?)text.Data["text"]);
        Assert.Equal(begun, (string?)text.Data["turnId"]);
        var interrupted = Assert.Single(events, streamed => streamed.EndsTurn(begun));
        Assert.Equal("interrupted", (string?)interrupted.Data["state"]);
        var prompt = events.Last(streamed => streamed.Type == "block");
        Assert.Equal("""{"message":"Go on?","approveLabel":"Approve","rejectLabel":"Reject","cancelled":true,"interrupted":true}""", prompt.Data["payload"]!.ToJsonString());
        Assert.Equal("ran another", (string?)events[^2].Data["text"]);
        Assert.Equal("completed", (string?)events[^1].Data["state"]);
        using var late = await restarted.Client.PostAsJsonAsync($"/capsule/sessions/{session}/prompts/{prompt.Data["id"]}", new { approved = true });
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
        release.SetResult();
    }

    [Fact]
    public async Task A_turn_that_takes_the_server_down_again_and_again_is_given_up()
    {
        using var release = new CancellationTokenSource();
        Task Hang(Session session, Message message) => Task.Delay(Timeout.Infinite, release.Token);
        var app = await ChatApp.StartAsync(folder, Hang);
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "deadly"))["turnId"]!;
        var left = folder;
        for (var crash = 1; crash <= 3; crash++)
        {
            await using (var reader = app.Read(session))
            {
                var starts = 0;
                await reader.UntilAsync(streamed => (string?)streamed.Data["state"] == "started" && ++starts == crash);
            }
            var next = new TemporaryDirectory();
            left.CopyTo(next);
            await app.DisposeAsync();
            app = await ChatApp.StartAsync(next, Hang);
            if (left != folder)
                left.Dispose();
            left = next;
            using var retry = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/retry", new { turnId });
            Assert.Equal(crash < 3 ? HttpStatusCode.Accepted : HttpStatusCode.Conflict, retry.StatusCode);
        }

        var end = (await app.UntilEndsAsync(session, turnId, 3))[^1];
        Assert.Equal("failed", (string?)end.Data["state"]);
        Assert.Contains("not tried again", (string?)end.Data["error"]);
        Assert.Contains(app.Log.Entries, entry => entry.Level == LogLevel.Error && entry.Message.Contains(turnId, StringComparison.Ordinal));
        await app.DisposeAsync();
        left.Dispose();
    }

    [Fact]
    public async Task A_turn_that_waited_for_its_user_is_not_blamed()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.PromptApprovalAsync("Go on?"), limits => limits.TurnCrashes = 1);
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "ask"))["turnId"]!;
        await using (var reader = app.Read(session))
            await reader.UntilAsync(streamed => streamed.Type == "block");
        folder.CopyTo(afterCrash);

        await using var restarted = await ChatApp.StartAsync(afterCrash, (_, _) => Task.CompletedTask, limits => limits.TurnCrashes = 1);

        Assert.Equal("interrupted", (string?)(await restarted.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
    }

    [Fact]
    public async Task A_start_changes_nothing_that_is_complete()
    {
        string session;
        long ended;
        await using (var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            reply.Write("a");
            await session.ReplyAsync("b");
        }))
        {
            session = await app.BeginAsync();
            ended = (await app.ConverseAsync(session, "hello"))[^1].Seq;
        }

        await using var again = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);

        Assert.Equal(ended, (long)(await again.GetAsync($"/capsule/sessions/{session}"))["seq"]!);
    }

    [Fact]
    public async Task A_stop_interrupts_what_runs_and_keeps_what_waits()
    {
        var begun = new TaskCompletionSource();
        string session, first, second;
        await using (var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            begun.TrySetResult();
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
        }))
        {
            session = await app.BeginAsync();
            first = (string)(await app.SayAsync(session, "one"))["turnId"]!;
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
            second = (string)(await app.SayAsync(session, "two"))["turnId"]!;
            await app.StopAsync();
        }

        await using var restarted = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync("ran " + message.Text));

        var events = await restarted.UntilEndOfAsync(session, second);
        Assert.Equal("interrupted", (string?)Assert.Single(events, streamed => streamed.EndsTurn(first)).Data["state"]);
        Assert.Equal("ran two", (string?)events[^2].Data["text"]);
    }

    [Fact]
    public async Task A_stop_ends_streams()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        await using var reader = app.Read(await app.BeginAsync());
        await reader.OpenAsync();

        var ending = reader.NextAsync();
        await app.StopAsync();

        Assert.Null(await ending.WaitAsync(TimeSpan.FromSeconds(20)));
    }
}

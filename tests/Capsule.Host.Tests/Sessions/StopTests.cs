using System.Net;
using System.Net.Http.Json;

namespace Capsule.Host.Tests.Sessions;

/// <summary>The server stops in good time, whatever handlers do, and says what became of them.</summary>
public sealed class StopTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_call_that_waits_for_its_answer_is_told_that_the_server_stops()
    {
        var begun = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
        });
        var calling = app.Client.PostAsJsonAsync("/capsule/chat", new { text = "hello" });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await calling).StatusCode);
    }

    [Fact]
    public async Task What_runs_may_finish_within_the_limit()
    {
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        string session, first, second;
        await using (var app = await ChatApp.StartAsync(
            folder,
            async (session, message) =>
            {
                begun.TrySetResult();
                await release.Task.WaitAsync(session.CancellationToken);
                await session.ReplyAsync("done " + message.Text);
            },
            limits => limits.ShutdownSeconds = 10))
        {
            session = await app.BeginAsync();
            first = (string)(await app.SayAsync(session, "one"))["turnId"]!;
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
            second = (string)(await app.SayAsync(session, "two"))["turnId"]!;

            var stopping = app.StopAsync();
            await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(10));
            release.SetResult();
            await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        }

        await using var restarted = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync("later " + message.Text));
        var events = await restarted.UntilEndOfAsync(session, second);
        Assert.Equal("completed", (string?)Assert.Single(events, streamed => streamed.EndsTurn(first)).Data["state"]);
        Assert.Contains(events, streamed => (string?)streamed.Data["text"] == "done one");
        Assert.Equal("later two", (string?)events[^2].Data["text"]);
    }

    [Fact]
    public async Task What_takes_longer_is_interrupted()
    {
        var begun = new TaskCompletionSource();
        string session, turnId;
        await using (var app = await ChatApp.StartAsync(
            folder,
            async (session, _) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, session.CancellationToken);
            },
            limits => limits.ShutdownSeconds = 10))
        {
            session = await app.BeginAsync();
            turnId = (string)(await app.SayAsync(session, "hello"))["turnId"]!;
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

            var stopping = app.StopAsync();
            await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(10));
            app.Time.Advance(TimeSpan.FromSeconds(10));
            await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        }

        await using var restarted = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        Assert.Equal("interrupted", (string?)(await restarted.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
    }

    [Fact]
    public async Task Nobody_waits_for_a_turn_that_waits_for_its_user()
    {
        string session, turnId;
        await using (var app = await ChatApp.StartAsync(
            folder, (session, _) => session.PromptApprovalAsync("Go on?"), limits => limits.ShutdownSeconds = 10))
        {
            session = await app.BeginAsync();
            turnId = (string)(await app.SayAsync(session, "hello"))["turnId"]!;
            await using (var reader = app.Read(session))
                await reader.UntilAsync(streamed => streamed.Type == "block");

            await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }

        await using var restarted = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        Assert.Equal("interrupted", (string?)(await restarted.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
    }

    [Fact]
    public async Task A_message_handler_that_ignores_its_token_does_not_hold_up_the_stop()
    {
        using var patience = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        string session, turnId;
        await using (var app = await ChatApp.StartAsync(folder, async (_, _) =>
        {
            begun.SetResult();
            await release.Task;
        }))
        {
            session = await app.BeginAsync();
            turnId = (string)(await app.SayAsync(session, "hello"))["turnId"]!;
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

            var stopping = app.StopAsync(patience.Token);
            await patience.CancelAsync();
            await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        }
        release.SetResult();
        await using var restarted = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        Assert.Equal("interrupted", (string?)(await restarted.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
    }

    [Fact]
    public async Task An_Exit_handler_that_ignores_its_token_does_not_hold_up_the_stop()
    {
        using var patience = new CancellationTokenSource();
        var begun = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(folder, handlers =>
        {
            handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask));
            handlers.Add(ChatApp.On(SessionMoment.Exit, async _ =>
            {
                begun.SetResult();
                await release.Task;
            }));
        });
        var session = await app.BeginAsync();
        await app.Client.DeleteAsync($"/capsule/sessions/{session}");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var stopping = app.StopAsync(patience.Token);
        await patience.CancelAsync();
        await stopping.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.Contains(app.Log.Entries, entry => entry.Message.Contains("[Exit]", StringComparison.Ordinal));
        release.SetResult();
    }
}

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

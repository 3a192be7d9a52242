using System.Collections.Concurrent;

namespace Capsule.Host.Tests.Sessions;

/// <summary>[Exit] really runs: at least once for each session that is closed, whatever ends the server meanwhile.</summary>
public sealed class ExitTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly ConcurrentQueue<string> said = new();
    private readonly List<TemporaryDirectory> copies = [];

    public void Dispose()
    {
        folder.Dispose();
        copies.ForEach(copy => copy.Dispose());
    }

    [Fact]
    public async Task One_that_a_crash_cut_off_runs_again_and_then_no_more()
    {
        using var end = new CancellationTokenSource();
        TemporaryDirectory left;
        await using (var app = await StartAsync(folder, Hang("first", end.Token)))
        {
            await CloseAsync(app);
            await UntilSaidAsync("first");
            left = Crash(folder);
            await end.CancelAsync();
        }

        await using (await StartAsync(left, Say("second")))
            await UntilSaidAsync("second");
        await using (await StartAsync(left, Say("third")))
        {
        }

        Assert.Equal(["first", "second"], said);
    }

    [Fact]
    public async Task One_that_the_server_s_stop_cut_off_runs_after_the_next_start()
    {
        await using (var app = await StartAsync(folder, Hang("first", CancellationToken.None)))
        {
            await CloseAsync(app);
            await UntilSaidAsync("first");
            await app.StopAsync();
        }

        await using (await StartAsync(folder, Say("second")))
            await UntilSaidAsync("second");

        Assert.Equal(["first", "second"], said);
    }

    [Fact]
    public async Task One_that_fails_is_logged_and_has_run()
    {
        await using (var app = await StartAsync(folder, _ =>
        {
            said.Enqueue("first");
            throw new InvalidOperationException("no farewell");
        }))
        {
            await CloseAsync(app);
            await app.Log.WaitFor("An [Exit] handler of session");
        }
        await using (await StartAsync(folder, Say("second")))
        {
        }

        Assert.Equal(["first"], said);
    }

    [Fact]
    public async Task One_that_takes_the_server_down_each_time_is_given_up()
    {
        using var end = new CancellationTokenSource();
        await using var first = await StartAsync(folder, Hang("first", end.Token));
        await CloseAsync(first);
        await UntilSaidAsync("first");
        await using var second = await StartAsync(Crash(folder), Hang("second", end.Token));
        await UntilSaidAsync("second");

        await using var third = await StartAsync(Crash(copies[^1]), Say("third"));
        await third.Log.WaitFor("are not run again: 2 processes ended while they ran");

        Assert.Equal(["first", "second"], said);
        await end.CancelAsync();
    }

    private static Task<ChatApp> StartAsync(TemporaryDirectory directory, Func<Session, Task> exit) => ChatApp.StartAsync(
        directory,
        handlers =>
        {
            handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask));
            handlers.Add(ChatApp.On(SessionMoment.Exit, exit));
        },
        limits => limits.TurnCrashes = 2);

    private static async Task CloseAsync(ChatApp app)
    {
        using var closed = await app.Client.DeleteAsync($"/capsule/sessions/{await app.BeginAsync()}");
    }

    /// <summary>What a crash at this moment leaves.</summary>
    private TemporaryDirectory Crash(TemporaryDirectory directory)
    {
        var copy = new TemporaryDirectory();
        copies.Add(copy);
        directory.CopyTo(copy);
        return copy;
    }

    private Func<Session, Task> Say(string word) => _ =>
    {
        Tell(word);
        return Task.CompletedTask;
    };

    private Func<Session, Task> Hang(string word, CancellationToken end) => async session =>
    {
        Tell(word);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(end, session.CancellationToken);
        await Task.Delay(Timeout.Infinite, either.Token);
    };

    private readonly ConcurrentDictionary<string, TaskCompletionSource> signals = new();

    private void Tell(string word)
    {
        said.Enqueue(word);
        SignalOf(word).TrySetResult();
    }

    private Task UntilSaidAsync(string word) => SignalOf(word).Task.WaitAsync(TimeSpan.FromSeconds(20));

    private TaskCompletionSource SignalOf(string word) => signals.GetOrAdd(word, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

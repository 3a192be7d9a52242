using System.Collections.Concurrent;
using Capsule.Hosting.Storage;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Tasks;

/// <summary>When tasks run, side by side and after a crash, and whose they are.</summary>
public sealed class TaskQueueTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualTime time = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_delayed_task_waits_for_its_time()
    {
        await using var host = await Host(_ => Done());
        var delayed = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync(options: new() { Delay = TimeSpan.FromMinutes(5) });
        var planned = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync(options: new() { At = time.GetUtcNow().AddMinutes(9) });
        time.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TaskState.Scheduled, await delayed.GetStateAsync());
        time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(TaskState.Completed, await delayed.WaitAsync().WaitAsync(Patience));
        Assert.Equal(TaskState.Scheduled, await planned.GetStateAsync());
        time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(TaskState.Completed, await planned.WaitAsync().WaitAsync(Patience));
        Assert.Equal(time.GetUtcNow(), (await planned.GetAsync()).StartedAt);
    }

    [Fact]
    public async Task Contradictory_options_are_refused()
    {
        await using var host = await Host(_ => Done());
        var tasks = host.Tasks(WorkHost.Alice, "Sync");
        await Assert.ThrowsAsync<ArgumentException>(() => tasks.SubmitAsync(options: new() { Delay = TimeSpan.Zero, At = time.GetUtcNow() }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tasks.SubmitAsync(options: new() { Delay = TimeSpan.FromSeconds(-1) }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => tasks.SubmitAsync(options: new() { Every = TimeSpan.Zero }));
        Assert.Equal(0, await tasks.CountAsync());
    }

    [Fact]
    public async Task A_recurring_task_runs_again_after_each_run_until_it_is_cancelled()
    {
        await using var host = await Host(call => call.Progress.Attempt == 2 ? throw new IOException() : Done());
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync(options: new() { Every = TimeSpan.FromMinutes(1) });
        Assert.Equal((TaskState.Scheduled, 0), (await task.GetStateAsync(), (await task.GetAsync()).Attempt));
        for (var run = 1; run <= 3; run++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            var after = await host.Until(task, snapshot => snapshot.State == TaskState.Scheduled && snapshot.Attempt == run);
            Assert.Equal(run == 2 ? "Something went wrong while the task ran." : null, after.Error);
        }
        Assert.True(await task.CancelAsync());
        Assert.Equal(TaskState.Cancelled, await task.WaitAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_key_makes_a_submission_idempotent_for_its_user()
    {
        await using var host = await Host(_ => Done());
        var options = new TaskOptions { Key = "once" };
        var handles = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Tasks(WorkHost.Alice, "Sync").SubmitAsync(options: options)));
        var id = Assert.Single(handles.Select(handle => handle.Id).Distinct());
        await handles[0].WaitAsync().WaitAsync(Patience);
        Assert.Equal(id, (await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync(options: options)).Id);
        Assert.Equal(1, await host.Tasks(WorkHost.Alice, "Sync").CountAsync());
        Assert.NotEqual(id, (await host.Tasks(WorkHost.Bob, "Sync").SubmitAsync(options: options)).Id);
        Assert.NotEqual(id, (await host.Tasks(WorkHost.Alice, "Other").SubmitAsync(options: options)).Id);
    }

    [Fact]
    public async Task Runs_with_the_same_lock_follow_one_another_in_order_and_others_do_not_wait()
    {
        var order = new ConcurrentQueue<string>();
        var inside = new ConcurrentDictionary<string, int>();
        var release = new TaskCompletionSource();
        await using var host = await Host(async call =>
        {
            var mailbox = call.Argument<string>("mailbox");
            Assert.Equal(1, inside.AddOrUpdate(mailbox, 1, (_, runs) => runs + 1));
            order.Enqueue(call.Progress.TaskId);
            if (mailbox == "a")
                await release.Task;
            inside.AddOrUpdate(mailbox, 0, (_, runs) => runs - 1);
            return null;
        });
        var tasks = host.Tasks(WorkHost.Alice, "Locked");
        var same = new List<TaskHandle>();
        for (var i = 0; i < 6; i++)
            same.Add(await tasks.SubmitAsync("a"));
        Assert.Equal(TaskState.Completed, await (await tasks.SubmitAsync("b")).WaitAsync().WaitAsync(Patience));
        Assert.All(await Task.WhenAll(same.Skip(1).Select(task => task.GetStateAsync())), state => Assert.Equal(TaskState.Pending, state));
        release.SetResult();
        foreach (var task in same)
            Assert.Equal(TaskState.Completed, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal(same.Select(task => task.Id), order.Where(id => same.Any(task => task.Id == id)));
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("mailbox:{mailbox}", "mailbox:in{box}")]
    [InlineData("{number}-{flag}-{none}", "7-true-null")]
    [InlineData("open {", "open {")]
    public void A_lock_s_places_are_filled_from_the_arguments(string template, string expected) =>
        Assert.Equal(expected, LockKey.Fill(template, """{"mailbox":"in{box}","number":7,"flag":true,"none":null}"""));

    [Fact]
    public async Task Only_so_many_run_at_the_same_time_as_there_are_workers()
    {
        int now = 0, most = 0;
        await using var host = await Host(async _ =>
        {
            var running = Interlocked.Increment(ref now);
            InterlockedMax(ref most, running);
            await Task.Yield();
            Interlocked.Decrement(ref now);
            return null;
        });
        var tasks = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => host.Tasks(WorkHost.Alice, "Sync").SubmitAsync()));
        foreach (var task in tasks)
            Assert.Equal(TaskState.Completed, await task.WaitAsync().WaitAsync(Patience));
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task What_was_submitted_before_a_stop_runs_after_the_next_start()
    {
        TaskHandle task;
        await using (var stopped = Create(_ => Done()))
            task = await stopped.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        await using var host = await Host(_ => Done());
        Assert.Equal(TaskState.Completed, await host.Client(WorkHost.Alice).Get(task.Id).WaitAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_task_that_ran_when_its_process_died_runs_again()
    {
        string id;
        await using (var dead = Create(_ => Done()))
        {
            id = (await dead.Tasks(WorkHost.Alice, "Sync").SubmitAsync()).Id;
            Assert.Single(await Claim(dead));
        }
        await using var host = await Host(_ => Done());
        var task = host.Client(WorkHost.Alice).Get(id);
        Assert.Equal(TaskState.Completed, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal(2, (await task.GetAsync()).Attempt);
    }

    [Fact]
    public async Task A_task_that_kills_its_process_each_time_is_given_up()
    {
        await using var host = Create(_ => Done());
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        for (var crash = 1; crash <= 5; crash++)
        {
            Assert.Single(await Claim(host));
            await host.Store.RecoverAsync(time.GetUtcNow(), all: true, mostCrashes: 5, time.GetUtcNow().AddDays(-1));
            Assert.Equal(crash < 5 ? TaskState.Pending : TaskState.Failed, await task.GetStateAsync());
        }
        Assert.Empty(await Claim(host));
        Assert.Equal("The task was given up because the server stopped each time it ran.", (await task.GetAsync()).Error);
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_can_write_nothing_more()
    {
        await using var host = Create(_ => Done());
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        var late = Assert.Single(await Claim(host)).Lease;
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await host.Store.RecoverAsync(time.GetUtcNow(), all: false, mostCrashes: 5, time.GetUtcNow().AddDays(-1)));
        var present = Assert.Single(await Claim(host)).Lease;

        Assert.Equal([late], await host.Store.RenewAsync([late, present], time.GetUtcNow().AddMinutes(1)));
        await host.Store.ReportAsync(late, 50, "late");
        Assert.False(await host.Store.EndAsync(late, new TaskOutcome(TaskState.Completed) { ResultJson = "\"late\"" }, time.GetUtcNow()));
        Assert.Equal((TaskState.Running, null, null), ((await task.GetAsync()).State, (await task.GetAsync()).Percent, (await task.GetAsync()).ResultJson));
        Assert.True(await host.Store.EndAsync(present, new TaskOutcome(TaskState.Completed) { ResultJson = "\"good\"" }, time.GetUtcNow()));
        Assert.Equal("\"good\"", (await task.GetAsync()).ResultJson);
    }

    [Fact]
    public async Task A_long_run_keeps_its_lease_and_loses_it_to_nobody()
    {
        var release = new TaskCompletionSource<string?>();
        await using var host = await Host(_ => release.Task);
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        await host.Until(task, TaskState.Running);
        time.Advance(TimeSpan.FromHours(3));
        time.Advance(TimeSpan.FromSeconds(10));
        release.SetResult(null);
        Assert.Equal(TaskState.Completed, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal(1, (await task.GetAsync()).Attempt);
    }

    [Fact]
    public async Task A_stop_of_the_server_sends_running_tasks_back_to_wait()
    {
        var host = await Host(async _ =>
        {
            await Task.Delay(Timeout.Infinite, Session.Current!.CancellationToken);
            return null;
        });
        await using (host)
        {
            var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
            await host.Until(task, TaskState.Running);
            await host.StopAsync();
            Assert.Equal(TaskState.Pending, await task.GetStateAsync());
        }
        await using var next = await Host(_ => Done());
        var again = Assert.Single(await next.Tasks(WorkHost.Alice, "Sync").FindAsync());
        Assert.Equal(TaskState.Completed, await again.WaitAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_user_sees_and_cancels_nobody_else_s_tasks()
    {
        await using var host = Create(_ => Done());
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        var others = host.Client(WorkHost.Bob).Get(task.Id);
        await Assert.ThrowsAsync<TaskNotFoundException>(() => others.GetAsync());
        await Assert.ThrowsAsync<TaskNotFoundException>(() => others.WaitAsync());
        Assert.False(await others.CancelAsync());
        Assert.False(await others.RefreshAsync());
        Assert.Empty(await host.Tasks(WorkHost.Bob, "Sync").FindAsync());
        Assert.Equal(0, await host.Tasks(WorkHost.Bob, "Sync").CountAsync());
        Assert.Equal(0, await host.Tasks(WorkHost.Bob, "Sync").CancelAsync());
        Assert.Equal(TaskState.Pending, await task.GetStateAsync());
    }

    [Fact]
    public async Task Tasks_that_the_app_has_no_more_are_kept_and_reported_once()
    {
        await using (var before = Create(_ => Done(), "Gone"))
        {
            await before.Tasks(WorkHost.Alice, "Gone").SubmitAsync();
            await before.Tasks(WorkHost.Bob, "Gone").SubmitAsync();
        }
        await using (var without = await Host(_ => Done()))
        {
            var entry = Assert.Single(without.Log.Entries, entry => entry.Level == LogLevel.Warning);
            Assert.StartsWith("2 submissions of the task Gone wait", entry.Message, StringComparison.Ordinal);
        }
        await using var again = await Create(_ => Done(), "Gone").StartAsync();
        var kept = Assert.Single(await again.Tasks(WorkHost.Alice, "Gone").FindAsync());
        Assert.Equal(TaskState.Completed, await kept.WaitAsync().WaitAsync(Patience));
        Assert.DoesNotContain(again.Log.Entries, entry => entry.Level == LogLevel.Warning);
    }

    [Fact]
    public async Task Many_who_wait_for_a_task_are_told_together_and_leave_nothing_behind()
    {
        var release = new TaskCompletionSource();
        await using var host = await Host(async _ =>
        {
            await release.Task;
            return null;
        });
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        using var impatient = new CancellationTokenSource();
        var waiting = Enumerable.Range(0, 100).Select(_ => task.WaitAsync()).ToList();
        var leaving = task.WaitAsync(impatient.Token);
        Assert.Equal(1, host.Endings.Count);

        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        release.SetResult();

        Assert.All(await Task.WhenAll(waiting).WaitAsync(Patience), state => Assert.Equal(TaskState.Completed, state));
        Assert.Equal(0, host.Endings.Count);
    }

    [Fact]
    public async Task Tasks_are_found_counted_and_cancelled_by_name_and_state()
    {
        await using var host = Create(_ => Done());
        var tasks = host.Tasks(WorkHost.Alice, "Sync");
        var first = await tasks.SubmitAsync();
        var second = await tasks.SubmitAsync(options: new() { Delay = TimeSpan.FromHours(1) });
        var third = await tasks.SubmitAsync();
        await host.Tasks(WorkHost.Alice, "Other").SubmitAsync();

        Assert.Equal([third.Id, second.Id, first.Id], (await tasks.FindAsync()).Select(task => task.Id));
        Assert.Equal([second.Id], (await tasks.FindAsync(limit: 1, skip: 1)).Select(task => task.Id));
        Assert.Equal([second.Id], (await tasks.FindAsync(TaskState.Scheduled)).Select(task => task.Id));
        Assert.Equal((3, 2), (await tasks.CountAsync(), await tasks.CountAsync(TaskState.Pending)));
        Assert.Equal(2, await tasks.CancelAsync(TaskState.Pending));
        Assert.Equal((2, 1), (await tasks.CountAsync(TaskState.Cancelled), await tasks.CancelAsync()));
    }

    [Fact]
    public async Task Tasks_that_ended_long_ago_are_forgotten()
    {
        await using var host = await Host(_ => Done());
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        await task.WaitAsync().WaitAsync(Patience);
        await host.Store.RecoverAsync(time.GetUtcNow().AddDays(31), all: false, mostCrashes: 5, time.GetUtcNow().AddDays(1));
        await Assert.ThrowsAsync<TaskNotFoundException>(() => task.GetAsync());
    }

    private static Task<string?> Done() => Task.FromResult<string?>(null);

    private static void InterlockedMax(ref int target, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref target)) < value && Interlocked.CompareExchange(ref target, value, seen) != seen)
        {
        }
    }

    private Task<IReadOnlyList<ClaimedTask>> Claim(WorkHost host) =>
        host.Store.ClaimAsync(["Sync"], 10, time.GetUtcNow(), time.GetUtcNow().AddSeconds(30));

    private Task<WorkHost> Host(Func<TaskCall, Task<string?>> run) => Create(run).StartAsync();

    private WorkHost Create(Func<TaskCall, Task<string?>> run, params string[] more) => new(
        directory.Path,
        time,
        [
            new TaskHandler { Id = "App.Sync", Name = "Sync", InvokeAsync = (_, call) => run(call) },
            new TaskHandler { Id = "App.Other", Name = "Other", InvokeAsync = (_, call) => run(call) },
            new TaskHandler { Id = "App.Locked", Name = "Locked", Lock = "mailbox:{mailbox}", InvokeAsync = (_, call) => run(call) },
            .. more.Select(name => new TaskHandler { Id = "App." + name, Name = name, InvokeAsync = (_, call) => run(call) }),
        ]);
}

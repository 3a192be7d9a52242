using System.Threading.Channels;
using Capsule.Hosting.Storage;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Schedules;

public sealed class ScheduleRunnerTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualTime time = new(Start);
    private readonly Channel<ScheduleRun> runs = Channel.CreateUnbounded<ScheduleRun>();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task It_fires_at_each_planned_time()
    {
        await using var host = await Host("*/5 * * * *");
        for (var minutes = 5; minutes <= 15; minutes += 5)
        {
            time.Advance(5 * Minute);
            Assert.Equal(new ScheduleRun("Sync", Start.AddMinutes(minutes), 1), await NextRun());
            await Ended(host, minutes / 5);
        }
        await host.StopAsync();
        Assert.Equal([15, 10, 5], Recorded(host, ScheduleRunState.Completed));
        Assert.False(runs.Reader.TryRead(out _));
    }

    [Fact]
    public async Task It_is_read_in_its_zone()
    {
        await using var host = await Host("0 9 * * *", zone: "Asia/Tokyo");
        time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(Start.AddDays(1), (await NextRun()).PlannedTime);
    }

    [Fact]
    public async Task It_acts_for_the_app_with_a_session_that_nobody_reads()
    {
        (Session Passed, Session? Current, Invocation Invocation)? seen = null;
        await using var host = await Host("* * * * *", run: (invocation, session, _) =>
        {
            seen = (session, Session.Current, invocation);
            return Task.CompletedTask;
        });
        time.Advance(Minute);
        await NextRun();
        Assert.Equal(("app", "", false), (seen!.Value.Passed.User.Id, seen.Value.Passed.Id, seen.Value.Passed.CanReply));
        Assert.Same(seen.Value.Passed, seen.Value.Current);
    }

    [Fact]
    public async Task A_planned_time_that_comes_while_the_last_run_goes_on_is_left_out_and_recorded()
    {
        var release = new TaskCompletionSource();
        await using var host = await Host("* * * * *", run: (_, _, run) => run.PlannedTime == Start + Minute ? release.Task : Task.CompletedTask);
        time.Advance(Minute);
        await NextRun();
        time.Advance(Minute);
        await host.Log.WaitFor("leaves out");
        release.SetResult();
        await Ended(host, 1);
        time.Advance(Minute);
        Assert.Equal(Start + (3 * Minute), (await NextRun()).PlannedTime);
        await host.StopAsync();
        Assert.Equal([2], Recorded(host, ScheduleRunState.Skipped));
        Assert.Equal([3, 1], Recorded(host, ScheduleRunState.Completed));
    }

    [Fact]
    public async Task An_exception_is_logged_and_recorded_and_the_next_planned_time_comes()
    {
        await using var host = await Host("* * * * *", run: (_, _, run) => run.PlannedTime == Start + Minute ? throw new IOException("secret") : Task.CompletedTask);
        time.Advance(Minute);
        await NextRun();
        await host.Log.WaitFor("failed at");
        await Ended(host, 1);
        time.Advance(Minute);
        await NextRun();
        await host.StopAsync();
        Assert.Equal([1], Recorded(host, ScheduleRunState.Failed));
        Assert.Equal("System.IO.IOException", host.Schedules.FindRuns("Sync", 10)[1].Error);
        Assert.Contains(host.Log.Entries, entry => entry is { Level: LogLevel.Error, Exception: IOException });
    }

    [Fact]
    public async Task A_run_whose_end_cannot_be_stored_at_once_does_not_hold_up_the_next()
    {
        await using var host = await Host("* * * * *");
        using var broken = new BrokenTable(directory.File("capsule.db"), $"UPDATE ON schedule_runs WHEN NEW.state = {(int)ScheduleRunState.Completed}");
        time.Advance(Minute);
        await NextRun();
        await host.Log.WaitFor("could not be read or written");
        broken.Mend();
        await time.TimerWithinAsync(TimeSpan.FromSeconds(10));
        time.Advance(TimeSpan.FromSeconds(10));
        await Ended(host, 1);
        time.Advance(Minute);
        Assert.Equal(Start + (2 * Minute), (await NextRun()).PlannedTime);
    }

    [Theory]
    [InlineData(Missed.RunOnce, new[] { 12 })]
    [InlineData(Missed.Skip, new int[0])]
    [InlineData(Missed.RunAll, new[] { 3, 6, 9, 12 })]
    public async Task What_was_missed_while_no_server_ran_is_made_up_for_as_told(Missed missed, int[] expected)
    {
        await (await Host("*/3 * * * *", missed)).DisposeAsync();
        time.Advance(13 * Minute);
        await using var host = await Host("*/3 * * * *", missed);
        foreach (var minute in expected)
            Assert.Equal(new ScheduleRun("Sync", Start.AddMinutes(minute), 1), await NextRun());
        await Ended(host, expected.Length);
        time.Advance(2 * Minute);
        Assert.Equal(Start.AddMinutes(15), (await NextRun()).PlannedTime);
        await host.StopAsync();
        Assert.Equal([15, .. expected.Reverse()], Recorded(host, ScheduleRunState.Completed));
    }

    [Fact]
    public async Task A_new_schedule_makes_up_for_nothing_and_a_changed_one_starts_afresh()
    {
        await (await Host("*/3 * * * *", Missed.RunAll)).DisposeAsync();
        time.Advance(10 * Minute);
        await using var host = await Host("*/4 * * * *", Missed.RunAll);
        time.Advance(2 * Minute);
        Assert.Equal(Start.AddMinutes(12), (await NextRun()).PlannedTime);
        await host.StopAsync();
        Assert.Equal([12], Recorded(host, ScheduleRunState.Completed));
    }

    [Fact]
    public async Task A_run_that_a_crash_ended_is_tried_again_as_the_second_attempt()
    {
        await using (var dead = Create("0 * * * *"))
        {
            await dead.Schedules.PlanAsync("Sync", new ScheduleMark("0 * * * * UTC", Start), []);
            Assert.NotNull((await dead.Schedules.ClaimAsync("Sync", Start.AddHours(1), Start.AddHours(1))).Run);
        }
        time.Advance(TimeSpan.FromMinutes(61));
        await using var host = await Host("0 * * * *");
        Assert.Equal(new ScheduleRun("Sync", Start.AddHours(1), 2), await NextRun());
        await host.StopAsync();
        Assert.Equal([60], Recorded(host, ScheduleRunState.Completed));
    }

    [Fact]
    public async Task A_run_that_a_stop_of_the_server_ended_runs_again_after_the_next_start()
    {
        await using (var stopped = await Host("0 * * * *", run: (_, session, _) => Task.Delay(Timeout.Infinite, session.CancellationToken)))
        {
            time.Advance(TimeSpan.FromHours(1));
            await NextRun();
            await stopped.StopAsync();
            Assert.Equal([60], Recorded(stopped, ScheduleRunState.Waiting));
        }
        await using var host = await Host("0 * * * *");
        Assert.Equal(new ScheduleRun("Sync", Start.AddHours(1), 1), await NextRun());
    }

    [Fact]
    public async Task A_planned_time_is_claimed_once_however_many_ask()
    {
        await using var host = Create("* * * * *");
        var claims = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Schedules.ClaimAsync("Sync", Start, Start)));
        Assert.Single(claims, claim => claim.Run is not null);
        Assert.DoesNotContain(claims, claim => claim.Skipped);
    }

    [Fact]
    public async Task Only_the_latest_runs_are_kept()
    {
        await using var host = Create("* * * * *");
        for (var minute = 1; minute <= 7; minute++)
        {
            var claim = await host.Schedules.ClaimAsync("Sync", Start.AddMinutes(minute), Start);
            await host.Schedules.EndAsync(claim.Run!, ScheduleRunState.Completed, null, Start, keep: 3);
        }
        Assert.Equal([7, 6, 5], Recorded(host, ScheduleRunState.Completed));
    }

    [Theory]
    [InlineData("* * * *", "UTC", "The schedule 'Sync' (App.Sync) has an invalid cron expression '* * * *'. The day of week is missing")]
    [InlineData("* * * * *", "Mars/Phobos", "The schedule 'Sync' (App.Sync) names a time zone that is not known here: 'Mars/Phobos'.")]
    public async Task What_can_t_be_read_stops_the_start(string cron, string zone, string message)
    {
        await using var host = Create(cron, zone: zone);
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(host.StartAsync);
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
    }

    private static DateTimeOffset Start => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private async Task<ScheduleRun> NextRun() => await runs.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    /// <summary>The planned times recorded in a state, in minutes after the start, latest first.</summary>
    private static IEnumerable<int> Recorded(WorkHost host, ScheduleRunState state) =>
        host.Schedules.FindRuns("Sync", 1000).Where(run => run.State == state).Select(run => (int)(run.PlannedTime - Start).TotalMinutes);

    /// <summary>Waits until so many runs have been recorded as ended by themselves.</summary>
    private static async Task Ended(WorkHost host, int count)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (host.Schedules.FindRuns("Sync", 1000).Count(run => run.State is ScheduleRunState.Completed or ScheduleRunState.Failed) < count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private Task<WorkHost> Host(
        string cron, Missed missed = Missed.RunOnce, string zone = "UTC", Func<Invocation, Session, ScheduleRun, Task>? run = null) =>
        Create(cron, missed, zone, run).StartAsync();

    private WorkHost Create(
        string cron, Missed missed = Missed.RunOnce, string zone = "UTC", Func<Invocation, Session, ScheduleRun, Task>? run = null) =>
        new(directory.Path, time, [], [new ScheduleHandler
        {
            Id = "App.Sync",
            Name = "Sync",
            Cron = cron,
            TimeZone = zone,
            Missed = missed,
            InvokeAsync = async (invocation, session, schedule) =>
            {
                try
                {
                    // The first await leaves to a test when a run ends; that it began is told below.
                    var running = run?.Invoke(invocation, session, schedule) ?? Task.CompletedTask;
                    runs.Writer.TryWrite(schedule);
                    await running;
                }
                catch (IOException)
                {
                    runs.Writer.TryWrite(schedule);
                    throw;
                }
            },
        }]);
}

namespace Capsule.Conformance;

/// <summary>A planned time is dealt with once; runs of a schedule never overlap.</summary>
public abstract class ScheduleSuite(StorageBackEnd backEnd) : StorageSuite(backEnd)
{
    private const string Name = "hourly";

    private IScheduleStore Schedules => Stores.Schedules;

    private DateTimeOffset Hour(int hour) => Time.GetUtcNow().Date + TimeSpan.FromHours(hour);

    [Fact]
    public async Task A_plan_waits_oldest_first()
    {
        Assert.Null(Schedules.FindMark(Name));
        await PlanAsync(2, 1);
        await PlanAsync(2, 3);
        await ReopenAsync();

        Assert.Equal([Hour(1), Hour(2), Hour(3)], Schedules.FindWaiting(Name));
        Assert.Equal(new ScheduleMark("0 * * * *", Hour(3)), Schedules.FindMark(Name));
        Assert.Empty(Schedules.FindWaiting("other"));
    }

    [Fact]
    public async Task A_planned_time_is_claimed_once()
    {
        await PlanAsync(1);

        var claims = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Schedules.ClaimAsync(Name, Hour(1), Time.GetUtcNow())));

        Assert.Equal(new ScheduleRun(Name, Hour(1), 1), Assert.Single(claims, claim => claim.Run is not null).Run);
        Assert.Empty(Schedules.FindWaiting(Name));
    }

    [Fact]
    public async Task A_time_is_left_out_while_another_run_goes_on()
    {
        await PlanAsync(1);
        var run = (await Schedules.ClaimAsync(Name, Hour(1), Time.GetUtcNow())).Run!;

        Assert.True((await Schedules.ClaimAsync(Name, Hour(2), Time.GetUtcNow())).Skipped);

        await Schedules.EndAsync(run, ScheduleRunState.Completed, null, Time.GetUtcNow(), keep: 10);
        Assert.Equal(1, (await Schedules.ClaimAsync(Name, Hour(3), Time.GetUtcNow())).Run?.Attempt);
        Assert.Equal(
            [ScheduleRunState.Running, ScheduleRunState.Skipped, ScheduleRunState.Completed], Schedules.FindRuns(Name, 10).Select(past => past.State));
    }

    [Fact]
    public async Task A_run_whose_process_died_begins_again()
    {
        await PlanAsync(1);
        var first = (await Schedules.ClaimAsync(Name, Hour(1), Time.GetUtcNow())).Run!;
        await ReopenAsync();
        await Schedules.RecoverAsync(Name);

        Assert.Equal([Hour(1)], Schedules.FindWaiting(Name));
        var second = (await Schedules.ClaimAsync(Name, Hour(1), Time.GetUtcNow())).Run!;

        Assert.Equal(2, second.Attempt);
        await Schedules.EndAsync(first, ScheduleRunState.Failed, "late", Time.GetUtcNow(), keep: 10);
        Assert.Equal(ScheduleRunState.Running, Assert.Single(Schedules.FindRuns(Name, 10)).State);
    }

    [Fact]
    public async Task Another_definition_forgets_what_the_earlier_one_planned()
    {
        await PlanAsync(1, 2);
        await Schedules.ClaimAsync(Name, Hour(1), Time.GetUtcNow());

        await Schedules.PlanAsync(Name, new ScheduleMark("30 * * * *", Hour(3)), [Hour(3)]);

        Assert.Equal([Hour(3)], Schedules.FindWaiting(Name));
        Assert.Equal([Hour(3), Hour(1)], Schedules.FindRuns(Name, 10).Select(run => run.PlannedTime));
    }

    [Fact]
    public async Task Only_the_latest_runs_are_kept()
    {
        for (var hour = 1; hour <= 5; hour++)
        {
            await PlanAsync(hour);
            var run = (await Schedules.ClaimAsync(Name, Hour(hour), Time.GetUtcNow())).Run!;
            await Schedules.EndAsync(run, ScheduleRunState.Failed, "why", Time.GetUtcNow(), keep: 3);
        }

        Assert.Equal([Hour(5), Hour(4), Hour(3)], Schedules.FindRuns(Name, 10).Select(run => run.PlannedTime));
        Assert.Equal(
            new RecordedRun(Hour(5), ScheduleRunState.Failed, 1, Time.GetUtcNow(), Time.GetUtcNow(), "why"), Assert.Single(Schedules.FindRuns(Name, 1)));
    }

    private Task PlanAsync(params int[] hours) =>
        Schedules.PlanAsync(Name, new ScheduleMark("0 * * * *", Hour(hours.Max())), [.. hours.Select(Hour)]);
}

using System.Threading.Channels;

namespace Capsule.Host.Tests.Schedules;

/// <summary>Schedules while the code of the running app is edited.</summary>
public sealed class EditedScheduleTests : IDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualTime time = new(Start);
    private readonly Channel<string> runs = Channel.CreateUnbounded<string>();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task One_that_is_added_begins_and_the_others_go_on_with_the_new_code()
    {
        await using var host = await Host(Schedule("Sync", "* * * * *", "old code"));

        Edit(host, Schedule("Sync", "* * * * *", "new code"), Schedule("Report", "*/2 * * * *", "report"));
        await host.Log.WaitFor("Schedule Report was added");
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("new code", await NextRun());
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(["new code", "report"], new[] { await NextRun(), await NextRun() }.Order());
    }

    [Fact]
    public async Task One_that_is_removed_ends()
    {
        await using var host = await Host(Schedule("Sync", "* * * * *", "sync"), Schedule("Report", "* * * * *", "report"));

        Edit(host, Schedule("Report", "* * * * *", "report"));
        await host.Log.WaitFor("Schedule Sync was removed");
        time.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal("report", await NextRun());
        await host.StopAsync();
        Assert.False(runs.Reader.TryRead(out _));
    }

    [Fact]
    public async Task One_whose_times_change_is_planned_anew()
    {
        await using var host = await Host(Schedule("Sync", "0 0 1 1 *", "yearly"));

        Edit(host, Schedule("Sync", "*/5 * * * *", "often"));
        await host.Log.WaitFor("Schedule Sync was added");
        time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal("often", await NextRun());
    }

    private static void Edit(WorkHost host, params ScheduleHandler[] schedules)
    {
        var fresh = new HandlerRegistry();
        foreach (var schedule in schedules)
            fresh.Add(schedule);
        host.Registry.Replace(fresh);
    }

    private Task<WorkHost> Host(params ScheduleHandler[] schedules) => new WorkHost(directory.Path, time, [], schedules).StartAsync();

    private Task<string> NextRun() => runs.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private ScheduleHandler Schedule(string name, string cron, string text) => new()
    {
        Id = "App." + name,
        Name = name,
        Cron = cron,
        TimeZone = "UTC",
        Missed = Missed.RunOnce,
        InvokeAsync = (_, _, _) => runs.Writer.WriteAsync(text).AsTask(),
    };
}

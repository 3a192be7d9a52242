using Capsule.Hosting.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>Fires the app's schedules at their planned times.</summary>
internal sealed class ScheduleRunner(
    HandlerRegistry registry, IScheduleStore store, ScheduleExecutor executor, TimeProvider time, ILogger<ScheduleRunner> logger) : BackgroundService
{
    private readonly List<ScheduleDefinition> schedules = [];

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        schedules.AddRange(registry.Schedules.Select(handler => new ScheduleDefinition(handler)));
        foreach (var schedule in schedules)
            await CatchUpAsync(schedule);
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(schedules.Select(schedule => new ScheduleLoop(schedule, store, executor, time, logger).RunAsync(stoppingToken)));

    /// <summary>Makes wait again what a dead process was running, and plans what was missed meanwhile.</summary>
    private async Task CatchUpAsync(ScheduleDefinition schedule)
    {
        var now = time.GetUtcNow();
        var mark = store.FindMark(schedule.Name);
        var missed = mark?.Definition == schedule.Text ? schedule.Missed(mark.Until, now) : [];
        await store.RecoverAsync(schedule.Name);
        await store.PlanAsync(schedule.Name, new ScheduleMark(schedule.Text, now), missed);
        if (missed.Count > 0)
            logger.CatchingUp(schedule.Name, missed.Count);
    }
}

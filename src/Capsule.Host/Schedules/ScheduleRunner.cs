using Capsule.Hosting.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>Fires the app's schedules at their planned times. When the running app is edited, it goes on with the schedules that there are then.</summary>
internal sealed class ScheduleRunner(
    HandlerRegistry registry, IScheduleStore store, ScheduleExecutor executor, TimeProvider time, ILogger<ScheduleRunner> logger) : BackgroundService
{
    private readonly List<RunningSchedule> running = [];
    private readonly SemaphoreSlim replaced = new(0);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        running.AddRange(registry.Schedules.Select(handler => new RunningSchedule(new ScheduleDefinition(handler))));
        foreach (var schedule in running)
            await CatchUpAsync(schedule.Definition);
        registry.Replaced += OnReplaced;
        await base.StartAsync(cancellationToken);
    }

    public override Task StopAsync(CancellationToken cancellationToken)
    {
        registry.Replaced -= OnReplaced;
        return base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        replaced.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var schedule in running)
            Run(schedule, stoppingToken);
        var edit = replaced.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var first = await Task.WhenAny([edit, .. running.Select(schedule => schedule.Loop)]);
            if (first == edit && edit.IsCompletedSuccessfully)
            {
                await FollowAsync(stoppingToken);
                edit = replaced.WaitAsync(stoppingToken);
            }
            else if (first != edit)
            {
                // There is no further planned time; or it has failed, and the app with it.
                running.RemoveAll(schedule => schedule.Loop == first);
                await first;
            }
        }
        await Task.WhenAll(running.Select(schedule => schedule.Loop));
    }

    private void OnReplaced() => replaced.Release();

    private void Run(RunningSchedule schedule, CancellationToken stoppingToken)
    {
        var loop = new ScheduleLoop(schedule.Definition, store, executor, time, logger);
        schedule.Loop = loop.RunAsync(CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, schedule.Stop.Token).Token);
    }

    /// <summary>What is planned as before goes on, with the new code; what is not ends, and what is new begins.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var wanted = registry.Schedules.Select(handler => new ScheduleDefinition(handler)).ToDictionary(schedule => schedule.Name);
        foreach (var schedule in running.ToList())
        {
            if (wanted.TryGetValue(schedule.Definition.Name, out var definition) && definition.IsPlannedAs(schedule.Definition))
            {
                schedule.Definition.Handler = definition.Handler;
                wanted.Remove(definition.Name);
                continue;
            }
            running.Remove(schedule);
            await schedule.Stop.CancelAsync();
            await schedule.Loop;
            logger.ScheduleRemoved(schedule.Definition.Name);
        }
        foreach (var definition in wanted.Values)
        {
            await CatchUpAsync(definition);
            var schedule = new RunningSchedule(definition);
            running.Add(schedule);
            Run(schedule, stoppingToken);
            logger.ScheduleAdded(definition.Name);
        }
    }

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

    private sealed class RunningSchedule(ScheduleDefinition definition)
    {
        public ScheduleDefinition Definition { get; } = definition;

        /// <summary>Ends it alone.</summary>
        public CancellationTokenSource Stop { get; } = new();

        public Task Loop { get; set; } = Task.CompletedTask;
    }
}

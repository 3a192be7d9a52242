using System.Threading.Channels;
using Capsule.Hosting.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>How tasks are run.</summary>
internal sealed record TaskRunnerSettings
{
    /// <summary>How many tasks run at the same time.</summary>
    public int Workers { get; init; } = 2 * Environment.ProcessorCount;

    /// <summary>How long a task stays with a worker that gives no sign of life; a living one gives three in that time.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a run that was asked to stop may go on before it is given up.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How many processes may die with a task before it is given up.</summary>
    public int MostCrashes { get; init; } = 5;

    /// <summary>How long tasks that ended are kept.</summary>
    public TimeSpan Retention { get; init; } = TimeSpan.FromDays(30);
}

/// <summary>
/// Runs tasks that are due, as many at a time as there are workers. It wakes when something is submitted, when a run ends, and when the next task is due.
/// </summary>
internal sealed class TaskRunner(
    TaskServices tasks, TaskExecutor executor, TaskRunnerSettings settings, ILogger<TaskRunner> logger) : BackgroundService
{
    private static readonly TimeSpan longestSleep = TimeSpan.FromDays(1);

    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    private ITaskStore Store => tasks.Store;

    private DateTimeOffset Now => tasks.Time.GetUtcNow();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // No other process has the database: what runs according to it, runs nowhere.
        var left = await RecoverAsync(Now, all: true);
        if (left > 0)
            logger.Recovered(left);
        foreach (var (name, count) in Store.CountUnknown(tasks.Handlers.Names))
            logger.UnknownTask(name, count);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        Store.Changed += WhenChanged;
        var maintaining = MaintainAsync(stoppingToken);
        using var alarm = tasks.Time.CreateTimer(_ => Wake(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await StartDueTasksAsync(alarm, stoppingToken);
                await wake.Reader.ReadAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; see below.
        }
        finally
        {
            foreach (var run in tasks.Running.All)
                run.Stop(StopReason.Shutdown);
            await Task.WhenAll(tasks.Running.All.Select(run => run.Ended));
            await maintaining;
            Store.Changed -= WhenChanged;
        }
    }

    private async Task StartDueTasksAsync(ITimer alarm, CancellationToken stoppingToken)
    {
        try
        {
            var now = Now;
            var free = settings.Workers - tasks.Running.Count;
            if (free <= 0)
                return;
            var claimed = await Store.ClaimAsync(tasks.Handlers.Names, free, now, now + settings.Lease);
            Start(claimed, stoppingToken);
            if (claimed.Count < free && Store.NextDue(now) is { } due)
            {
                alarm.Change(TimeSpan.FromTicks(Math.Clamp((due - Now).Ticks, 0, longestSleep.Ticks)), Timeout.InfiniteTimeSpan);
                // The clock may have been set between reading it and setting the timer.
                if (due <= Now)
                    Wake();
            }
        }
        catch (StorageException exception)
        {
            logger.StorageFailed(exception);
        }
    }

    private void Start(IReadOnlyList<ClaimedTask> claimed, CancellationToken stoppingToken)
    {
        var runs = claimed.Select(task => new TaskRun(
            task,
            tasks.Handlers.Find(task.Name)!,
            new StoredProgress(Store, task.Lease, task.Attempt, tasks.Time, logger),
            settings.Grace,
            tasks.Time)).ToList();
        tasks.Running.Add(runs);
        foreach (var run in runs)
            run.Ended = RunAsync(run, stoppingToken);
    }

    private async Task RunAsync(TaskRun run, CancellationToken stoppingToken)
    {
        try
        {
            await executor.RunAsync(run, stoppingToken);
        }
        finally
        {
            tasks.Running.Remove(run);
            run.Dispose();
            Wake();
        }
    }

    private async Task MaintainAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(settings.Lease / 3, tasks.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
                await MaintainOnceAsync();
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
    }

    private async Task MaintainOnceAsync()
    {
        try
        {
            // Our own leases first, and as of the same moment: after a long pause they are not to be taken for those of a dead worker.
            var now = Now;
            var runs = tasks.Running.All;
            var lost = await Store.RenewAsync([.. runs.Select(run => run.Claimed.Lease)], now + settings.Lease);
            foreach (var run in runs.Where(run => lost.Contains(run.Claimed.Lease)))
                run.Stop(StopReason.LeaseLost);
            await RecoverAsync(now, all: false);
        }
        catch (StorageException exception)
        {
            logger.StorageFailed(exception);
        }
        Wake();
    }

    private Task<int> RecoverAsync(DateTimeOffset now, bool all) => Store.RecoverAsync(now, all, settings.MostCrashes, now - settings.Retention);

    private void WhenChanged(TaskChange change)
    {
        if (change is { StopRequested: true, State: TaskState.Running })
            tasks.Running.Cancel(change.Id);
        if (change.State.IsWaiting())
            Wake();
    }

    private void Wake() => wake.Writer.TryWrite(true);
}

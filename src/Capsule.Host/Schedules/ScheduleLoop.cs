using Capsule.Hosting.Storage;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>One schedule: sleeps until its next planned time and fires it, unless the run before is still going on.</summary>
internal sealed class ScheduleLoop(
    ScheduleDefinition schedule, IScheduleStore store, ScheduleExecutor executor, TimeProvider time, ILogger logger)
{
    // The clock may be set meanwhile.
    private static readonly TimeSpan longestSleep = TimeSpan.FromHours(1);

    private static readonly TimeSpan storageRetry = TimeSpan.FromSeconds(10);

    private Task running = Task.CompletedTask;

    /// <summary>Runs what waits, then fires as planned until the server stops.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        running = RunWaitingAsync(Task.CompletedTask, stoppingToken);
        try
        {
            var until = store.FindMark(schedule.Name)!.Until;
            while (schedule.Next(until) is { } next)
            {
                await SleepUntilAsync(next, stoppingToken);
                until = await RetryingAsync(() => FireAsync(until, next, stoppingToken), stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops.
        }
        await running;
    }

    /// <summary>Fires a planned time. When the machine has slept past more of them, the schedule's rule for missed times counts. Returns the last dealt with.</summary>
    private async Task<DateTimeOffset> FireAsync(DateTimeOffset after, DateTimeOffset planned, CancellationToken stoppingToken)
    {
        var now = time.GetUtcNow();
        if (schedule.Next(planned) is { } following && following <= now)
        {
            await store.PlanAsync(schedule.Name, new ScheduleMark(schedule.Text, now), schedule.Missed(after, now));
            running = RunWaitingAsync(running, stoppingToken);
            return now;
        }
        var claim = await store.ClaimAsync(schedule.Name, planned, now);
        if (claim.Skipped)
            logger.Overlapped(schedule.Name, planned);
        if (claim.Run is { } run)
            running = Task.WhenAll(running, executor.RunAsync(schedule.Handler, run, stoppingToken));
        return planned;
    }

    private async Task RunWaitingAsync(Task previous, CancellationToken stoppingToken)
    {
        await previous;
        try
        {
            while (await RetryingAsync(() => Task.FromResult(store.FindWaiting(schedule.Name)), stoppingToken) is [var planned, ..])
            {
                var claim = await RetryingAsync(() => store.ClaimAsync(schedule.Name, planned, time.GetUtcNow()), stoppingToken);
                if (claim.Run is { } run)
                    await executor.RunAsync(schedule.Handler, run, stoppingToken);
                stoppingToken.ThrowIfCancellationRequested();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The server stops; what waits still does after the next start.
        }
    }

    private async Task SleepUntilAsync(DateTimeOffset planned, CancellationToken stoppingToken)
    {
        while (planned - time.GetUtcNow() is var remaining && remaining > TimeSpan.Zero)
        {
            var sleep = Task.Delay(remaining < longestSleep ? remaining : longestSleep, time, stoppingToken);
            // The clock may have been set between reading it and setting the timer.
            if (planned > time.GetUtcNow())
                await sleep;
        }
    }

    private async Task<T> RetryingAsync<T>(Func<Task<T>> action, CancellationToken stoppingToken)
    {
        while (true)
        {
            try
            {
                return await action();
            }
            catch (StorageException exception)
            {
                logger.ScheduleStorageFailed(exception, schedule.Name);
            }
            await Task.Delay(storageRetry, time, stoppingToken);
        }
    }
}

using Capsule.Hosting.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>Calls a schedule's method on behalf of the app and records how that went.</summary>
internal sealed class ScheduleExecutor(
    IScheduleStore store,
    ITaskClients tasks,
    IDocumentDatabases databases,
    ISessionProvider sessions,
    IServiceScopeFactory scopes,
    TimeProvider time,
    ILogger<ScheduleExecutor> logger)
{
    /// <summary>How many runs of each schedule are kept.</summary>
    public const int KeptRuns = 100;

    /// <summary>How many processes may die with the run of one planned time before it is given up.</summary>
    public const int MostAttempts = 5;

    private static readonly TimeSpan storageRetry = TimeSpan.FromSeconds(10);

    /// <summary>Runs to the end and records it. When the server stops meanwhile, the run waits for the next start.</summary>
    public async Task RunAsync(ScheduleHandler handler, ScheduleRun run, CancellationToken stoppingToken)
    {
        var (state, error) = await CallAsync(handler, run, stoppingToken);
        while (!await TryEndAsync(run, state, error) && !stoppingToken.IsCancellationRequested)
            await Task.Delay(storageRetry, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Records the end of a run. False when it can't be stored: the run would be taken for one that goes on, and all later ones left out.</summary>
    private async Task<bool> TryEndAsync(ScheduleRun run, ScheduleRunState state, string? error)
    {
        try
        {
            await store.EndAsync(run, state, error, time.GetUtcNow(), KeptRuns);
            return true;
        }
        catch (StorageException exception)
        {
            logger.ScheduleStorageFailed(exception, run.Name);
            return false;
        }
    }

    private async Task<(ScheduleRunState State, string? Error)> CallAsync(ScheduleHandler handler, ScheduleRun run, CancellationToken stoppingToken)
    {
        if (run.Attempt > MostAttempts)
        {
            logger.ScheduleGivenUp(run.Name, run.PlannedTime, MostAttempts);
            return (ScheduleRunState.Failed, "The server stopped each time it ran.");
        }
        try
        {
            // Not on the caller's flow: the current session is that of this call only.
            await Task.Run(() => InvokeAsync(handler, run, stoppingToken), CancellationToken.None);
            return (ScheduleRunState.Completed, null);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            return (ScheduleRunState.Waiting, null);
        }
        catch (Exception exception)
        {
            logger.ScheduleFailed(exception, run.Name, run.PlannedTime, run.Attempt);
            return (ScheduleRunState.Failed, exception.GetType().FullName);
        }
    }

    private async Task InvokeAsync(ScheduleHandler handler, ScheduleRun run, CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var session = sessions.CreateSynthetic(AppUser.Info, stoppingToken);
        Session.Current = session;
        var invocation = new Invocation(scope.ServiceProvider, tasks.For(AppUser.Info, null, stopped: stoppingToken), databases.For(AppUser.Info, null), stoppingToken);
        await handler.InvokeAsync(invocation, session, run);
    }
}

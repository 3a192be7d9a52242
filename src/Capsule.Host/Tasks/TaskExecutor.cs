using System.Text.Json;
using Capsule.Hosting.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>Calls a task's method and finds out what became of it.</summary>
internal sealed class TaskExecutor(
    TaskServices tasks, IDocumentDatabases databases, ISessionProvider sessions, IServiceScopeFactory scopes, ILogger<TaskExecutor> logger)
{
    private static readonly TimeSpan storageRetry = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Runs a task to its end, or until it is given up, and stores the outcome. While that fails it is tried again, rather than running the task twice;
    /// when the server stops meanwhile, the task counts as running and runs again after the next start.
    /// </summary>
    public async Task RunAsync(TaskRun run, CancellationToken stoppingToken)
    {
        var outcome = await OutcomeAsync(run) with { Percent = run.Progress.Percent, ProgressText = run.Progress.Text };
        while (!await TryEndAsync(run, outcome) && !stoppingToken.IsCancellationRequested)
            await Task.Delay(storageRetry, tasks.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Stores an outcome, unless the task belongs to another worker by now. False when the storage fails.</summary>
    private async Task<bool> TryEndAsync(TaskRun run, TaskOutcome outcome)
    {
        try
        {
            if (!await tasks.Store.EndAsync(run.Claimed.Lease, outcome, tasks.Time.GetUtcNow()))
                logger.OutcomeTooLate(run.Claimed.Lease.TaskId, run.Claimed.Name, outcome.State);
            return true;
        }
        catch (StorageException exception)
        {
            logger.OutcomeNotStored(exception, run.Claimed.Lease.TaskId, run.Claimed.Name, outcome.State);
            return false;
        }
    }

    private async Task<TaskOutcome> OutcomeAsync(TaskRun run)
    {
        var work = Task.Run(() => InvokeAsync(run));
        if (await Task.WhenAny(work, run.GivenUp) != work)
        {
            logger.GivenUp(run.Claimed.Lease.TaskId, run.Claimed.Name, run.Reason);
            _ = work.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            return AfterStop(run);
        }
        try
        {
            return Next(run, new TaskOutcome(TaskState.Completed) { ResultJson = await work });
        }
        catch (Exception exception) when (run.Reason != StopReason.None)
        {
            logger.Stopped(exception, run.Claimed.Lease.TaskId, run.Claimed.Name, run.Reason);
            return AfterStop(run);
        }
        catch (Exception exception)
        {
            return AfterFailure(run, exception);
        }
    }

    private async Task<string?> InvokeAsync(TaskRun run)
    {
        using var arguments = JsonDocument.Parse(run.Claimed.Arguments);
        await using var scope = scopes.CreateAsyncScope();
        if (run.Claimed.SessionId is not { } sessionId)
        {
            var user = run.Claimed.User;
            var unbound = new Invocation(scope.ServiceProvider, tasks.For(user, null, stopped: run.StopToken), databases.For(user, null), run.StopToken);
            Session.Current = sessions.CreateSynthetic(user, run.StopToken);
            return await run.Handler.InvokeAsync(unbound, Call(session: null));
        }
        await using var lease = await sessions.OpenAsync(sessionId, run.StopToken) ?? throw new SessionGoneException(sessionId);
        var bound = new Invocation(scope.ServiceProvider, lease.Session.Tasks, lease.Session.Db, run.StopToken);
        Session.Current = lease.Session;
        return await run.Handler.InvokeAsync(bound, Call(lease.Session));

        TaskCall Call(Session? session) => new(session, arguments.RootElement, run.Progress, tasks.SerializerOptions);
    }

    private TaskOutcome AfterStop(TaskRun run) => run.Reason switch
    {
        StopReason.Cancelled => new TaskOutcome(TaskState.Cancelled),
        StopReason.Timeout => Next(run, new TaskOutcome(TaskState.Timeout) { Error = TaskErrors.Timeout(run.Handler.TimeoutSeconds) }),
        _ => new TaskOutcome(TaskState.Pending) { DueAt = tasks.Time.GetUtcNow(), Failures = run.Claimed.Failures },
    };

    private TaskOutcome AfterFailure(TaskRun run, Exception exception)
    {
        var failures = run.Claimed.Failures + 1;
        var hopeless = exception is TaskArgumentException or SessionGoneException;
        if (!hopeless && failures <= run.Handler.Retries && run.Handler.IsRetryable(exception))
        {
            var delay = RetryDelay.After(run.Handler.Backoff, failures, Random.Shared.NextDouble());
            logger.WillRetry(exception, run.Claimed.Lease.TaskId, run.Claimed.Name, run.Claimed.Attempt, delay);
            return new TaskOutcome(TaskState.Retry) { DueAt = tasks.Time.GetUtcNow() + delay, Failures = failures, Error = TaskErrors.Failed };
        }
        logger.Failed(exception, run.Claimed.Lease.TaskId, run.Claimed.Name, run.Claimed.Attempt);
        var error = exception switch
        {
            TaskArgumentException => TaskErrors.BadArguments,
            SessionGoneException => TaskErrors.SessionGone,
            _ => TaskErrors.Failed,
        };
        var failed = new TaskOutcome(TaskState.Failed) { Error = error };
        return hopeless ? failed : Next(run, failed);
    }

    /// <summary>A task that runs again and again waits after each run, however it ended; others are at their end.</summary>
    private TaskOutcome Next(TaskRun run, TaskOutcome outcome) =>
        run.Claimed.Every is { } every ? outcome with { State = TaskState.Scheduled, DueAt = tasks.Time.GetUtcNow() + every } : outcome;

    private sealed class SessionGoneException(string sessionId) : Exception($"There is no session '{sessionId}' any more.");
}

using Capsule.Hosting.Storage;

namespace Capsule.Hosting;

/// <summary>Why a run is asked to stop.</summary>
internal enum StopReason
{
    /// <summary>It is not.</summary>
    None,

    /// <summary>Its user cancelled the task.</summary>
    Cancelled,

    /// <summary>It takes longer than its limit.</summary>
    Timeout,

    /// <summary>The server stops.</summary>
    Shutdown,

    /// <summary>Somebody else has the task now.</summary>
    LeaseLost,
}

/// <summary>One run of a task while it goes on.</summary>
internal sealed class TaskRun : IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource givenUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer timeout;
    private readonly ITimer grace;
    private readonly TimeSpan graceTime;
    private int reason;

    public TaskRun(ClaimedTask claimed, TaskHandler handler, StoredProgress progress, TimeSpan graceTime, TimeProvider time)
    {
        Claimed = claimed;
        Handler = handler;
        Progress = progress;
        StopToken = stop.Token;
        this.graceTime = graceTime;
        grace = time.CreateTimer(_ => givenUp.TrySetResult(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        timeout = time.CreateTimer(_ => Stop(StopReason.Timeout), null, Limit, Timeout.InfiniteTimeSpan);
    }

    public ClaimedTask Claimed { get; }

    public TaskHandler Handler { get; }

    public StoredProgress Progress { get; }

    /// <summary>Cancelled when the run should end.</summary>
    public CancellationToken StopToken { get; }

    /// <summary>Completes when the run was asked to stop and has not done so for so long that it is given up.</summary>
    public Task GivenUp => givenUp.Task;

    /// <summary>The whole run, its outcome stored.</summary>
    public Task Ended { get; set; } = Task.CompletedTask;

    /// <summary>Why the run was asked to stop; the first reason counts.</summary>
    public StopReason Reason => (StopReason)reason;

    /// <summary>The run's full time; what is longer than timers count is as good as none.</summary>
    private TimeSpan Limit =>
        Handler.TimeoutSeconds > 0 && Handler.TimeoutSeconds < TimerLimits.Longest.TotalSeconds ? TimeSpan.FromSeconds(Handler.TimeoutSeconds) : Timeout.InfiniteTimeSpan;

    /// <summary>Asks the run to stop.</summary>
    public void Stop(StopReason because)
    {
        if (Interlocked.CompareExchange(ref reason, (int)because, (int)StopReason.None) != (int)StopReason.None)
            return;
        try
        {
            grace.Change(graceTime, Timeout.InfiniteTimeSpan);
            // Not on this thread: it may be the one that writes the database, and what is registered with the token is the author's.
            _ = stop.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // The run has just ended by itself.
        }
    }

    /// <summary>Gives the run its full time again. False when it was asked to stop already.</summary>
    public bool Refresh()
    {
        try
        {
            return Reason == StopReason.None && timeout.Change(Limit, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose()
    {
        timeout.Dispose();
        grace.Dispose();
        // The source itself is not disposed: a run that was given up may still look at its token.
    }
}

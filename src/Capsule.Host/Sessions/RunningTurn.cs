namespace Capsule.Hosting.Sessions;

/// <summary>Why a handler is stopped before its end.</summary>
internal enum StopReason
{
    None,

    /// <summary>The user does not want it any more.</summary>
    Cancelled,

    /// <summary>Its time is up.</summary>
    TimeUp,

    /// <summary>The server stops.</summary>
    ServerStops,

    /// <summary>It runs again after a crash, and does something else than before.</summary>
    Differs,
}

/// <summary>A turn that runs, is about to, or waits to go on after a restart.</summary>
internal sealed class RunningTurn : IDisposable
{
    /// <summary>How long a stopped handler may take before the turn ends without it.</summary>
    private static readonly TimeSpan patience = TimeSpan.FromMilliseconds(500);

    private readonly CancellationTokenSource stop = new();
    private readonly TaskCompletionSource abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<bool> begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider time;
    private readonly ITimer limit;
    private readonly Lock gate = new();
    private ITimer? patienceTimer;
    private int reason;
    private int waits;
    private bool draining;

    public RunningTurn(string id, TimeProvider time)
    {
        Id = id;
        this.time = time;
        limit = time.CreateTimer(_ => Stop(StopReason.TimeUp), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public string Id { get; }

    /// <summary>The slot it runs in; null for what needs none.</summary>
    public TurnSlots.Slot? Slot { get; set; }

    /// <summary>Cancelled when the handler should end.</summary>
    public CancellationToken Stopped => stop.Token;

    /// <summary>Why it was stopped.</summary>
    public StopReason Reason => (StopReason)Volatile.Read(ref reason);

    /// <summary>Whether it could begin: false when it was cancelled just before.</summary>
    public Task<bool> Begun => begun.Task;

    /// <summary>The state in which it has ended, once that is stored.</summary>
    public Task<string> Ended => ended.Task;

    /// <summary>Completes when the handler was stopped and has not ended in good time.</summary>
    public Task Abandoned => abandoned.Task;

    /// <summary>Its time begins to count.</summary>
    public void LimitTo(TimeSpan longest) => limit.Change(longest, Timeout.InfiniteTimeSpan);

    public void SetBegun(bool value) => begun.TrySetResult(value);

    public void SetEnded(string state)
    {
        begun.TrySetResult(false);
        ended.TrySetResult(state);
    }

    /// <summary>Asks the handler to end; the first reason counts.</summary>
    public void Stop(StopReason why)
    {
        if (Interlocked.CompareExchange(ref reason, (int)why, (int)StopReason.None) != (int)StopReason.None)
            return;
        if (why != StopReason.ServerStops)
            patienceTimer = time.CreateTimer(_ => Abandon(), null, patience, Timeout.InfiniteTimeSpan);
        _ = stop.CancelAsync();
    }

    /// <summary>Tells that the handler waits for its user, until what is returned is disposed.</summary>
    public IDisposable BeginWait()
    {
        lock (gate)
        {
            if (++waits == 1)
                Slot?.Lend();
            if (draining)
                Stop(StopReason.ServerStops);
        }
        return new Wait(this);
    }

    /// <summary>The server is about to stop: the handler may finish, but has no time to wait for its user.</summary>
    public void Drain()
    {
        lock (gate)
        {
            draining = true;
            if (waits > 0)
                Stop(StopReason.ServerStops);
        }
    }

    /// <summary>Waits for the handler no longer.</summary>
    public void Abandon() => abandoned.TrySetResult();

    /// <summary>Stops whatever the handler has left running.</summary>
    public void Dispose()
    {
        limit.Dispose();
        patienceTimer?.Dispose();
        _ = stop.CancelAsync();
    }

    private void EndWait()
    {
        lock (gate)
        {
            if (--waits == 0)
                Slot?.TakeBack();
        }
    }

    private sealed class Wait(RunningTurn turn) : IDisposable
    {
        public void Dispose() => turn.EndWait();
    }
}

using Capsule.Hosting.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting.Sessions;

/// <summary>
/// Runs turns: in each session one after the other in the order accepted, side by side across sessions, so many at a time in all and for each user. The
/// queue is in the store; here is only which sessions are being worked on.
/// </summary>
internal sealed partial class TurnRunner(
    ISessionStore store, HandlerRegistry handlers, TurnHandler handler, SessionResources resources, ILogger<TurnRunner> logger)
    : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan storageRetry = TimeSpan.FromSeconds(1);

    /// <summary>How long a call waits for the end of a turn that it has stopped; a turn ends within a second where its end can be stored.</summary>
    private static readonly TimeSpan longestCancel = TimeSpan.FromSeconds(10);

    private readonly TurnSlots slots = new(resources.Limits.ConcurrentTurns, resources.Limits.ConcurrentTurnsPerUser);
    private readonly CancellationTokenSource stopping = new();
    private readonly Lock gate = new();
    private readonly Dictionary<string, Lane> lanes = new(StringComparer.Ordinal);
    private Task? draining;

    /// <summary>Ends what an earlier process has left unfinished, then goes on with what is queued.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var left = await Recovery.RunAsync(store, handlers, resources.Limits.TurnCrashes, logger, cancellationToken);
        await resources.Databases.KeepEffectsAsync([.. left.Turns.Select(resumed => resumed.Turn.Id)]);
        foreach (var resumed in left.Turns)
            Wake(resumed.Turn.SessionId, resumed: resumed);
        foreach (var sessionId in left.Sessions)
            Wake(sessionId, leaving: true);
    }

    /// <summary>
    /// Lets the running turns finish within a limit, then asks them to end; queued ones run after the next start. This comes before the web server stops:
    /// it waits for its requests, and those may wait for turns.
    /// </summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => draining ??= DrainAsync(cancellationToken);

    /// <summary>Waits for the turns that are ending.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await StoppingAsync(cancellationToken);
        var active = Lanes();
        await using var impatience = cancellationToken.Register(() =>
        {
            foreach (var lane in active)
                lane.Abandon();
        });
        await Task.WhenAll(active.Select(lane => lane.Work));
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => stopping.Dispose();

    /// <summary>Tells that a session has a queued turn or, when <paramref name="leaving"/>, is closed.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="leaving">Whether it is closed.</param>
    /// <param name="resumed">A turn that an earlier process has left.</param>
    /// <param name="next">A queued turn, perhaps the one that comes first.</param>
    public void Wake(string sessionId, bool leaving = false, ResumedTurn? resumed = null, TurnRecord? next = null)
    {
        lock (gate)
        {
            if (stopping.IsCancellationRequested)
                return;
            var isNew = !lanes.TryGetValue(sessionId, out var lane);
            if (isNew)
                lanes.Add(sessionId, lane = NewLane(sessionId, resumed));
            lane!.HasMore = true;
            lane.Leaving |= leaving;
            if (isNew && next is not null)
                WaitForSlot(lane, next);
            else if (isNew || lane.IsCancelled || (leaving && lane.Resumed is null))
                lane.Begin();
        }
    }

    private Lane NewLane(string sessionId, ResumedTurn? resumed)
    {
        if (resumed is null)
            return new Lane(this, sessionId);
        var running = new RunningTurn(resumed.Turn.Id, resources.Time);
        running.SetBegun(true);
        return new Lane(this, sessionId) { Resumed = resumed, Running = running };
    }

    /// <summary>Cancels a turn that is queued or runs, or the one that runs. False when there is no such turn.</summary>
    /// <exception cref="StorageException">Its beginning or its end can't be stored for long.</exception>
    public async Task<bool> CancelAsync(string sessionId, string? turnId, CancellationToken cancellationToken)
    {
        if (turnId is not null
            && await store.CancelQueuedTurnAsync(sessionId, turnId, Events.Turn(turnId, TurnStates.Cancelled), cancellationToken))
        {
            return true;
        }
        if (Running(sessionId) is not { } running || (turnId is not null && running.Id != turnId))
            return false;
        try
        {
            if (!await running.Begun.WaitAsync(longestCancel, resources.Time, cancellationToken))
                return false;
            running.Stop(StopReason.Cancelled);
            Wake(sessionId);
            return await running.Ended.WaitAsync(longestCancel, resources.Time, cancellationToken) == TurnStates.Cancelled;
        }
        catch (TimeoutException exception)
        {
            throw new StorageException("The beginning or the end of the turn can't be stored yet.", exception);
        }
    }

    /// <summary>Closes a session: cancels its turns and runs its farewell. False when it is closed already.</summary>
    public async Task<bool> CloseAsync(string sessionId, CancellationToken cancellationToken)
    {
        var closes = await store.CloseAsync(sessionId, Events.Closed(), turnId => Events.Turn(turnId, TurnStates.Cancelled), cancellationToken);
        if (closes)
            Running(sessionId)?.Stop(StopReason.Cancelled);
        // Also where another call has closed it just now: its farewell may not have begun.
        Wake(sessionId, leaving: true);
        return closes;
    }

    /// <summary>Completes when nothing is left to do for a session, its farewell included.</summary>
    /// <exception cref="OperationCanceledException">The server stops: what was to run may not have.</exception>
    public async Task IdleAsync(string sessionId)
    {
        var ended = Task.CompletedTask;
        lock (gate)
        {
            if (lanes.TryGetValue(sessionId, out var lane))
                ended = lane.Ended;
        }
        await ended.WaitAsync(stopping.Token);
        stopping.Token.ThrowIfCancellationRequested();
    }

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        var active = Lanes();
        foreach (var lane in active)
            lane.Drain();
        var limit = TimeSpan.FromSeconds(resources.Limits.ShutdownSeconds);
        var finished = Task.WhenAll(active.Select(lane => lane.Work));
        if (limit > TimeSpan.Zero)
            await finished.WaitAsync(limit, resources.Time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var lane in active)
            lane.Stop();
    }

    private Lane[] Lanes()
    {
        lock (gate)
            return [.. lanes.Values];
    }

    private RunningTurn? Running(string sessionId)
    {
        lock (gate)
            return lanes.GetValueOrDefault(sessionId)?.Running;
    }

    /// <summary>Works for a session until nothing is left, or until its next turn has to wait for a slot.</summary>
    private async Task WorkAsync(Lane lane)
    {
        while (true)
        {
            try
            {
                while (!stopping.IsCancellationRequested && await FindNextAsync(lane) is { } turn)
                {
                    if (lane.TakeSlot() is var slot && (slot is not null || lane.IsCancelled))
                        await RunAsync(lane, turn, slot);
                    else if (WaitForSlot(lane, turn))
                        return;
                }
                if (!stopping.IsCancellationRequested)
                {
                    lane.TakeSlot()?.Dispose();
                    if (lane.Leaving)
                        await LeaveAsync(lane);
                }
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // What is queued runs after the next start.
            }
            catch (Exception exception)
            {
                logger.LogError(exception, "The turns of session {SessionId} can't go on; this is tried again.", lane.SessionId);
                await RestAsync();
                continue;
            }
            lock (gate)
            {
                if (lane.HasMore && !stopping.IsCancellationRequested)
                    continue;
                lanes.Remove(lane.SessionId);
                lane.SetEnded();
                return;
            }
        }
    }

    /// <summary>Turns outlive the request that begins the first of them: its trace, scopes, culture and ambient values are none of theirs.</summary>
    private Task WorkApartAsync(Lane lane)
    {
        if (ExecutionContext.IsFlowSuppressed())
            return Task.Run(() => WorkAsync(lane));
        using (ExecutionContext.SuppressFlow())
            return Task.Run(() => WorkAsync(lane));
    }

    /// <summary>Waits before another try; not longer than until the server stops.</summary>
    private async Task RestAsync() =>
        await Task.Delay(storageRetry, resources.Time, stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>
    /// Gives a session a place among those that wait for a slot of a user: no method runs for it meanwhile. False when it has been closed, or its turn
    /// cancelled, since that was looked up.
    /// </summary>
    private bool WaitForSlot(Lane lane, TurnRecord turn)
    {
        lock (gate)
        {
            if (lane.IsClosing || lane.IsCancelled)
                return false;
            lane.Next = turn;
            lane.Rest();
            slots.Ask(turn.User.Id, lane.Begin);
            return true;
        }
    }

    private async ValueTask<TurnRecord?> FindNextAsync(Lane lane)
    {
        TurnRecord? next;
        lock (gate)
        {
            next = lane.IsClosing ? null : lane.Next;
            lane.Next = null;
            lane.HasMore = false;
        }
        return lane.Resumed?.Turn ?? next ?? await store.FindNextTurnAsync(lane.SessionId, stopping.Token);
    }

    private async Task RunAsync(Lane lane, TurnRecord turn, TurnSlots.Slot? slot)
    {
        var handling = Task.CompletedTask;
        using var running = lane.Running ?? new RunningTurn(turn.Id, resources.Time);
        running.Slot = slot;
        running.LimitTo(TimeSpan.FromSeconds(resources.Limits.TurnSeconds));
        try
        {
            lane.Running = running;
            var start = lane.Resumed is { } resumed
                ? await store.ResumeTurnAsync(turn, resumed.Crashed, stopping.Token)
                : await store.BeginTurnAsync(turn, Events.Turn(turn.Id, TurnStates.Started), stopping.Token);
            // What could not be stored is tried again: until then it is the turn that comes first.
            lane.Resumed = null;
            running.SetBegun(start is not null);
            if (start is null)
                return;
            var ended = await handler.RunAsync(turn, start, running, stopping.Token);
            handling = ended.Handler;
            lane.Next = ended.Next;
        }
        finally
        {
            lane.Running = null;
            running.SetEnded("");
            _ = ReleaseAsync(slot, handling);
        }
    }

    /// <summary>A handler that goes on although its turn was stopped keeps its user's slot until it ends.</summary>
    private static async Task ReleaseAsync(TurnSlots.Slot? slot, Task handling)
    {
        await handling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        slot?.Dispose();
    }

    /// <summary>
    /// Runs a closed session's farewell, at least once: that it has run is noted at its end. One that takes the process down each time is given up, as
    /// turns are.
    /// </summary>
    private async Task LeaveAsync(Lane lane)
    {
        if (!lane.HasLeft)
        {
            if (await store.FindAsync(lane.SessionId, stopping.Token) is not { Closed: true } session)
                return;
            var tries = await store.BeginExitAsync(lane.SessionId, stopping.Token);
            if (tries == 0)
                return;
            if (tries > resources.Limits.TurnCrashes)
                logger.LogError("The [Exit] handlers of session {SessionId} are not run again: {Crashes} processes ended while they ran.", lane.SessionId, tries - 1);
            else
                await SayFarewellAsync(session, lane);
            lane.HasLeft = true;
        }
        await store.EndExitAsync(lane.SessionId, lane.IsLeavingAgain, CancellationToken.None);
    }

    private async Task SayFarewellAsync(SessionRecord session, Lane lane)
    {
        using var farewell = new RunningTurn("", resources.Time);
        farewell.LimitTo(TimeSpan.FromSeconds(resources.Limits.TurnSeconds));
        lane.Farewell = farewell;
        var hasEnded = await handler.LeaveAsync(session, farewell);
        lane.Farewell = null;
        lane.IsLeavingAgain = !hasEnded && farewell.Reason == StopReason.ServerStops;
    }
}

using System.Diagnostics;
using Capsule.Hosting.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting.Sessions;

/// <summary>Calls the app's handlers for a turn and stores how it ends.</summary>
internal sealed class TurnHandler(
    HandlerRegistry handlers, SessionResources resources, IServiceScopeFactory scopes, ILogger<TurnHandler> logger)
{
    private const string Failure = "Something went wrong while answering. Please try again.";
    private const string Changed = "The app has changed since this began, so that it can't go on. Please try again from the start.";
    private const string TookTooLong = "Answering took too long and was stopped.";

    private static readonly TimeSpan storageRetry = TimeSpan.FromSeconds(1);

    private readonly ISessionStore store = resources.Store;

    /// <summary>
    /// Runs a turn that has begun until its end is stored. A turn that is to run again after a crash is left as it is when the server stops.
    /// </summary>
    public Task<EndedTurn> RunAsync(TurnRecord turn, TurnStart start, RunningTurn running, CancellationToken stopping) =>
        RunAsync(turn, new TurnWork(start), running, stopping);

    private async Task<EndedTurn> RunAsync(TurnRecord turn, TurnWork work, RunningTurn running, CancellationToken stopping)
    {
        using var activity = CapsuleTelemetry.Activities.StartActivity("capsule.turn");
        var traceId = (activity?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
        activity?.SetTag("capsule.session.id", turn.SessionId).SetTag("capsule.turn.id", turn.Id);

        // Also for what the author's handler logs.
        using var scope = logger.BeginScope(new KeyValuePair<string, object>[] { new("SessionId", turn.SessionId), new("TurnId", turn.Id) });
        var began = resources.Time.GetTimestamp();
        var handling = Task.Run(() => HandleAsync(turn, work, running), CancellationToken.None);
        await Task.WhenAny(handling, running.Abandoned);
        if (running.Reason == StopReason.ServerStops && handlers.FindMessage(turn.Chat) is { OnCrash: OnCrash.Replay })
        {
            await SuspendAsync(turn);
            return new EndedTurn(handling, Next: null);
        }
        var outcome = OutcomeOf(turn, handling, work.Effects, running.Reason, traceId);
        if (!handling.IsCompleted)
            logger.LogWarning("The handler of turn {TurnId} in session {SessionId} goes on although it was stopped.", turn.Id, turn.SessionId);
        activity?.SetTag("capsule.turn.state", outcome.State);
        var (state, next) = await EndAsync(turn, work, outcome, traceId, stopping);
        running.SetEnded(state);
        CapsuleTelemetry.TurnEnded(state, resources.Time.GetElapsedTime(began));
        return new EndedTurn(handling, next);
    }

    /// <summary>
    /// Runs the handlers for the end of a session. Their failure changes nothing for the user, who has left. False when they were stopped before they had
    /// ended or failed.
    /// </summary>
    public async Task<bool> LeaveAsync(SessionRecord session, RunningTurn farewell)
    {
        if (!handlers.SessionEvents.Any(handler => handler.Moment == SessionMoment.Exit))
            return true;
        var handling = Task.Run(() => ExitAsync(session, farewell.Stopped), CancellationToken.None);
        await Task.WhenAny(handling, farewell.Abandoned);
        if (!handling.IsCompleted)
            logger.LogWarning("An [Exit] handler of session {SessionId} goes on although it was stopped.", session.Id);
        return handling.IsCompleted && await handling;
    }

    private async Task<bool> ExitAsync(SessionRecord session, CancellationToken stopped)
    {
        try
        {
            await using var lease = await new SessionProvider(resources).OpenAsync(session.Id, stopped);
            await InScopeAsync(lease!.Session, invocation => RaiseAsync(SessionMoment.Exit, invocation, lease.Session), stopped);
            return true;
        }
        catch (OperationCanceledException) when (stopped.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "An [Exit] handler of session {SessionId} failed.", session.Id);
            return true;
        }
    }

    private async Task HandleAsync(TurnRecord turn, TurnWork work, RunningTurn running)
    {
        var stopped = running.Stopped;
        var (seq, enters, stored, said) = work.TakeStart();
        var message = Conversation.ToMessage(said, stored.Channel, resources.Files);
        if (turn.Attempt == 1)
            CapsuleTelemetry.TurnStarted(resources.Time.GetUtcNow() - message.Timestamp);
        var handler = handlers.FindMessage(stored.Chat)
            ?? throw new InvalidOperationException($"There is no message handler for the chat '{stored.Chat}'.");
        var past = await store.ReadPastAsync(turn.SessionId, seq, Conversation.Length, stopped);
        var history = Conversation.ToMessages(past, stored.Channel, resources.Files);
        var effects = handler.OnCrash == OnCrash.Replay
            ? work.Effects = new EffectLog(turn, await store.OpenTurnLogAsync(turn, stopped), store, running)
            : null;
        var data = effects?.Recorded.Data ?? past.Data;
        var session = work.Session = new HostSession(resources, stored, turn.User, running, history, data, effects, stopped);
        Ids.Source = effects is null ? null : effects.NewId;
        stopped.ThrowIfCancellationRequested();
        await InScopeAsync(
            session,
            async invocation =>
            {
                if (enters)
                    await RaiseAsync(SessionMoment.Enter, invocation, session);
                await handler.InvokeAsync(invocation, session, message);
            },
            stopped);
    }

    private async Task InScopeAsync(Session session, Func<Invocation, Task> run, CancellationToken stopped)
    {
        await using var scope = scopes.CreateAsyncScope();
        Session.Current = session;
        try
        {
            await run(new Invocation(scope.ServiceProvider, session.Tasks, session.Db, stopped));
        }
        finally
        {
            Session.Current = null;
        }
    }

    private async Task RaiseAsync(SessionMoment moment, Invocation invocation, Session session)
    {
        foreach (var handler in handlers.SessionEvents)
        {
            if (handler.Moment == moment)
                await handler.InvokeAsync(invocation, session);
        }
    }

    private Outcome OutcomeOf(TurnRecord turn, Task handling, EffectLog? effects, StopReason reason, string traceId)
    {
        if (reason == StopReason.Cancelled)
            return new Outcome(TurnStates.Cancelled);
        if (reason == StopReason.TimeUp)
        {
            LogFailure(turn, traceId, new TimeoutException("The turn's time is up."));
            return new Outcome(TurnStates.Failed, TookTooLong);
        }
        if (effects?.DifferenceAtEnd() is { } difference)
        {
            LogDifference(turn, difference);
            return new Outcome(TurnStates.Interrupted, Changed) { Discards = true };
        }
        if (handling.IsCompletedSuccessfully && effects?.Refusal is null)
            return new Outcome(TurnStates.Completed);
        if (reason == StopReason.ServerStops)
            return new Outcome(TurnStates.Interrupted);
        LogFailure(turn, traceId, effects?.Refusal ?? handling.Exception?.InnerException ?? new OperationCanceledException());
        return new Outcome(TurnStates.Failed, Failure);
    }

    /// <summary>Stores the end of a turn, trying again while the storage fails: without it the session could not go on. Returns the final state and the turn that comes next.</summary>
    private async Task<(string State, TurnRecord? Next)> EndAsync(TurnRecord turn, TurnWork work, Outcome outcome, string traceId, CancellationToken stopping)
    {
        var messages = work.Session?.End() ?? [];
        IReadOnlyDictionary<string, string?> data = new Dictionary<string, string?>();
        try
        {
            if (!outcome.Discards)
                data = work.Session?.Data.Changes() ?? data;
        }
        catch (Exception exception)
        {
            LogFailure(turn, traceId, exception);
            // A handler that was stopped may still be changing them.
            if (outcome.State == TurnStates.Completed)
                outcome = new Outcome(TurnStates.Failed, Failure);
        }
        var end = new TurnEnd
        {
            SessionId = turn.SessionId,
            TurnId = turn.Id,
            State = outcome.State,
            Messages = messages,
            Prompts = work.Session?.CancelPrompts() ?? [],
            Ended = Events.Turn(turn.Id, outcome.State, outcome.Error, outcome.State == TurnStates.Failed ? traceId : null),
            Data = data,
        };
        while (true)
        {
            try
            {
                var next = await store.EndTurnAsync(end, CancellationToken.None);
                if (work.Effects is { WritesDocuments: true })
                    await resources.Databases.ForgetEffectsAsync(turn.Id).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return (outcome.State, next);
            }
            catch (StorageException exception)
            {
                LogNotStored(turn, exception);
                await Task.Delay(storageRetry, resources.Time, stopping);
            }
        }
    }

    /// <summary>Leaves a turn for the next process. If even that can't be stored, it counts as a crash.</summary>
    private async Task SuspendAsync(TurnRecord turn)
    {
        try
        {
            await store.SuspendTurnAsync(turn.Id, CancellationToken.None);
            logger.TurnSuspended(turn.Id, turn.SessionId);
        }
        catch (StorageException exception)
        {
            LogNotStored(turn, exception);
        }
    }

    private void LogFailure(TurnRecord turn, string traceId, Exception exception) =>
        logger.LogError(exception, "Turn {TurnId} of session {SessionId} failed. Trace {TraceId}.", turn.Id, turn.SessionId, traceId);

    private void LogDifference(TurnRecord turn, string difference) =>
        logger.LogError(
            "Turn {TurnId} of session {SessionId} can't go on after the server's end: {Difference}. A handler with OnCrash.Replay must do the same every time.",
            turn.Id,
            turn.SessionId,
            difference);

    private void LogNotStored(TurnRecord turn, StorageException exception) =>
        logger.LogError(exception, "The end of turn {TurnId} in session {SessionId} can't be stored.", turn.Id, turn.SessionId);

    /// <summary>How a turn ends.</summary>
    /// <param name="State">A final one of <see cref="TurnStates"/>.</param>
    /// <param name="Error">A sentence about why.</param>
    private sealed record Outcome(string State, string? Error = null)
    {
        /// <summary>Whether the session's values stay as they are stored.</summary>
        public bool Discards { get; init; }
    }

    /// <summary>What a turn's handler works on; no session before it is loaded.</summary>
    private sealed class TurnWork(TurnStart start)
    {
        private TurnStart? start = start;
        private volatile HostSession? session;
        private volatile EffectLog? effects;

        /// <summary>What it begins with. It is let go: what was stored of the message is not kept in memory for as long as its handler runs.</summary>
        public TurnStart TakeStart()
        {
            var taken = start!;
            start = null;
            return taken;
        }

        public HostSession? Session
        {
            get => session;
            set => session = value;
        }

        /// <summary>Its record; null for a turn that does not run again after a crash.</summary>
        public EffectLog? Effects
        {
            get => effects;
            set => effects = value;
        }
    }
}

/// <summary>A turn whose end is stored.</summary>
/// <param name="Handler">The handler itself: it may go on if it ignores that it was stopped.</param>
/// <param name="Next">The turn of the session that comes next.</param>
internal sealed record EndedTurn(Task Handler, TurnRecord? Next);

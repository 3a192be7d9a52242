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
    private const string TookTooLong = "Answering took too long and was stopped.";

    private static readonly ActivitySource activities = new("Capsule.Sessions");
    private static readonly TimeSpan storageRetry = TimeSpan.FromSeconds(1);

    private readonly ISessionStore store = resources.Store;

    /// <summary>
    /// Runs a turn that has begun until its end is stored. The task returned inside is the handler itself: it may go on if it ignores that it was stopped.
    /// </summary>
    public async Task<Task> RunAsync(TurnRecord turn, TurnStart start, RunningTurn running, CancellationToken stopping)
    {
        using var activity = activities.StartActivity("capsule.turn");
        var traceId = (activity?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
        activity?.SetTag("capsule.session.id", turn.SessionId).SetTag("capsule.turn.id", turn.Id);

        var work = new TurnWork();
        var handling = Task.Run(() => HandleAsync(turn, start, work, running), CancellationToken.None);
        await Task.WhenAny(handling, running.Abandoned);
        var state = StateOf(turn, handling, running.Reason, traceId);
        if (!handling.IsCompleted)
            logger.LogWarning("The handler of turn {TurnId} in session {SessionId} goes on although it was stopped.", turn.Id, turn.SessionId);
        activity?.SetTag("capsule.turn.state", state);
        running.SetEnded(await EndAsync(turn, work.Session, state, running.Reason, traceId, stopping));
        return handling;
    }

    /// <summary>Runs the handlers for the end of a session. Their failure changes nothing for the user, who has left.</summary>
    public async Task LeaveAsync(SessionRecord session, RunningTurn farewell)
    {
        if (!handlers.SessionEvents.Any(handler => handler.Moment == SessionMoment.Exit))
            return;
        var handling = Task.Run(() => ExitAsync(session, farewell.Stopped), CancellationToken.None);
        await Task.WhenAny(handling, farewell.Abandoned);
        if (!handling.IsCompleted)
            logger.LogWarning("An [Exit] handler of session {SessionId} goes on although it was stopped.", session.Id);
    }

    private async Task ExitAsync(SessionRecord session, CancellationToken stopped)
    {
        try
        {
            await using var lease = await new SessionProvider(resources).OpenAsync(session.Id, stopped);
            await InScopeAsync(lease!.Session, invocation => RaiseAsync(SessionMoment.Exit, invocation, lease.Session), stopped);
        }
        catch (Exception exception)
        {
            logger.LogError(exception, "An [Exit] handler of session {SessionId} failed.", session.Id);
        }
    }

    private async Task HandleAsync(TurnRecord turn, TurnStart start, TurnWork work, RunningTurn running)
    {
        var stopped = running.Stopped;
        var stored = await store.FindAsync(turn.SessionId, stopped)
            ?? throw new InvalidOperationException($"Session '{turn.SessionId}' does not exist.");
        var message = await store.FindMessageAsync(turn.SessionId, turn.MessageId, stopped)
            ?? throw new InvalidOperationException($"Message '{turn.MessageId}' does not exist.");
        var handler = handlers.Messages.FirstOrDefault(handler => handler.Name == stored.Chat)
            ?? throw new InvalidOperationException($"There is no message handler for the chat '{stored.Chat}'.");
        var history = await Conversation.LoadAsync(store, resources.Files, stored, start.Seq, stopped);
        var data = await store.ReadDataAsync(turn.SessionId, stopped);
        var session = work.Session = new HostSession(resources, stored, turn.User, running, history, data, stopped);
        stopped.ThrowIfCancellationRequested();
        await InScopeAsync(
            session,
            async invocation =>
            {
                if (start.Enters)
                    await RaiseAsync(SessionMoment.Enter, invocation, session);
                await handler.InvokeAsync(invocation, session, Conversation.ToMessage(message, stored.Channel, resources.Files));
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

    private string StateOf(TurnRecord turn, Task handling, StopReason reason, string traceId)
    {
        switch (reason)
        {
            case StopReason.Cancelled:
                return TurnStates.Cancelled;
            case StopReason.TimeUp:
                LogFailure(turn, traceId, new TimeoutException("The turn's time is up."));
                return TurnStates.Failed;
            case var _ when handling.IsCompletedSuccessfully:
                return TurnStates.Completed;
            case StopReason.ServerStops:
                return TurnStates.Interrupted;
            default:
                LogFailure(turn, traceId, handling.Exception?.InnerException ?? new OperationCanceledException());
                return TurnStates.Failed;
        }
    }

    /// <summary>Stores the end of a turn, trying again while the storage fails: without it the session could not go on. Returns the final state.</summary>
    private async Task<string> EndAsync(
        TurnRecord turn, HostSession? session, string state, StopReason reason, string traceId, CancellationToken stopping)
    {
        var messages = session?.End() ?? [];
        IReadOnlyDictionary<string, string?> data = new Dictionary<string, string?>();
        try
        {
            data = session?.Data.Changes() ?? data;
        }
        catch (Exception exception)
        {
            LogFailure(turn, traceId, exception);
            state = TurnStates.Failed;
        }
        var failed = state == TurnStates.Failed;
        var error = !failed ? null : reason == StopReason.TimeUp ? TookTooLong : Failure;
        var end = new TurnEnd
        {
            SessionId = turn.SessionId,
            TurnId = turn.Id,
            State = state,
            Messages = messages,
            Prompts = session?.CancelPrompts() ?? [],
            Ended = Events.Turn(turn.Id, state, error, failed ? traceId : null),
            Data = data,
        };
        while (true)
        {
            try
            {
                await store.EndTurnAsync(end, CancellationToken.None);
                return state;
            }
            catch (StorageException exception)
            {
                LogNotStored(turn, exception);
                await Task.Delay(storageRetry, resources.Time, stopping);
            }
        }
    }

    private void LogFailure(TurnRecord turn, string traceId, Exception exception) =>
        logger.LogError(exception, "Turn {TurnId} of session {SessionId} failed. Trace {TraceId}.", turn.Id, turn.SessionId, traceId);

    private void LogNotStored(TurnRecord turn, StorageException exception) =>
        logger.LogError(exception, "The end of turn {TurnId} in session {SessionId} can't be stored.", turn.Id, turn.SessionId);

    /// <summary>What a turn's handler works on; no session before it is loaded.</summary>
    private sealed class TurnWork
    {
        private volatile HostSession? session;

        public HostSession? Session
        {
            get => session;
            set => session = value;
        }
    }
}

using Capsule.Hosting.Storage;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting.Sessions;

/// <summary>Makes visible what the end of an earlier process has cut off, so that nothing stays half done in silence.</summary>
internal static class Recovery
{
    /// <summary>
    /// Finds the turns that run again; of all others keeps the text of replies that were growing, marked partial, closes prompts that nobody waits for,
    /// and marks turns that had begun as interrupted, or as failed when too many processes have died with them.
    /// </summary>
    public static async Task<Recovered> RunAsync(
        ISessionStore store, HandlerRegistry handlers, int mostCrashes, ILogger logger, CancellationToken cancellationToken)
    {
        var left = await store.FindLeftoversAsync(cancellationToken);
        // Who waited for a user did nothing that could end a process.
        var waiting = left.Prompts.Select(prompt => prompt.TurnId).ToHashSet();
        var resumed = new Dictionary<string, ResumedTurn>(StringComparer.Ordinal);
        foreach (var turn in left.Turns.Where(turn => handlers.FindMessage(turn.Chat) is { OnCrash: OnCrash.Replay }))
        {
            var crashed = !turn.Suspended && !waiting.Contains(turn.Id);
            if ((crashed && turn.Crashes + 1 >= mostCrashes) || await store.FindAsync(turn.SessionId, cancellationToken) is { Closed: true })
                continue;
            logger.TurnResumed(turn.Id, turn.SessionId);
            resumed.Add(turn.Id, new ResumedTurn(turn, crashed));
        }
        await Task.WhenAll(
        [
            .. left.Replies
                .Where(reply => !IsResumed(reply.TurnId))
                .Select(reply => store.AppendAsync(reply.SessionId, Events.Remains(reply), cancellationToken)),
            .. left.Prompts
                .Where(prompt => !IsResumed(prompt.TurnId))
                .Select(prompt => store.ClosePromptAsync(prompt.SessionId, Interrupted(prompt), answeredAt: null, cancellationToken)),
            .. left.Turns
                .Where(turn => !IsResumed(turn.Id))
                .Select(turn => store.EndTurnAsync(End(turn, crashed: !waiting.Contains(turn.Id), mostCrashes, logger), cancellationToken)),
        ]);
        return new Recovered([.. resumed.Values], left.Sessions);

        bool IsResumed(string? turnId) => turnId is not null && resumed.ContainsKey(turnId);
    }

    private static TurnEnd End(TurnRecord turn, bool crashed, int mostCrashes, ILogger logger)
    {
        var crashes = turn.Crashes + (crashed ? 1 : 0);
        var givenUp = crashes >= mostCrashes;
        if (givenUp)
        {
            logger.LogError(
                "Turn {TurnId} of session {SessionId} has failed for good: {Crashes} processes ended while it ran.", turn.Id, turn.SessionId, crashes);
        }
        else
        {
            logger.LogWarning("Turn {TurnId} of session {SessionId} was interrupted by the end of the server.", turn.Id, turn.SessionId);
        }
        var state = givenUp ? TurnStates.Failed : TurnStates.Interrupted;
        return new TurnEnd
        {
            SessionId = turn.SessionId,
            TurnId = turn.Id,
            State = state,
            Ended = Events.Turn(turn.Id, state, givenUp ? "The server ended each time it worked on this. It is not tried again." : null),
            Crashed = crashed,
        };
    }

    private static PromptClosing Interrupted(PromptRecord prompt) =>
        new(prompt.Id, Events.Block(PromptCards.Interrupted(PromptCards.Read(prompt.Block)), prompt.TurnId), new PromptReply { Cancelled = true }.Write());
}

/// <summary>A turn that an earlier process has left and that runs again.</summary>
/// <param name="Turn">The turn.</param>
/// <param name="Crashed">Whether it may be what has ended that process.</param>
internal sealed record ResumedTurn(TurnRecord Turn, bool Crashed);

/// <summary>What there is to do after a start.</summary>
/// <param name="Turns">Turns that run again, before all others of their sessions.</param>
/// <param name="Sessions">Sessions with queued turns or a farewell to run.</param>
internal sealed record Recovered(IReadOnlyList<ResumedTurn> Turns, IReadOnlyList<string> Sessions);

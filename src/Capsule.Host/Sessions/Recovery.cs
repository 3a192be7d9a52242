using Capsule.Hosting.Storage;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting.Sessions;

/// <summary>Makes visible what the end of an earlier process has cut off, so that nothing stays half done in silence.</summary>
internal static class Recovery
{
    /// <summary>
    /// Keeps the text of replies that were growing, marked partial; closes prompts that nobody waits for; marks turns that had begun as interrupted, or
    /// as failed when too many processes have died with them.
    /// </summary>
    /// <returns>The sessions that have something to do.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(ISessionStore store, int mostCrashes, ILogger logger, CancellationToken cancellationToken)
    {
        var left = await store.FindLeftoversAsync(cancellationToken);
        // Who waited for a user did nothing that could end a process.
        var waiting = left.Prompts.Select(prompt => prompt.TurnId).ToHashSet();
        await Task.WhenAll(
        [
            .. left.Replies.Select(reply => store.AppendAsync(reply.SessionId, PartialMessage(reply), cancellationToken)),
            .. left.Prompts.Select(prompt => store.ClosePromptAsync(prompt.SessionId, Interrupted(prompt), answeredAt: null, cancellationToken)),
            .. left.Turns.Select(turn => store.EndTurnAsync(End(turn, crashed: !waiting.Contains(turn.Id), mostCrashes, logger), cancellationToken)),
        ]);
        return left.Sessions;
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

    private static NewEvent PartialMessage(UnfinishedReply reply) => Events.Message(new MessageData
    {
        Id = reply.MessageId,
        Sender = Conversation.App,
        Text = reply.Text,
        Timestamp = reply.StartedAt,
        TurnId = reply.TurnId,
        Partial = true,
    });

    private static PromptClosing Interrupted(PromptRecord prompt) =>
        new(prompt.Id, Events.Block(PromptCards.Interrupted(PromptCards.Read(prompt.Block)), prompt.TurnId));
}

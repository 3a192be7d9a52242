using Capsule.Hosting.Storage;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting.Sessions;

/// <summary>Makes visible what the end of an earlier process has cut off, so that nothing stays half done in silence.</summary>
internal static class Recovery
{
    /// <summary>
    /// Keeps the text of replies that were growing, marked partial; closes prompts that nobody waits for; marks turns that had begun as interrupted.
    /// </summary>
    /// <returns>The sessions that have something to do.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(ISessionStore store, ILogger logger, CancellationToken cancellationToken)
    {
        var left = await store.FindLeftoversAsync(cancellationToken);
        await Task.WhenAll(
        [
            .. left.Replies.Select(reply => store.AppendAsync(reply.SessionId, PartialMessage(reply), cancellationToken)),
            .. left.Prompts.Select(prompt => store.ClosePromptAsync(prompt.SessionId, Cancelled(prompt), answeredAt: null, cancellationToken)),
            .. left.Turns.Select(turn => store.EndTurnAsync(Interrupted(turn), cancellationToken)),
        ]);
        foreach (var turn in left.Turns)
            logger.LogWarning("Turn {TurnId} of session {SessionId} was interrupted by the end of the server.", turn.Id, turn.SessionId);
        return left.Sessions;
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

    private static PromptClosing Cancelled(PromptRecord prompt) =>
        new(prompt.Id, Events.Block(PromptCards.Cancelled(PromptCards.Read(prompt.Block)), prompt.TurnId));

    private static TurnEnd Interrupted(TurnRecord turn) => new()
    {
        SessionId = turn.SessionId,
        TurnId = turn.Id,
        State = TurnStates.Interrupted,
        Ended = Events.Turn(turn.Id, TurnStates.Interrupted),
    };
}

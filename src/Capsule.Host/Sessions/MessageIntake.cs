using System.Security.Cryptography;
using System.Text;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>Takes in users' messages: checks them, stores them with their turn, and sees to it that the turn runs.</summary>
internal sealed class MessageIntake(SessionResources resources, TurnRunner runner)
{
    /// <summary>Stores a message and queues its turn. The same message again changes nothing and has the same answer.</summary>
    /// <param name="sessionId">The session.</param>
    /// <param name="user">Who sends it: whose session it must be.</param>
    /// <param name="messageId">The client's id of the message; null for a new one.</param>
    /// <param name="text">What it says.</param>
    /// <param name="files">The files that come with it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<(string MessageId, Acceptance Acceptance)> AcceptAsync(
        string sessionId,
        UserInfo user,
        string? messageId,
        string text,
        IReadOnlyList<StoredFile> files,
        CancellationToken cancellationToken)
    {
        messageId ??= Ids.New("msg_");
        var turnId = Ids.NewOrdered("turn_");
        var message = new MessageData
        {
            Id = messageId,
            Sender = Conversation.User,
            Text = text,
            Attachments = files.Count == 0 ? null : [.. files.Select(UploadedFile.Of)],
            Timestamp = resources.Time.GetUtcNow(),
            TurnId = turnId,
        };
        var acceptance = await resources.Store.AcceptAsync(
            new NewTurn
            {
                SessionId = sessionId,
                TurnId = turnId,
                MessageId = messageId,
                ContentHash = ContentHash(text, files),
                User = user,
                Message = Events.Message(message) with { Waits = true },
                Queued = Events.Turn(turnId, TurnStates.Queued),
                QueueLength = resources.Limits.QueueLength,
            },
            cancellationToken);
        if (acceptance.Outcome == AcceptOutcome.Accepted)
            runner.Wake(sessionId, next: acceptance.Turn);
        return (messageId, acceptance);
    }

    /// <summary>Queues an interrupted or failed turn again. While it waits or runs, asking again changes nothing.</summary>
    public async Task<Retried> RetryAsync(SessionRecord session, UserInfo user, string turnId, CancellationToken cancellationToken)
    {
        var retried = await resources.Store.RetryTurnAsync(
            new TurnRetry
            {
                SessionId = session.Id,
                TurnId = turnId,
                User = user,
                Queued = Events.Turn(turnId, TurnStates.Queued),
                QueueLength = resources.Limits.QueueLength,
                MostCrashes = resources.Limits.TurnCrashes,
            },
            cancellationToken);
        if (retried.Outcome == RetryOutcome.Queued)
            runner.Wake(session.Id);
        return retried;
    }

    private static string ContentHash(string text, IReadOnlyList<StoredFile> files)
    {
        var content = files.Count == 0 ? text : string.Join('\0', [text, .. files.Select(file => file.Id)]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
    }
}

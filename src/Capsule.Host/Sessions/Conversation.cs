using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>A session's past as handlers see it.</summary>
internal static class Conversation
{
    private const int Length = 50;

    public const string User = "user";
    public const string App = "app";

    /// <summary>The last 50 messages before a place in the journal.</summary>
    public static async Task<List<Message>> LoadAsync(
        ISessionStore store, IFileStore files, SessionRecord session, long before, CancellationToken cancellationToken)
    {
        var messages = await store.ReadMessagesAsync(session.Id, before, Length, cancellationToken);
        return [.. messages.Select(message => ToMessage(message, session.Channel, files))];
    }

    public static Message ToMessage(JournalEvent stored, string channel, IFileStore files)
    {
        var data = Events.ReadMessage(stored.Data);
        return new Message
        {
            Id = data.Id,
            Text = data.Text,
            Sender = data.Sender == User ? MessageSender.User : MessageSender.App,
            ChannelType = channel,
            Timestamp = data.Timestamp,
            TurnId = data.TurnId,
            Attachments = data.Attachments is null ? [] : [.. data.Attachments.Select(attachment => ToAttachment(attachment, files))],
        };
    }

    private static Attachment ToAttachment(UploadedFile data, IFileStore files) =>
        new(data.Id, data.Name, data.ContentType, data.Url, data.Size, cancellationToken => files.OpenReadAsync(data.Id, cancellationToken));
}

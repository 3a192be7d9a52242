using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>A session's past as handlers see it.</summary>
internal static class Conversation
{
    public const string User = "user";
    public const string App = "app";

    /// <summary>How many messages of its past a handler sees.</summary>
    public const int Length = 50;

    public static List<Message> ToMessages(SessionPast past, string channel, IFileStore files) =>
        [.. past.Messages.Select(message => ToMessage(message, channel, files))];

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

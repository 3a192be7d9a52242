namespace Capsule.Durability.Tests.App;

/// <summary>A note of a user.</summary>
[Document("notes", Scope = Scope.User)]
public sealed record Note(string Text)
{
    public string Id { get; init; } = "";
}

/// <summary>Answers each message once, whole or as a stream, and remembers it: a turn writes to every part of the storage.</summary>
public static class Chat
{
    [Message]
    public static async Task Handle(Session session, Message message, CancellationToken cancellationToken)
    {
        await session.NotifyAsync("Thinking...", cancellationToken: cancellationToken);
        if (message.Text.Length % 3 == 0)
            await StreamAsync(session, "re: " + message.Text, cancellationToken);
        else
            await session.ReplyAsync("re: " + message.Text, cancellationToken);
        session.Data["last"] = message.Text;
        if (message.Attachments.Count > 0)
        {
            await session.Db.Notes.InsertAsync(new Note(message.Text), cancellationToken);
            await session.Tasks.Remember.SubmitAsync(message.Text, cancellationToken: cancellationToken);
        }
    }

    [Task]
    public static Task Remember(string text, Collection<Note> notes, CancellationToken cancellationToken) =>
        notes.InsertAsync(new Note(text), cancellationToken);

    private static async Task StreamAsync(Session session, string text, CancellationToken cancellationToken)
    {
        await using var reply = session.StreamReply();
        foreach (var piece in text.Chunk(4))
            await reply.WriteAsync(new string(piece), cancellationToken);
    }
}

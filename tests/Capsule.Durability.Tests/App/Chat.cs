namespace Capsule.Durability.Tests.App;

/// <summary>Answers each message once, whole or as a stream, and remembers it: a turn writes to every part of the journal.</summary>
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
    }

    private static async Task StreamAsync(Session session, string text, CancellationToken cancellationToken)
    {
        await using var reply = session.StreamReply();
        foreach (var piece in text.Chunk(4))
            await reply.WriteAsync(new string(piece), cancellationToken);
    }
}

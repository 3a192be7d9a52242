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
    public static readonly Integration Desk = Integration.Of("desk");

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

    /// <summary>Asks for an approval and an account, and runs again after a crash: each of its effects is recorded.</summary>
    [Message("careful", OnCrash = OnCrash.Replay)]
    public static async Task HandleCarefully(Session session, Message message, CancellationToken cancellationToken)
    {
        var length = await session.StepAsync("measure", _ => Task.FromResult(message.Text.Length), cancellationToken);
        var approved = await session.PromptApprovalAsync("Sure?", cancellationToken: cancellationToken);
        var account = await session.RequireIntegrationAsync(Desk, cancellationToken: cancellationToken);
        await session.Db.Notes.InsertAsync(new Note(message.Text), cancellationToken);
        session.Data["account"] = account.Fields["token"];
        await session.ReplyAsync($"{length} {approved} {account.Fields["token"]}", cancellationToken);
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

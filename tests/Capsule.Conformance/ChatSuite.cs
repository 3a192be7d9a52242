namespace Capsule.Conformance;

/// <summary>What the suites about sessions share.</summary>
public abstract class ChatSuite(StorageBackEnd backEnd) : StorageSuite(backEnd)
{
    private protected ISessionStore Sessions => Stores.Sessions;

    /// <summary>Stores a session and returns its id.</summary>
    private protected async Task<string> CreateAsync(UserInfo? user = null, string? id = null, string? chat = null, string? title = null)
    {
        id ??= $"ses_{Guid.NewGuid():N}";
        var now = Time.GetUtcNow();
        var session = new SessionRecord
        {
            Id = id, User = user ?? ann, Channel = "chat", Chat = chat, Title = title, CreatedAt = now, UpdatedAt = now,
        };
        await Sessions.CreateAsync(session, none);
        return id;
    }

    private protected Task<Acceptance> AcceptAsync(string session, string message, string? text = null, int queueLength = 20, UserInfo? user = null)
    {
        var turnId = "turn_of_" + message;
        return Sessions.AcceptAsync(
            new NewTurn
            {
                SessionId = session,
                TurnId = turnId,
                MessageId = message,
                ContentHash = text ?? message,
                User = user ?? ann,
                Message = Said(message, text ?? message, Conversation.User, turnId) with { Waits = true },
                Queued = Events.Turn(turnId, TurnStates.Queued),
                QueueLength = queueLength,
            },
            none);
    }

    /// <summary>Begins the session's next turn.</summary>
    private protected async Task<(TurnRecord Turn, TurnStart Start)> BeginAsync(string session)
    {
        var turn = await Sessions.FindNextTurnAsync(session, none);
        Assert.NotNull(turn);
        var start = await Sessions.BeginTurnAsync(turn, Events.Turn(turn.Id, TurnStates.Started), none);
        Assert.NotNull(start);
        return (turn, start);
    }

    private protected Task EndAsync(TurnRecord turn, string state = TurnStates.Completed) => Sessions.EndTurnAsync(EndOf(turn, state), none);

    private protected static TurnEnd EndOf(TurnRecord turn, string state) =>
        new() { SessionId = turn.SessionId, TurnId = turn.Id, State = state, Ended = Events.Turn(turn.Id, state) };

    private protected Task AppendAsync(string session, NewEvent added) => Sessions.AppendAsync(session, added, none);

    private protected async Task<IReadOnlyList<JournalEvent>> EventsAsync(string session, long after = 0) =>
        await Sessions.ReadEventsAsync(session, after, 1000, none);

    /// <summary>The texts of the conversation, in its order.</summary>
    private protected async Task<IEnumerable<string>> ConversationAsync(string session, long before = long.MaxValue, int limit = 50) =>
        (await Sessions.ReadPastAsync(session, before, limit, none)).Messages.Select(message => Events.ReadMessage(message.Data).Text);

    /// <summary>The session's values.</summary>
    private protected async Task<IReadOnlyDictionary<string, string>> DataAsync(string session) =>
        (await Sessions.ReadPastAsync(session, long.MaxValue, 50, none)).Data;

    private protected NewEvent Said(string id, string text, string sender = Conversation.App, string? turnId = null) => Events.Message(new MessageData
    {
        Id = id, Sender = sender, Text = text, Timestamp = Time.GetUtcNow(), TurnId = turnId,
    });
}

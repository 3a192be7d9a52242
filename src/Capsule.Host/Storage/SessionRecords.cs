using Capsule.Hosting.Sessions;

namespace Capsule.Hosting.Storage;

/// <summary>What is stored of a session.</summary>
internal sealed record SessionRecord
{
    public required string Id { get; init; }

    /// <summary>Whose it is, as known when they last wrote to it.</summary>
    public required UserInfo User { get; init; }

    public required string Channel { get; init; }

    /// <summary>The message handler's name; null for the default chat.</summary>
    public string? Chat { get; init; }

    public string? Title { get; init; }

    public bool Closed { get; init; }

    /// <summary>The last event's <c>seq</c>; 0 without any.</summary>
    public long Seq { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A part of a session that has been deleted.</summary>
/// <param name="Files">The files of which nothing is known any more: their contents can go.</param>
/// <param name="IsLast">Whether nothing is left of the session.</param>
internal sealed record DeletedPart(IReadOnlyList<string> Files, bool IsLast);

/// <summary>A user's message with the turn that will answer it.</summary>
internal sealed record NewTurn
{
    public required string SessionId { get; init; }

    public required string TurnId { get; init; }

    public required string MessageId { get; init; }

    /// <summary>Tells messages of the same id and other content apart.</summary>
    public required string ContentHash { get; init; }

    public required UserInfo User { get; init; }

    public required NewEvent Message { get; init; }

    public required NewEvent Queued { get; init; }

    /// <summary>How many turns may wait in the session.</summary>
    public required int QueueLength { get; init; }
}

/// <summary>What became of a message that was handed in.</summary>
internal enum AcceptOutcome
{
    /// <summary>It is stored.</summary>
    Accepted,

    /// <summary>The same message was stored before; nothing has changed.</summary>
    AlreadyAccepted,

    /// <summary>Another message has this id.</summary>
    IdTaken,

    /// <summary>The user has no such session.</summary>
    NoSession,

    /// <summary>The session is closed.</summary>
    Closed,

    /// <summary>Too many turns wait.</summary>
    QueueFull,
}

/// <summary>What became of a message that was handed in; turn and <c>seq</c> when it is stored, now or before.</summary>
internal sealed record Acceptance(AcceptOutcome Outcome, string TurnId = "", long Seq = 0)
{
    /// <summary>The turn, when it is stored now.</summary>
    public TurnRecord? Turn { get; init; }
}

/// <summary>What is stored of a turn.</summary>
/// <param name="Id">Its id.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="MessageId">The message that it answers.</param>
/// <param name="State">One of <see cref="TurnStates"/>.</param>
/// <param name="User">Who asked for it.</param>
/// <param name="Attempt">1, and one more for each time that its user had it run again.</param>
/// <param name="Crashes">How many processes have died while it ran.</param>
/// <param name="Suspended">Whether a process that stopped has left it on purpose.</param>
/// <param name="Chat">Its session's message handler; null for the default chat.</param>
internal sealed record TurnRecord(
    string Id, string SessionId, string MessageId, string State, UserInfo User, int Attempt, int Crashes, bool Suspended, string? Chat);

/// <summary>A wish to run a turn again.</summary>
internal sealed record TurnRetry
{
    public required string SessionId { get; init; }

    public required string TurnId { get; init; }

    public required UserInfo User { get; init; }

    public required NewEvent Queued { get; init; }

    /// <summary>How many turns may wait in the session.</summary>
    public required int QueueLength { get; init; }

    /// <summary>A turn with so many crashes does not run again.</summary>
    public required int MostCrashes { get; init; }
}

/// <summary>What became of a wish to run a turn again.</summary>
internal enum RetryOutcome
{
    /// <summary>It is queued.</summary>
    Queued,

    /// <summary>It was queued again before and has not ended since; nothing has changed.</summary>
    AlreadyQueued,

    /// <summary>There is no such turn, or it did not end in a way that can be tried again.</summary>
    NotEnded,

    /// <summary>Too many processes have died with it.</summary>
    GivenUp,

    /// <summary>The session is closed.</summary>
    Closed,

    /// <summary>Too many turns wait.</summary>
    QueueFull,
}

/// <summary>What became of a wish to run a turn again; the message and the place in the queue when it is queued, now or before.</summary>
internal sealed record Retried(RetryOutcome Outcome, string MessageId = "", long Seq = 0);

/// <summary>A turn that has begun.</summary>
/// <param name="Seq">Where it begins in the journal.</param>
/// <param name="Enters">Whether it is the session's first turn ever.</param>
/// <param name="Session">Its session.</param>
/// <param name="Message">The message that it answers.</param>
internal sealed record TurnStart(long Seq, bool Enters, SessionRecord Session, JournalEvent Message);

/// <summary>What a session brings along.</summary>
/// <param name="Messages">
/// The latest <c>message</c> events as the conversation took place (a user's message stands where its turn began; queued ones are left out), oldest first.
/// </param>
/// <param name="Data">Its values: JSON by name.</param>
internal sealed record SessionPast(IReadOnlyList<JournalEvent> Messages, IReadOnlyDictionary<string, string> Data);

/// <summary>How a turn ends: all of it is stored together or not at all.</summary>
internal sealed record TurnEnd
{
    public required string SessionId { get; init; }

    public required string TurnId { get; init; }

    /// <summary>A final one of <see cref="TurnStates"/>.</summary>
    public required string State { get; init; }

    /// <summary>Replies that were still growing.</summary>
    public IReadOnlyList<NewEvent> Messages { get; init; } = [];

    /// <summary>Prompts that nobody waits for any more; those answered meanwhile stay answered.</summary>
    public IReadOnlyList<PromptClosing> Prompts { get; init; } = [];

    public required NewEvent Ended { get; init; }

    /// <summary>Whether it ends because the process that ran it died.</summary>
    public bool Crashed { get; init; }

    /// <summary>The session's values that have changed; null for one that is gone.</summary>
    public IReadOnlyDictionary<string, string?> Data { get; init; } = new Dictionary<string, string?>();
}

/// <summary>What is stored of a prompt.</summary>
/// <param name="Id">The block's id.</param>
/// <param name="SessionId">Its session.</param>
/// <param name="TurnId">The turn that waits for the answer; null for a task.</param>
/// <param name="Block">The block's data as JSON.</param>
/// <param name="Open">Whether it can still be answered, apart from its deadline.</param>
/// <param name="ExpiresAt">Its deadline.</param>
/// <param name="Answer">What became of it, as JSON; null while it is open.</param>
internal sealed record PromptRecord(
    string Id, string SessionId, string? TurnId, string Block, bool Open, DateTimeOffset ExpiresAt, string? Answer = null);

/// <summary>Closes a prompt and shows why.</summary>
/// <param name="BlockId">The prompt.</param>
/// <param name="Block">How its card ends.</param>
/// <param name="Answer">What became of it, as JSON.</param>
/// <param name="Integration">What the answer has connected, stored with it; null for nothing.</param>
internal sealed record PromptClosing(string BlockId, NewEvent Block, string? Answer = null, IntegrationRecord? Integration = null);

/// <summary>A reply that was growing when the process ended.</summary>
/// <param name="SessionId">Its session.</param>
/// <param name="MessageId">Its id.</param>
/// <param name="TurnId">The turn that wrote it; null for a task.</param>
/// <param name="Text">As much as was stored.</param>
/// <param name="StartedAt">When it began.</param>
internal sealed record UnfinishedReply(string SessionId, string MessageId, string? TurnId, string Text, DateTimeOffset StartedAt);

/// <summary>What an earlier process has left behind.</summary>
internal sealed record Leftovers
{
    /// <summary>Turns that had begun.</summary>
    public required IReadOnlyList<TurnRecord> Turns { get; init; }

    public required IReadOnlyList<UnfinishedReply> Replies { get; init; }

    /// <summary>Open prompts.</summary>
    public required IReadOnlyList<PromptRecord> Prompts { get; init; }

    /// <summary>Sessions with queued turns or a farewell to run.</summary>
    public required IReadOnlyList<string> Sessions { get; init; }
}

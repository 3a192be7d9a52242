using Capsule.Hosting.Sessions;

namespace Capsule.Hosting.Storage.Sqlite;

/// <content>Journals.</content>
internal sealed partial class SqliteSessionStore
{
    private const string EventColumns = "seq, type, data, turn_id";

    public Task AppendAsync(string sessionId, NewEvent added, CancellationToken cancellationToken) =>
        AppendWithAsync<bool>(sessionId, _ => new(true, [added]), cancellationToken);

    public Task<IReadOnlyList<JournalEvent>> ReadEventsAsync(string sessionId, long after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<JournalEvent>>(database.Read(db => db.Query(
            $"SELECT {EventColumns} FROM events WHERE session_id = $1 AND seq > $2 ORDER BY seq LIMIT $3", ReadEvent, sessionId, after, limit)));

    private static List<JournalEvent> ReadMessages(SqliteSession db, string sessionId, long before, int limit)
    {
        var messages = db.Query(
            $"""
            SELECT {EventColumns} FROM events
            WHERE session_id = $1 AND position IS NOT NULL AND position < $2
            ORDER BY position DESC, seq DESC LIMIT $3
            """,
            ReadEvent,
            sessionId,
            before,
            limit);
        messages.Reverse();
        return messages;
    }

    /// <summary>Runs a write that also appends events, and tells of them once they are durable.</summary>
    private async Task<T> AppendWithAsync<T>(
        string sessionId, Func<SqliteSession, Addition<T>> write, CancellationToken cancellationToken)
    {
        var stored = await database.WriteAsync(
            db =>
            {
                var (result, added, last) = write(db);
                return (Result: result, Events: Append(db, sessionId, added, last));
            },
            stored =>
            {
                if (stored.Events.Count > 0)
                    Appended?.Invoke(sessionId, stored.Events);
            },
            cancellationToken);
        return stored.Result;
    }

    private List<JournalEvent> Append(SqliteSession db, string sessionId, IReadOnlyList<NewEvent> added, long? last)
    {
        var events = new List<JournalEvent>(added.Count);
        if (added.Count == 0)
            return events;
        var now = Now;
        var seq = last + 1 ?? NextSeq(db, sessionId);
        foreach (var entry in added)
            events.Add(Insert(db, sessionId, seq++, entry, now));
        return events;
    }

    private static JournalEvent Insert(SqliteSession db, string sessionId, long seq, NewEvent entry, long now)
    {
        var isMessage = entry.Type == EventTypes.Message;
        if (isMessage && !entry.Waits)
            FoldDeltas(db, sessionId, entry.MessageId!, seq);
        db.Execute(
            "INSERT INTO events (session_id, seq, type, data, message_id, turn_id, position, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            sessionId,
            seq,
            entry.Type,
            entry.Data,
            entry.MessageId,
            entry.TurnId,
            isMessage && !entry.Waits ? seq : null,
            now);
        if (entry.Effect is not null)
            EffectTable.Record(db, entry.Effect);
        foreach (var file in entry.FileIds)
            AddFile(db, sessionId, file);
        return new JournalEvent(seq, entry.Type, entry.Data, entry.TurnId);
    }

    /// <summary>
    /// A message takes the place of its deltas. The first one stays where other events came after it: a reply stands where it began, also for those who
    /// read later.
    /// </summary>
    private static void FoldDeltas(SqliteSession db, string sessionId, string messageId, long messageSeq)
    {
        var (first, count) = db.QueryFirst(
            "SELECT COALESCE(MIN(seq), 0), COUNT(*) FROM events WHERE session_id = $1 AND message_id = $2 AND type = 'delta'",
            row => (row.GetInt64(0), row.GetInt64(1)),
            sessionId,
            messageId);
        if (count == 0)
            return;
        if (first + count < messageSeq)
            db.Execute("UPDATE events SET message_id = NULL WHERE session_id = $1 AND seq = $2", sessionId, first);
        db.Execute("DELETE FROM events WHERE session_id = $1 AND message_id = $2 AND type = 'delta'", sessionId, messageId);
    }

    private static void MoveMessage(SqliteSession db, string sessionId, string messageId, long? position) =>
        db.Execute(
            "UPDATE events SET position = $3 WHERE session_id = $1 AND message_id = $2 AND type = 'message'", sessionId, messageId, position);

    /// <summary>What a turn has said in earlier attempts is no part of the conversation any more.</summary>
    private static void LeaveConversation(SqliteSession db, TurnRecord turn) =>
        db.Execute(
            "UPDATE events SET position = NULL WHERE session_id = $1 AND turn_id = $2 AND position IS NOT NULL AND message_id <> $3",
            turn.SessionId,
            turn.Id,
            turn.MessageId);

    /// <summary>The <c>seq</c> that the next event of a session will have.</summary>
    /// <exception cref="StorageException">There is no such session.</exception>
    private static long NextSeq(SqliteSession db, string sessionId) =>
        1 + (db.QueryFirst($"SELECT {LastSeq} FROM sessions WHERE id = $1", row => (long?)row.GetInt64(0), sessionId) ?? throw NoSession(sessionId));

    private static JournalEvent ReadEvent(SqliteRow row) => new(row.GetInt64(0), row.GetString(1), row.GetString(2), row.GetText(3));

    /// <summary>What a write gives back, and what it adds to its session's journal.</summary>
    /// <param name="Result">For the caller.</param>
    /// <param name="Events">In this order.</param>
    /// <param name="Last">The <c>seq</c> of the session's last event, where the write knows it.</param>
    private readonly record struct Addition<T>(T Result, IReadOnlyList<NewEvent> Events, long? Last = null);
}

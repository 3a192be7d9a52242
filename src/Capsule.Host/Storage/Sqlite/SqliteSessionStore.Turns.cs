using Capsule.Hosting.Sessions;

namespace Capsule.Hosting.Storage.Sqlite;

/// <content>Turns.</content>
internal sealed partial class SqliteSessionStore
{
    private const string TurnQuery =
        """
        SELECT turns.id, session_id, message_id, state, attempt, crashes, suspended, chat, user_id, turns.email, turns.org_id
        FROM turns JOIN sessions ON sessions.id = session_id
        """;

    /// <summary>A session that is being deleted has nothing any more that could be finished.</summary>
    private const string OfASession = "session_id IN (SELECT id FROM sessions)";

    public Task<Acceptance> AcceptAsync(NewTurn turn, CancellationToken cancellationToken) =>
        AppendWithAsync(turn.SessionId, db => Accept(db, turn), cancellationToken);

    public Task<TurnRecord?> FindNextTurnAsync(string sessionId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(db => NextTurn(db, sessionId)));

    public Task<TurnRecord?> FindActiveTurnAsync(string sessionId, CancellationToken cancellationToken) =>
        Task.FromResult(database.ReadTogether(db =>
            db.QueryFirst($"{TurnQuery} WHERE session_id = $1 AND state = 'started'", ReadTurn, sessionId) ?? NextTurn(db, sessionId)));

    public Task<TurnStart?> BeginTurnAsync(TurnRecord turn, NewEvent started, CancellationToken cancellationToken) =>
        AppendWithAsync<TurnStart?>(
            turn.SessionId,
            db =>
            {
                if (NextTurn(db, turn.SessionId) is not { } next || next.Id != turn.Id || next.Attempt != turn.Attempt)
                    return new(null, []);
                var seq = NextSeq(db, turn.SessionId);
                db.Execute("UPDATE turns SET state = 'started', start = $2, enters = 0 WHERE id = $1", turn.Id, seq);
                if (turn.Attempt > 1)
                    LeaveConversation(db, turn);
                MoveMessage(db, turn.SessionId, turn.MessageId, seq);
                var enters = db.Execute("UPDATE sessions SET entered = 1 WHERE id = $1 AND entered = 0", turn.SessionId) == 1;
                if (enters)
                    db.Execute("UPDATE turns SET enters = 1 WHERE id = $1", turn.Id);
                return new(Start(db, turn, seq, enters), [started], seq - 1);
            },
            cancellationToken);

    public Task<TurnRecord?> EndTurnAsync(TurnEnd end, CancellationToken cancellationToken) =>
        AppendWithAsync<TurnRecord?>(
            end.SessionId,
            db =>
            {
                if (db.Execute(
                    "UPDATE turns SET state = $2, crashes = crashes + $3 WHERE id = $1 AND state = 'started'", end.TurnId, end.State, end.Crashed ? 1 : 0) == 0)
                {
                    return new(NextTurn(db, end.SessionId), []);
                }
                CloseTurnLog(db, end.TurnId);
                SaveData(db, end.SessionId, end.Data);
                var closed = end.Prompts.Where(prompt => ClosePrompt(db, end.SessionId, prompt, null)).Select(prompt => prompt.Block);
                return new(NextTurn(db, end.SessionId), [.. end.Messages, .. closed, end.Ended]);
            },
            cancellationToken);

    public Task<bool> CancelQueuedTurnAsync(string sessionId, string turnId, NewEvent cancelled, CancellationToken cancellationToken) =>
        AppendWithAsync<bool>(
            sessionId,
            db => IsQueued(db, sessionId, turnId) ? new(true, [CancelQueued(db, sessionId, turnId, cancelled)]) : new(false, []),
            cancellationToken);

    public Task<Retried> RetryTurnAsync(TurnRetry retry, CancellationToken cancellationToken) =>
        AppendWithAsync(retry.SessionId, db => Retry(db, retry), cancellationToken);

    public Task<Leftovers> FindLeftoversAsync(CancellationToken cancellationToken) => Task.FromResult(database.Read(db => new Leftovers
    {
        Turns = db.Query($"{TurnQuery} WHERE state = 'started'", ReadTurn),
        Replies = UnfinishedReplies(db),
        Prompts = db.Query($"SELECT {PromptColumns} FROM prompts WHERE open = 1 AND {OfASession}", ReadPrompt),
        Sessions = db.Query(
            """
            SELECT session_id FROM turns WHERE state = 'queued'
            UNION SELECT id FROM sessions WHERE closed = 1 AND exited = 0
            """,
            row => row.GetString(0)),
    }));

    private static Addition<Acceptance> Accept(SqliteSession db, NewTurn turn)
    {
        // The busiest write of all: one query tells everything that it depends on.
        var (isOwn, isSame, closed, last, isTaken, waiting, chat) = db.QueryFirst(
            $"""
            SELECT user_id = $3, email IS $4 AND org_id IS $5, closed, {LastSeq},
                EXISTS (SELECT 1 FROM events WHERE session_id = $1 AND message_id = $2 AND type = 'message')
                    OR EXISTS (SELECT 1 FROM events WHERE session_id = $1 AND message_id = $2 AND type = 'delta'),
                (SELECT COUNT(*) FROM turns WHERE session_id = $1 AND state = 'queued'),
                chat
            FROM sessions WHERE id = $1
            """,
            row => (
                IsOwn: row.GetBoolean(0),
                IsSame: row.GetBoolean(1),
                Closed: row.GetBoolean(2),
                Seq: row.GetInt64(3),
                IsTaken: row.GetBoolean(4),
                Waiting: row.GetInt32(5),
                Chat: row.GetText(6)),
            turn.SessionId,
            turn.MessageId,
            turn.User.Id,
            turn.User.Email,
            turn.User.OrgId);
        if (!isOwn)
            return new(new Acceptance(AcceptOutcome.NoSession), []);
        if (isTaken)
            return new(FindAccepted(db, turn), []);
        if (closed)
            return new(new Acceptance(AcceptOutcome.Closed), []);
        if (waiting >= turn.QueueLength)
            return new(new Acceptance(AcceptOutcome.QueueFull), []);

        db.Execute(
            "INSERT INTO turns (id, session_id, message_id, content_hash, seq, state, email, org_id) VALUES ($1, $2, $3, $4, $5, 'queued', $6, $7)",
            turn.TurnId,
            turn.SessionId,
            turn.MessageId,
            turn.ContentHash,
            last + 1,
            turn.User.Email,
            turn.User.OrgId);
        if (!isSame)
            db.Execute("UPDATE sessions SET email = $2, org_id = $3 WHERE id = $1", turn.SessionId, turn.User.Email, turn.User.OrgId);
        var queued = new TurnRecord(
            turn.TurnId, turn.SessionId, turn.MessageId, TurnStates.Queued, turn.User, Attempt: 1, Crashes: 0, Suspended: false, chat);
        return new(new Acceptance(AcceptOutcome.Accepted, turn.TurnId, last + 1) { Turn = queued }, [turn.Message, turn.Queued], last);
    }

    /// <summary>What became of a message whose id is taken: it is the same one, or the id is another message's, be it an app's reply that still grows.</summary>
    private static Acceptance FindAccepted(SqliteSession db, NewTurn turn)
    {
        var earlier = db.QueryFirst(
            """
            SELECT turns.id, content_hash, events.seq FROM events
            JOIN turns ON turns.id = events.turn_id AND turns.message_id = events.message_id
            WHERE events.session_id = $1 AND events.message_id = $2 AND type = 'message'
            """,
            row => (TurnId: row.GetString(0), Hash: row.GetString(1), Seq: row.GetInt64(2)),
            turn.SessionId,
            turn.MessageId);
        return earlier.TurnId is not null && earlier.Hash == turn.ContentHash
            ? new Acceptance(AcceptOutcome.AlreadyAccepted, earlier.TurnId, earlier.Seq)
            : new Acceptance(AcceptOutcome.IdTaken);
    }

    private static Addition<Retried> Retry(SqliteSession db, TurnRetry retry)
    {
        var turn = db.QueryFirst(
            "SELECT state, attempt, crashes, message_id, seq FROM turns WHERE id = $1 AND session_id = $2",
            row => (State: row.GetString(0), Attempt: row.GetInt32(1), Crashes: row.GetInt32(2), MessageId: row.GetString(3), Seq: row.GetInt64(4)),
            retry.TurnId,
            retry.SessionId);
        if (turn.State is TurnStates.Queued or TurnStates.Started && turn.Attempt > 1)
            return new(new Retried(RetryOutcome.AlreadyQueued, turn.MessageId, turn.Seq), []);
        if (turn.State is not (TurnStates.Interrupted or TurnStates.Failed))
            return new(new Retried(RetryOutcome.NotEnded), []);
        if (turn.Crashes >= retry.MostCrashes)
            return new(new Retried(RetryOutcome.GivenUp), []);
        if (IsClosed(db, retry.SessionId))
            return new(new Retried(RetryOutcome.Closed), []);
        if (CountQueued(db, retry.SessionId) >= retry.QueueLength)
            return new(new Retried(RetryOutcome.QueueFull), []);

        var seq = NextSeq(db, retry.SessionId);
        db.Execute(
            "UPDATE turns SET state = 'queued', attempt = attempt + 1, seq = $2, email = $3, org_id = $4 WHERE id = $1",
            retry.TurnId,
            seq,
            retry.User.Email,
            retry.User.OrgId);
        return new(new Retried(RetryOutcome.Queued, turn.MessageId, seq), [retry.Queued], seq - 1);
    }

    private static bool IsClosed(SqliteSession db, string sessionId) =>
        db.QueryFirst("SELECT closed FROM sessions WHERE id = $1", row => row.GetBoolean(0), sessionId);

    private static int CountQueued(SqliteSession db, string sessionId) =>
        db.QueryFirst("SELECT COUNT(*) FROM turns WHERE session_id = $1 AND state = 'queued'", row => row.GetInt32(0), sessionId);

    private static TurnRecord? NextTurn(SqliteSession db, string sessionId) =>
        db.QueryFirst($"{TurnQuery} WHERE session_id = $1 AND state = 'queued' ORDER BY turns.seq LIMIT 1", ReadTurn, sessionId);

    private static TurnStart Start(SqliteSession db, TurnRecord turn, long seq, bool enters)
    {
        var message = db.QueryFirst(
            $"SELECT {EventColumns} FROM events WHERE session_id = $1 AND message_id = $2 AND type = 'message'", ReadEvent, turn.SessionId, turn.MessageId);
        return new TurnStart(seq, enters, Find(db, turn.SessionId)!, message!);
    }

    private static bool IsQueued(SqliteSession db, string sessionId, string turnId) =>
        db.QueryFirst("SELECT 1 FROM turns WHERE id = $1 AND session_id = $2 AND state = 'queued'", row => row.GetBoolean(0), turnId, sessionId);

    private static NewEvent CancelQueued(SqliteSession db, string sessionId, string turnId, NewEvent cancelled)
    {
        var (messageId, attempt) = db.QueryFirst(
            "UPDATE turns SET state = 'cancelled' WHERE id = $1 RETURNING message_id, attempt", row => (row.GetString(0), row.GetInt32(1)), turnId);
        // One that waited to run again has its place in the conversation already.
        if (attempt == 1)
            MoveMessage(db, sessionId, messageId, NextSeq(db, sessionId));
        return cancelled;
    }

    private static List<UnfinishedReply> UnfinishedReplies(SqliteSession db, string? sessionId = null) =>
    [
        .. db.Query(
                $"""
                SELECT session_id, message_id, turn_id, data, at FROM events
                WHERE type = 'delta' AND message_id IS NOT NULL AND {(sessionId is null ? OfASession : "session_id = $1")}
                ORDER BY session_id, message_id, seq
                """,
                row => (Session: row.GetString(0), Message: row.GetString(1), Turn: row.GetText(2), Text: Events.ReadDelta(row.GetString(3)), At: Time(row, 4)),
                sessionId is null ? [] : [sessionId])
            .GroupBy(delta => (delta.Session, delta.Message))
            .Select(deltas => new UnfinishedReply(
                deltas.Key.Session, deltas.Key.Message, deltas.First().Turn, string.Concat(deltas.Select(delta => delta.Text)), deltas.First().At)),
    ];

    private static TurnRecord ReadTurn(SqliteRow row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), ReadUser(row, 8), row.GetInt32(4), row.GetInt32(5), row.GetBoolean(6), row.GetText(7));
}

using Capsule.Hosting.Sessions;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>Sessions in SQLite.</summary>
internal sealed partial class SqliteSessionStore(SqliteDatabase database, TimeProvider time) : ISessionStore
{
    // A session's number and time are its last event's: a column of its own would be one page more to write for each event.
    private const string LastSeq = "COALESCE((SELECT MAX(seq) FROM events WHERE session_id = sessions.id), 0)";
    private const string LastTime = "COALESCE((SELECT at FROM events WHERE session_id = sessions.id ORDER BY seq DESC LIMIT 1), created_at)";
    private const string SessionColumns = $"id, user_id, email, org_id, channel, chat, title, closed, {LastSeq}, created_at, {LastTime}";

    public event Action<string, IReadOnlyList<JournalEvent>>? Appended;

    public Task TouchAsync(CancellationToken cancellationToken) => database.TouchAsync(cancellationToken);

    public Task CreateAsync(SessionRecord session, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => db.Execute(
                $"""
                INSERT INTO sessions (id, user_id, email, org_id, channel, chat, title, created_at)
                VALUES ($1, {SqliteGuestStore.OwnerId("$2")}, $3, $4, $5, $6, $7, $8)
                """,
                session.Id,
                session.User.Id,
                session.User.Email,
                session.User.OrgId,
                session.Channel,
                session.Chat,
                session.Title,
                session.CreatedAt.ToUnixTimeMilliseconds()),
            cancellationToken: cancellationToken);

    public Task<SessionRecord?> FindAsync(string sessionId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(db => Find(db, sessionId)));

    public Task<IReadOnlyList<SessionRecord>?> ListAsync(string userId, int limit, string? before, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(IReadOnlyList<SessionRecord>? (db) =>
        {
            var end = long.MaxValue;
            if (before is not null)
                end = db.QueryFirst("SELECT number FROM sessions WHERE id = $1 AND user_id = $2", row => row.GetInt64(0), before, userId);
            return end == 0
                ? null
                : db.Query(
                    $"SELECT {SessionColumns} FROM sessions WHERE user_id = $1 AND number < $2 ORDER BY number DESC LIMIT $3",
                    ReadSession,
                    userId,
                    end,
                    limit);
        }));

    public Task SetTitleAsync(string sessionId, string title, NewEvent changed, CancellationToken cancellationToken) =>
        AppendWithAsync<bool>(
            sessionId,
            db =>
            {
                db.Execute("UPDATE sessions SET title = $2 WHERE id = $1", sessionId, title);
                return new(true, [changed]);
            },
            cancellationToken);

    public Task<bool> CloseAsync(string sessionId, NewEvent closed, Func<string, NewEvent> cancelled, CancellationToken cancellationToken) =>
        AppendWithAsync<bool>(
            sessionId,
            db =>
            {
                if (db.Execute("UPDATE sessions SET closed = 1, closed_at = $2 WHERE id = $1 AND closed = 0", sessionId, Now) == 0)
                    return new(false, []);
                var queued = db.Query(
                    "SELECT id FROM turns WHERE session_id = $1 AND state = 'queued' ORDER BY seq",
                    row => row.GetString(0),
                    sessionId);
                var events = new List<NewEvent>();
                foreach (var turnId in queued)
                    events.Add(CancelQueued(db, sessionId, turnId, cancelled(turnId)));
                events.Add(closed);
                return new(true, events);
            },
            cancellationToken);

    public Task<IReadOnlyList<string>> ListClosedAsync(DateTimeOffset closedBefore, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(db => db.Query(
            "SELECT id FROM sessions WHERE closed_at < $1 AND exited = 1 ORDER BY closed_at LIMIT $2",
            row => row.GetString(0),
            closedBefore.ToUnixTimeMilliseconds(),
            limit)));

    public Task AddFileAsync(string sessionId, string fileId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                Require(db, sessionId);
                AddFile(db, sessionId, fileId);
            },
            cancellationToken);

    public Task<SessionPast> ReadPastAsync(string sessionId, long before, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(database.ReadTogether(db => new SessionPast(ReadMessages(db, sessionId, before, limit), ReadData(db, sessionId))));

    public Task SaveDataAsync(string sessionId, IReadOnlyDictionary<string, string?> changes, Effect? effect, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                Require(db, sessionId);
                SaveData(db, sessionId, changes);
                if (effect is not null)
                    EffectTable.Record(db, effect);
            },
            cancellationToken);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static SessionRecord? Find(SqliteSession db, string sessionId) =>
        db.QueryFirst($"SELECT {SessionColumns} FROM sessions WHERE id = $1", ReadSession, sessionId);

    private static Dictionary<string, string> ReadData(SqliteSession db, string sessionId) =>
        db.Query("SELECT name, json FROM session_data WHERE session_id = $1", row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), sessionId)
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>What is stored for a session that is gone would stay for ever.</summary>
    /// <exception cref="StorageException">There is no such session.</exception>
    private static void Require(SqliteSession db, string sessionId)
    {
        if (!db.QueryFirst("SELECT 1 FROM sessions WHERE id = $1", row => row.GetBoolean(0), sessionId))
            throw NoSession(sessionId);
    }

    private static StorageException NoSession(string sessionId) => new($"There is no session '{sessionId}'.");

    /// <exception cref="StorageException">There is no such file, or not any more.</exception>
    private static void AddFile(SqliteSession db, string sessionId, string fileId)
    {
        if (!db.QueryFirst("SELECT 1 FROM files WHERE id = $1", row => row.GetBoolean(0), fileId))
            throw new StorageException($"There is no file '{fileId}'.");
        db.Execute("INSERT OR IGNORE INTO session_files (session_id, file_id) VALUES ($1, $2)", sessionId, fileId);
    }

    private static void SaveData(SqliteSession db, string sessionId, IReadOnlyDictionary<string, string?> changes)
    {
        foreach (var (name, json) in changes)
        {
            if (json is null)
                db.Execute("DELETE FROM session_data WHERE session_id = $1 AND name = $2", sessionId, name);
            else
                db.Execute("INSERT OR REPLACE INTO session_data (session_id, name, json) VALUES ($1, $2, $3)", sessionId, name, json);
        }
    }

    private static SessionRecord ReadSession(SqliteRow row) => new()
    {
        Id = row.GetString(0),
        User = ReadUser(row, 1),
        Channel = row.GetString(4),
        Chat = row.GetText(5),
        Title = row.GetText(6),
        Closed = row.GetBoolean(7),
        Seq = row.GetInt64(8),
        CreatedAt = Time(row, 9),
        UpdatedAt = Time(row, 10),
    };

    /// <summary>A user from three columns: id, e-mail address, organisation.</summary>
    private static UserInfo ReadUser(SqliteRow row, int first) =>
        new() { Id = row.GetString(first), Email = row.GetText(first + 1), OrgId = row.GetText(first + 2) };

    private static DateTimeOffset Time(SqliteRow row, int column) => DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));
}

namespace Capsule.Hosting.Storage.Sqlite;

/// <content>Farewells, and the deletion of what is past.</content>
internal sealed partial class SqliteSessionStore
{
    /// <summary>What else is kept of a session: a table, and the column that tells a session's rows in it apart.</summary>
    private static readonly (string Table, string Key)[] belongings = [("prompts", "id"), ("session_data", "name"), ("tasks", "id")];

    public Task<int> BeginExitAsync(string sessionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => db.QueryFirst(
                "UPDATE sessions SET farewells = farewells + 1 WHERE id = $1 AND closed = 1 AND exited = 0 RETURNING farewells",
                row => row.GetInt32(0),
                sessionId),
            cancellationToken: cancellationToken);

    public Task EndExitAsync(string sessionId, bool interrupted, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => db.Execute(
                interrupted
                    ? "UPDATE sessions SET farewells = farewells - 1 WHERE id = $1"
                    : "UPDATE sessions SET exited = 1 WHERE id = $1",
                sessionId),
            cancellationToken: cancellationToken);

    public Task<bool> MarkDeletedAsync(string sessionId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (db.Execute("DELETE FROM sessions WHERE id = $1 AND closed = 1", sessionId) == 0)
                    return false;
                db.Execute("INSERT INTO deleted_sessions (id) VALUES ($1)", sessionId);
                return true;
            },
            cancellationToken: cancellationToken);

    public Task<IReadOnlyList<string>> ListMarkedAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(database.Read(db => db.Query("SELECT id FROM deleted_sessions", row => row.GetString(0))));

    public Task<DeletedPart> DeletePartAsync(string sessionId, int limit, CancellationToken cancellationToken) =>
        database.WriteAsync(db => DeletePart(db, sessionId, limit), cancellationToken: cancellationToken);

    private static DeletedPart DeletePart(SqliteSession db, string sessionId, int limit)
    {
        if (!db.QueryFirst("SELECT 1 FROM deleted_sessions WHERE id = $1", row => row.GetBoolean(0), sessionId))
            return new DeletedPart([], IsLast: true);
        var (found, files) = DeleteFiles(db, sessionId, limit);
        var left = limit - found;
        left -= DeleteEvents(db, sessionId, left);
        foreach (var (table, key) in belongings)
            left -= db.Execute($"DELETE FROM {table} WHERE session_id = $1 AND {key} IN (SELECT {key} FROM {table} WHERE session_id = $1 LIMIT $2)", sessionId, left);
        if (left == 0)
            return new DeletedPart(files, IsLast: false);
        db.Execute("DELETE FROM deleted_sessions WHERE id = $1", sessionId);
        return new DeletedPart(files, IsLast: true);
    }

    /// <summary>Deletes a session's first events, and the turns that they name.</summary>
    private static int DeleteEvents(SqliteSession db, string sessionId, int limit)
    {
        const string first = "FROM events WHERE session_id = $1 ORDER BY seq LIMIT $2";
        var turns = db.Query($"SELECT DISTINCT turn_id FROM (SELECT turn_id {first}) WHERE turn_id IS NOT NULL", row => row.GetString(0), sessionId, limit);
        foreach (var turn in turns)
        {
            db.Execute("DELETE FROM effects WHERE turn_id = $1", turn);
            db.Execute("DELETE FROM turn_data WHERE turn_id = $1", turn);
            db.Execute("DELETE FROM turns WHERE id = $1", turn);
        }
        return db.Execute($"DELETE FROM events WHERE session_id = $1 AND seq IN (SELECT seq {first})", sessionId, limit);
    }

    /// <summary>Takes files from a session, and forgets those that belong to no other one.</summary>
    private static (int Found, List<string> Forgotten) DeleteFiles(SqliteSession db, string sessionId, int limit)
    {
        var files = db.Query("SELECT file_id FROM session_files WHERE session_id = $1 LIMIT $2", row => row.GetString(0), sessionId, limit);
        var forgotten = new List<string>();
        foreach (var file in files)
        {
            db.Execute("DELETE FROM session_files WHERE session_id = $1 AND file_id = $2", sessionId, file);
            if (db.Execute("DELETE FROM files WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM session_files WHERE file_id = $1)", file) == 1)
                forgotten.Add(file);
        }
        return (files.Count, forgotten);
    }
}

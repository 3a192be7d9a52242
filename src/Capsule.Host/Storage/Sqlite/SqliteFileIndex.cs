namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>What is known of files, as rows of <c>capsule.db</c>.</summary>
internal sealed class SqliteFileIndex(SqliteDatabase database) : IFileIndex
{
    public const string Schema = """
        CREATE TABLE files (
            id TEXT PRIMARY KEY,
            owner_user_id TEXT NOT NULL,
            name TEXT NOT NULL,
            content_type TEXT NOT NULL,
            size INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX files_owner ON files (owner_user_id);
        """;

    private const string IsUnused = "NOT EXISTS (SELECT 1 FROM session_files WHERE file_id = files.id)";

    public Task AddAsync(StoredFile file, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session => session.Execute(
                $"INSERT INTO files (id, owner_user_id, name, content_type, size, created_at) VALUES ($1, {SqliteGuestStore.OwnerId("$2")}, $3, $4, $5, $6)",
                file.Id,
                file.OwnerUserId,
                file.Name,
                file.ContentType,
                file.Size,
                file.CreatedAt.ToUnixTimeMilliseconds()),
            cancellationToken: cancellationToken);

    public Task<StoredFile?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.QueryFirst(
            "SELECT id, owner_user_id, name, content_type, size, created_at FROM files WHERE id = $1", Read, id)));

    public Task<int> CountUnusedAsync(string ownerUserId, int most, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.QueryFirst(
            $"SELECT count(*) FROM (SELECT 1 FROM files WHERE owner_user_id = $1 AND {IsUnused} ORDER BY rowid DESC LIMIT $2)",
            row => row.GetInt32(0),
            ownerUserId,
            most)));

    public async Task<IReadOnlyList<string>> ForgetUnusedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken)
    {
        // What may take long is read beside the writer; each file is looked at again there.
        var found = database.Read(session => session.Query(
            $"SELECT id FROM files WHERE created_at < $1 AND {IsUnused} LIMIT $2", row => row.GetString(0), before.ToUnixTimeMilliseconds(), limit));
        return found.Count == 0
            ? found
            : await database.WriteAsync(
                session => found.Where(id => session.Execute($"DELETE FROM files WHERE id = $1 AND {IsUnused}", id) == 1).ToList(),
                cancellationToken: cancellationToken);
    }

    private static StoredFile Read(SqliteRow row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
}

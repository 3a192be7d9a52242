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

    private static StoredFile Read(SqliteRow row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));
}

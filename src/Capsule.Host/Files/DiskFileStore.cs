using System.Buffers;
using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Capsule.Hosting;

/// <summary>
/// Contents in the data directory, one file each under its random id; descriptions in the database. A content counts once its description is
/// committed, and is on the disk before that.
/// </summary>
internal sealed class DiskFileStore(SqliteDatabase database, DataDirectory directory, TimeProvider clock) : IFileStore
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

    public async Task<StoredFile> SaveAsync(
        string ownerUserId, string name, string contentType, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var id = Ids.New("fil_");
        var path = PathOf(id);
        try
        {
            var size = await WriteAsync(path, content, maxBytes, cancellationToken);
            var now = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
            var file = new StoredFile(id, ownerUserId, FileNames.MakeSafe(name), contentType, size, now);
            await database.WriteAsync(session => Insert(session, file), cancellationToken);
            return file;
        }
        catch
        {
            DeleteQuietly(path);
            throw;
        }
    }

    public Task<StoredFile?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(session => session.QueryFirst(
            "SELECT id, owner_user_id, name, content_type, size, created_at FROM files WHERE id = $1", Read, id)));

    public async Task<Stream> OpenReadAsync(string id, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, cancellationToken) is null)
            throw new FileNotFoundException("There is no such file.", id);
        return new FileStream(PathOf(id), FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, useAsync: true);
    }

    private static async Task<long> WriteAsync(string path, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(81920);
        var reading = false;
        try
        {
            await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1, useAsync: true);
            for (long size = 0; ;)
            {
                reading = true;
                var read = await content.ReadAsync(buffer, cancellationToken);
                reading = false;
                if (read == 0)
                {
                    file.Flush(flushToDisk: true);
                    return size;
                }
                size += read;
                if (size > maxBytes)
                    throw new FileTooLargeException(maxBytes);
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        catch (Exception exception) when (!reading && exception is (IOException or UnauthorizedAccessException))
        {
            throw new StorageException("A file can't be written.", exception);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>What can't be deleted now is deleted at the next start.</summary>
    private static void DeleteQuietly(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    private static void Insert(SqliteSession session, StoredFile file) =>
        session.Execute(
            $"INSERT INTO files (id, owner_user_id, name, content_type, size, created_at) VALUES ($1, {SqliteGuestStore.OwnerId("$2")}, $3, $4, $5, $6)",
            file.Id,
            file.OwnerUserId,
            file.Name,
            file.ContentType,
            file.Size,
            file.CreatedAt.ToUnixTimeMilliseconds());

    private static StoredFile Read(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetInt64(4), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(5)));

    private string PathOf(string id) => Path.Combine(directory.Files, id);
}

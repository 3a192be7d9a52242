using System.Buffers;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting;

/// <summary>
/// Contents in the data directory, one file each under its random id; what is known of them in the index. A content counts once the index has it, and
/// is on the disk with its name before that.
/// </summary>
internal sealed class DiskFileStore(IFileIndex index, DataDirectory directory, CapsuleAddresses addresses, TimeProvider clock) : IFileStore
{
    private const int Batch = 100;

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
            await addresses.KnownAsync(cancellationToken);
            await index.AddAsync(file, cancellationToken);
            return WithUrl(file);
        }
        catch
        {
            DeleteQuietly(path);
            throw;
        }
    }

    public async Task<StoredFile?> FindAsync(string id, CancellationToken cancellationToken) =>
        await index.FindAsync(id, cancellationToken) is { } file ? WithUrl(file) : null;

    public void DeleteContent(string id) => DeleteQuietly(PathOf(id));

    public async Task<int> DeleteUnusedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var deleted = 0;
        while (await index.ForgetUnusedAsync(before, Batch, cancellationToken) is { Count: > 0 } forgotten)
        {
            foreach (var id in forgotten)
                DeleteContent(id);
            deleted += forgotten.Count;
        }
        return deleted;
    }

    public Task<int> CountUnusedAsync(string ownerUserId, int most, CancellationToken cancellationToken) =>
        index.CountUnusedAsync(ownerUserId, most, cancellationToken);

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
                    DirectorySync.Flush(Path.GetDirectoryName(path)!);
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

    private StoredFile WithUrl(StoredFile file) => file with { Url = addresses.File(file.Id) };

    private string PathOf(string id) => Path.Combine(directory.Files, id);
}

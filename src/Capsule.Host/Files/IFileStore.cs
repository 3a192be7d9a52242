namespace Capsule.Hosting;

/// <summary>A stored file of a user.</summary>
internal sealed record StoredFile(string Id, string OwnerUserId, string Name, string ContentType, long Size, DateTimeOffset CreatedAt)
{
    /// <summary>Where its owner can download it; the store knows.</summary>
    public string Url { get; init; } = "";
}

/// <summary>Keeps the files that users send and handlers publish.</summary>
internal interface IFileStore
{
    /// <summary>Stores a file durably; its name is made safe.</summary>
    /// <exception cref="FileTooLargeException">It has more than <paramref name="maxBytes"/> bytes; nothing is kept.</exception>
    Task<StoredFile> SaveAsync(
        string ownerUserId, string name, string contentType, Stream content, long maxBytes, CancellationToken cancellationToken);

    /// <summary>What is known of a file; null when there is none.</summary>
    Task<StoredFile?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>Deletes the content of a file of which nothing is known any more. What can't be deleted now is deleted after the next start.</summary>
    void DeleteContent(string id);

    /// <summary>Deletes the files that were stored before a time and that no session has, and returns how many there were.</summary>
    Task<int> DeleteUnusedAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>How many files a user has that no session has; it does not count further than <paramref name="most"/>.</summary>
    Task<int> CountUnusedAsync(string ownerUserId, int most, CancellationToken cancellationToken);

    /// <summary>Opens a file's content.</summary>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    Task<Stream> OpenReadAsync(string id, CancellationToken cancellationToken);
}

/// <summary>A file is larger than allowed.</summary>
internal sealed class FileTooLargeException(long maxBytes) : Exception($"The file has more than {maxBytes} bytes.")
{
    public long MaxBytes { get; } = maxBytes;
}

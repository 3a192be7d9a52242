namespace Capsule.Hosting.Storage;

/// <summary>Keeps what is known of files. Their contents lie elsewhere, and are there before the index says so.</summary>
internal interface IFileIndex
{
    /// <summary>Adds a file; it is its owner's, or that user's whom a guest has turned out to be.</summary>
    Task AddAsync(StoredFile file, CancellationToken cancellationToken);

    /// <summary>What is known of a file; null when there is none.</summary>
    Task<StoredFile?> FindAsync(string id, CancellationToken cancellationToken);
}

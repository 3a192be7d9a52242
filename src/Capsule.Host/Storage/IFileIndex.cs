namespace Capsule.Hosting.Storage;

/// <summary>Keeps what is known of files. Their contents lie elsewhere, and are there before the index says so.</summary>
internal interface IFileIndex
{
    /// <summary>Adds a file; it is its owner's, or that user's whom a guest has turned out to be.</summary>
    Task AddAsync(StoredFile file, CancellationToken cancellationToken);

    /// <summary>What is known of a file; null when there is none.</summary>
    Task<StoredFile?> FindAsync(string id, CancellationToken cancellationToken);

    /// <summary>How many files a user has that no session has; it does not count further than <paramref name="most"/>.</summary>
    Task<int> CountUnusedAsync(string ownerUserId, int most, CancellationToken cancellationToken);

    /// <summary>Forgets files that were added before a time and that no session has, and returns their ids: some of them, none when there are none.</summary>
    Task<IReadOnlyList<string>> ForgetUnusedAsync(DateTimeOffset before, int limit, CancellationToken cancellationToken);
}

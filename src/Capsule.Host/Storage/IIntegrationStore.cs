namespace Capsule.Hosting.Storage;

/// <summary>Keeps what users have connected, as opaque text.</summary>
internal interface IIntegrationStore
{
    /// <summary>All of a user's, in the order of their names.</summary>
    IReadOnlyList<IntegrationRecord> Read(string userId);

    /// <summary>
    /// Stores one in place of the one before, and returns its user. Where that is a guest who has signed in meanwhile, nothing is stored, and the user is returned
    /// whom the guest has turned out to be: credentials are encrypted for one user alone.
    /// </summary>
    Task<string> SaveAsync(IntegrationRecord record, CancellationToken cancellationToken);

    /// <summary>False when there was none.</summary>
    Task<bool> DeleteAsync(string userId, string name, CancellationToken cancellationToken);
}

/// <summary>What is stored of a connected integration.</summary>
/// <param name="UserId">Who has connected it.</param>
/// <param name="Name">The integration.</param>
/// <param name="Secret">The credentials, encrypted.</param>
/// <param name="ConnectedAt">When.</param>
internal sealed record IntegrationRecord(string UserId, string Name, string Secret, DateTimeOffset ConnectedAt);

using Capsule.Conformance.Support;

namespace Capsule.Conformance;

/// <summary>What the suite's classes share: a fresh storage for each test, and a clock that stands until it is moved.</summary>
public abstract class StorageSuite(StorageBackEnd backEnd) : IAsyncLifetime
{
    private protected static readonly CancellationToken none = CancellationToken.None;

    private protected static readonly UserInfo ann = new() { Id = "ann", Email = "ann@example.org", OrgId = "acme" };
    private protected static readonly UserInfo ben = new() { Id = "ben" };

    private Stores? stores;

    private protected StandingTime Time { get; } = new();

    private protected Stores Stores => stores!;

    public async Task InitializeAsync() => await ReopenAsync();

    public async Task DisposeAsync() => await backEnd.DisposeAsync();

    /// <summary>Closes the storage and opens it again: what the next process would find.</summary>
    private protected async Task ReopenAsync() => stores = await backEnd.OpenAsync(Time);
}

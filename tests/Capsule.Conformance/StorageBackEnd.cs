namespace Capsule.Conformance;

/// <summary>
/// Storage of some kind that the suite is run on, at a place of its own. To add a kind: derive one class from this and one from each of the suite's
/// classes.
/// </summary>
public abstract class StorageBackEnd : IAsyncDisposable
{
    /// <summary>Opens what is stored at the place; nothing, the first time. What was open before is closed.</summary>
    internal abstract Task<Stores> OpenAsync(TimeProvider time);

    /// <summary>Closes what is open and removes the place.</summary>
    public abstract ValueTask DisposeAsync();
}

/// <summary>All ports of one storage.</summary>
internal sealed record Stores(
    ISessionStore Sessions,
    ITaskStore Tasks,
    IScheduleStore Schedules,
    IDocumentStore Documents,
    IGuestStore Guests,
    IFileIndex Files,
    IIntegrationStore Integrations);

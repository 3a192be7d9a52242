using Capsule;

namespace SupportOps;

/// <summary>A support thread, shared by the members of an organisation.</summary>
[Document("threads", Scope = Scope.Owner)]
public sealed record ThreadRow(string Subject, string Status, int Priority)
{
    public string Id { get; init; } = "";
}

/// <summary>Support threads.</summary>
/// <param name="Items">The threads, the most urgent first.</param>
public sealed record ThreadList(IReadOnlyList<ThreadRow> Items);

/// <summary>The caller's support threads.</summary>
public static class Threads
{
    /// <summary>Lists the caller's threads.</summary>
    /// <remarks>The members of an organisation share theirs. Whoever has none gets a few to begin with.</remarks>
    /// <param name="threads">The threads of the caller's organisation.</param>
    /// <param name="status">Only threads of this status; all when empty.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>At most fifty threads.</returns>
    [Data("threads", Access = Access.Authenticated)]
    public static async Task<ThreadList> GetThreads(Collection<ThreadRow> threads, string status = "", CancellationToken cancellationToken = default)
    {
        await SeedAsync(threads, cancellationToken);
        var items = status.Length == 0
            ? await threads.FindAsync(limit: 50, sort: t => t.Priority.Descending(), cancellationToken: cancellationToken)
            : await threads.FindAsync(t => t.Status == status, limit: 50, sort: t => t.Priority.Descending(), cancellationToken: cancellationToken);
        return new ThreadList(items);
    }

    /// <summary>Gives a new owner something to see.</summary>
    internal static async Task SeedAsync(Collection<ThreadRow> threads, CancellationToken cancellationToken)
    {
        if (await threads.CountAsync(cancellationToken: cancellationToken) > 0)
            return;
        await threads.InsertManyAsync(
            [
                new ThreadRow("The invoice shows the wrong address", "open", 2),
                new ThreadRow("How do I invite a colleague?", "open", 1),
                new ThreadRow("Sign-in fails since this morning", "open", 3),
                new ThreadRow("Thank you!", "closed", 0),
            ],
            cancellationToken);
    }
}

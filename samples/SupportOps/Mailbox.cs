using Capsule;

namespace SupportOps;

/// <summary>One finished sync of a mailbox.</summary>
[Document("syncs", Scope = Scope.App)]
public sealed record SyncRun(string Mailbox, int Threads, DateTimeOffset FinishedAt)
{
    public string Id { get; init; } = "";
}

/// <summary>What a sync found.</summary>
public sealed record SyncResult(string Mailbox, int Threads);

/// <summary>How the mailbox is doing.</summary>
/// <param name="Syncs">How often it was synced.</param>
/// <param name="LastSync">When it was last synced (UTC); absent before the first time.</param>
public sealed record MailboxMetrics(int Syncs, DateTimeOffset? LastSync);

/// <summary>Keeps threads in step with the mailbox.</summary>
public static class Mailbox
{
    [Task(Retries = 2, TimeoutSeconds = 60, Lock = "mailbox:{mailbox}")]
    public static async Task<SyncResult> SyncThreads(
        string mailbox, Collection<SyncRun> syncs, TaskProgress progress, TimeProvider clock, CancellationToken cancellationToken)
    {
        const int threads = 10;
        for (var done = 1; done <= threads; done++)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.3), clock, cancellationToken);
            await progress.ReportAsync(percent: 100.0 * done / threads, text: $"{done} of {threads} threads", cancellationToken);
        }
        await syncs.InsertAsync(new SyncRun(mailbox, threads, clock.GetUtcNow()), cancellationToken);
        return new SyncResult(mailbox, threads);
    }

    [Schedule("0 * * * *")]
    public static Task Hourly(TaskClient tasks, CancellationToken cancellationToken) =>
        tasks.SyncThreads.SubmitAsync(mailbox: "inbox", cancellationToken: cancellationToken);

    /// <summary>Says how the mailbox is doing.</summary>
    /// <remarks>Everybody may know.</remarks>
    [Data("mailbox_metrics")]
    public static async Task<MailboxMetrics> GetMetrics(Collection<SyncRun> syncs, CancellationToken cancellationToken)
    {
        var last = await syncs.FindOneAsync(sort: s => s.FinishedAt.Descending(), cancellationToken: cancellationToken);
        return new MailboxMetrics(await syncs.CountAsync(cancellationToken: cancellationToken), last?.FinishedAt);
    }
}

using Capsule.Hosting.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting.Sessions;

/// <summary>Deletes sessions that were closed long ago, if the app says how long that is, and finishes deletions that an earlier process has begun.</summary>
internal sealed class SessionRetention(
    SessionResources resources, SessionDeletion deletion, IOptions<CapsuleOptions> options, ILogger<SessionRetention> logger) : BackgroundService
{
    private const int Batch = 100;

    private static readonly TimeSpan longestInterval = TimeSpan.FromHours(1);
    private static readonly TimeSpan shortestInterval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var age = options.Value.ClosedSessionDays is { } days ? TimeSpan.FromDays(days) : (TimeSpan?)null;
        var tenth = age / 10 ?? longestInterval;
        var interval = tenth > longestInterval ? longestInterval : tenth < shortestInterval ? shortestInterval : tenth;
        while (!stoppingToken.IsCancellationRequested)
        {
            await SweepAsync(age, stoppingToken);
            await Task.Delay(interval, resources.Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task SweepAsync(TimeSpan? age, CancellationToken stopping)
    {
        try
        {
            await deletion.FinishAllAsync(stopping);
            while (await ListExpiredAsync(age, stopping) is { Count: > 0 } expired)
            {
                foreach (var sessionId in expired)
                {
                    stopping.ThrowIfCancellationRequested();
                    await deletion.DeleteAsync(sessionId, stopping);
                    logger.SessionDeleted(sessionId);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next process goes on.
        }
        catch (StorageException exception)
        {
            logger.LogWarning(exception, "Sessions can't be deleted now; this is tried again.");
        }
    }

    private async Task<IReadOnlyList<string>> ListExpiredAsync(TimeSpan? age, CancellationToken stopping) =>
        age is null ? [] : await resources.Store.ListClosedAsync(resources.Time.GetUtcNow() - age.Value, Batch, stopping);
}

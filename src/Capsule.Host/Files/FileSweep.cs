using Capsule.Hosting.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>
/// Deletes what nobody can use. At the start, contents without a description: an earlier process ended between writing one and committing the other, or
/// between deleting the two; it looks only at what was there before this process took requests. Then, again and again, files that no message has carried
/// and no handler has shown within a day.
/// </summary>
internal sealed partial class FileSweep(IFileStore files, DataDirectory directory, TimeProvider clock, ILogger<FileSweep> logger) : BackgroundService
{
    private static readonly TimeSpan longestUnused = TimeSpan.FromDays(1);
    private static readonly TimeSpan interval = TimeSpan.FromHours(1);

    private string[] found = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        found = Directory.GetFiles(directory.Files);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await TryAsync(DeleteUnknownAsync, stoppingToken);
        found = [];
        while (!stoppingToken.IsCancellationRequested)
        {
            await TryAsync(DeleteUnusedAsync, stoppingToken);
            await Task.Delay(interval, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task TryAsync(Func<CancellationToken, Task> sweep, CancellationToken stopping)
    {
        try
        {
            await sweep(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The next process goes on.
        }
        catch (Exception exception) when (exception is StorageException or IOException or UnauthorizedAccessException)
        {
            LogUnfinished(exception);
        }
    }

    private async Task DeleteUnknownAsync(CancellationToken stopping)
    {
        foreach (var path in found)
        {
            stopping.ThrowIfCancellationRequested();
            if (await files.FindAsync(Path.GetFileName(path), stopping) is not null)
                continue;
            File.Delete(path);
            LogDeleted(path);
        }
    }

    private async Task DeleteUnusedAsync(CancellationToken stopping)
    {
        if (await files.DeleteUnusedAsync(clock.GetUtcNow() - longestUnused, stopping) is > 0 and var count)
            LogUnused(count);
    }

    [LoggerMessage(1, LogLevel.Information, "Deleted {File}, of which nothing is known.")]
    private partial void LogDeleted(string file);

    [LoggerMessage(2, LogLevel.Warning, "Files that nobody can use could not all be deleted; this is tried again.")]
    private partial void LogUnfinished(Exception exception);

    [LoggerMessage(3, LogLevel.Information, "Deleted {Count} files that no message has carried within a day.")]
    private partial void LogUnused(int count);
}

using Capsule.Hosting.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>
/// Deletes contents without a description: an earlier process ended between writing one and committing the other, or between deleting the two. Looks only at what was there
/// before this process took requests.
/// </summary>
internal sealed partial class FileSweep(IFileStore files, DataDirectory directory, ILogger<FileSweep> logger) : BackgroundService
{
    private string[] found = [];

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        found = Directory.GetFiles(directory.Files);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var path in found)
            {
                stoppingToken.ThrowIfCancellationRequested();
                if (await files.FindAsync(Path.GetFileName(path), stoppingToken) is null)
                    Delete(path);
            }
        }
        catch (Exception exception) when (exception is StorageException or IOException or UnauthorizedAccessException)
        {
            LogUnfinished(exception);
        }
        found = [];
    }

    private void Delete(string path)
    {
        File.Delete(path);
        LogDeleted(path);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Deleted {File}, of which nothing is known.")]
    private partial void LogDeleted(string file);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Files of which nothing is known could not all be deleted; the next start tries again.")]
    private partial void LogUnfinished(Exception exception);
}

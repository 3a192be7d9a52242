using Capsule.Hosting.Storage;
using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

/// <summary>
/// Stores how far a run is: the first report at once, later ones at most every <see cref="Interval"/>, each time the latest. What is still
/// unwritten when the run ends is stored with its outcome.
/// </summary>
internal sealed class StoredProgress(ITaskStore store, TaskLease lease, int attempt, TimeProvider time, ILogger logger) : TaskProgress
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    private readonly Lock gate = new();
    private bool unwritten;
    private bool writing;

    public override string TaskId => lease.TaskId;

    public override int Attempt => attempt;

    public double? Percent { get; private set; }

    public string? Text { get; private set; }

    public override Task ReportAsync(double? percent = null, string? text = null, CancellationToken cancellationToken = default)
    {
        if (percent is not (null or (>= 0 and <= 100)))
            throw new ArgumentOutOfRangeException(nameof(percent), percent, "Progress is from 0 to 100 percent.");
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            Percent = percent ?? Percent;
            Text = text ?? Text;
            unwritten = true;
            if (writing)
                return Task.CompletedTask;
            writing = true;
        }
        _ = WriteAsync();
        return Task.CompletedTask;
    }

    private async Task WriteAsync()
    {
        while (Take(out var percent, out var text))
        {
            try
            {
                await store.ReportAsync(lease, percent, text);
            }
            catch (StorageException exception)
            {
                logger.ProgressNotStored(exception, lease.TaskId);
            }
            await Task.Delay(Interval, time);
        }
    }

    private bool Take(out double? percent, out string? text)
    {
        lock (gate)
        {
            (percent, text) = (Percent, Text);
            writing = unwritten;
            unwritten = false;
            return writing;
        }
    }
}

using System.Collections.Concurrent;
using Microsoft.Win32.SafeHandles;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>
/// Copies what is in the log of a file (WAL) into the file itself, on a connection and a thread of its own: left to SQLite it happens inside a commit, for
/// which everybody who writes waits. The log begins anew once all of it is copied; the writer copies the little that came meanwhile. SQLite syncs the file
/// only in a copy that reaches the log's end, which would be the writer's; so each copy is synced here, before the writer has to, and little by little
/// (<see cref="GradualSync"/>). A page that was changed several times is copied once: seldom and much is better than often and little.
/// </summary>
internal sealed class SqliteCheckpoints : IAsyncDisposable
{
    // So many pages the writer may copy itself.
    private const int Little = 32;
    private const int MostPasses = 8;

    // To close any handle of a file ends the locks that the process has on it (POSIX): this one is open as long as the connections are.
    private readonly SafeFileHandle file;
    private readonly GradualSync sync;
    private readonly Func<SqliteSession> connect;
    private readonly LogLimits limits;
    private readonly BlockingCollection<TaskCompletionSource> asked = [];
    private readonly Task copier;
    private SqliteSession? connection;
    private int pending;
    private volatile bool isNearlyCopied;

    /// <summary>Begins to wait for commits.</summary>
    /// <param name="path">The file. It must exist.</param>
    /// <param name="connect">Opens a connection to the file.</param>
    /// <param name="limits">When it copies.</param>
    public SqliteCheckpoints(string path, Func<SqliteSession> connect, LogLimits limits)
    {
        file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        sync = new GradualSync(file);
        (this.connect, this.limits) = (connect, limits);
        copier = Task.Factory.StartNew(CopyWhenAsked, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Completes when nothing is being copied.</summary>
    public Task Copying { get; private set; } = Task.CompletedTask;

    /// <summary>To be called by the writing thread after each commit.</summary>
    public void Committed(SqliteSession writer)
    {
        pending += writer.TakePagesWritten();
        if (isNearlyCopied)
        {
            isNearlyCopied = false;
            writer.CopyLog();
        }
        if (pending < limits.Due || !Copying.IsCompleted)
            return;
        pending = 0;
        var copying = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Copying = copying.Task;
        asked.Add(copying);
    }

    /// <summary>To be called when the other connections to the file are closed.</summary>
    public async ValueTask DisposeAsync()
    {
        asked.CompleteAdding();
        await copier;
        asked.Dispose();
        connection?.Dispose();
        file.Dispose();
    }

    private void CopyWhenAsked()
    {
        foreach (var copying in asked.GetConsumingEnumerable())
        {
            SqliteVfs.Copied = sync.Written;
            try
            {
                Copy();
                copying.SetResult();
            }
            catch (Exception exception)
            {
                // What is not copied stays in the log.
                copying.SetException(exception);
            }
            finally
            {
                // The thread may go on with other work, of other files.
                SqliteVfs.Copied = null;
            }
        }
    }

    private void Copy()
    {
        connection ??= connect();
        var (length, copied) = (0, 0);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var before = copied;
            // The last passes are short, and a log that becomes far too long has to be caught up with.
            sync.Pauses = pass < 3 && length < 2 * limits.Longest;
            (length, copied) = connection.CopyLog();
            sync.Finish();
            if (length < limits.Longest)
                return;
            if (copied - before < Little)
                break;
        }
        isNearlyCopied = true;
    }
}

/// <summary>How long the log of a file becomes.</summary>
/// <param name="Due">After how many pages of 4 KiB it is copied.</param>
/// <param name="Longest">With how many pages it should begin anew.</param>
internal sealed record LogLimits(int Due = 8192, int Longest = 16_384);

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>
/// Copies what is in the log of a file (WAL) into the file itself, on a connection and a thread of its own: left to SQLite it happens inside a commit, for
/// which everybody who writes waits. The log begins anew once all of it is copied; the writer copies the little that came meanwhile.
/// </summary>
internal sealed class SqliteCheckpoints(Func<SqliteSession> connect) : IAsyncDisposable
{
    // In pages of 4 KiB.
    private const int Due = 2048;
    private const int LongLog = 16_384;
    private const int Little = 256;
    private const int MostPasses = 4;

    private SqliteSession? connection;
    private Task copying = Task.CompletedTask;
    private int pending;
    private volatile bool isNearlyCopied;

    /// <summary>To be called by the writing thread after each commit.</summary>
    public void Committed(SqliteSession writer)
    {
        pending += writer.TakePagesWritten();
        if (isNearlyCopied)
        {
            isNearlyCopied = false;
            writer.CopyLog();
        }
        if (pending < Due || !copying.IsCompleted)
            return;
        pending = 0;
        copying = Task.Run(Copy);
    }

    public async ValueTask DisposeAsync()
    {
        await copying;
        connection?.Dispose();
    }

    private void Copy()
    {
        connection ??= connect();
        var (length, copied) = (0, 0);
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var before = copied;
            (length, copied) = connection.CopyLog();
            if (length < LongLog)
                return;
            if (copied - before < Little)
                break;
        }
        isNearlyCopied = true;
    }
}

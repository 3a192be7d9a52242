using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>
/// One SQLite file in WAL mode with <c>synchronous=FULL</c>. One thread writes: what is asked for while a commit is under way shares the next one
/// (group commit), and a write that fails takes no other with it. Reads have connections of their own.
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    private const int LargestGroup = 512;

    // The writer sees every page that changes: what it holds (16 MiB) needs no reading again. Many commits walk through all of it (SQLite does, once it has
    // exchanged two pages), so more is not better. Its log is copied by others.
    private const string WriterSettings = "PRAGMA cache_size=-16384; PRAGMA wal_autocheckpoint=0;";

    private readonly Channel<PendingWrite> writes = Channel.CreateUnbounded<PendingWrite>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private readonly string connectionString;
    private readonly Action<SqliteConnection>? configure;
    private readonly SqliteSession writer;
    private readonly SqliteCheckpoints checkpoints;
    private readonly Task writing;

    private SqliteDatabase(string path, string connectionString, Action<SqliteConnection>? configure, SqliteSession writer, LogLimits log)
    {
        this.connectionString = connectionString;
        this.configure = configure;
        this.writer = writer;
        checkpoints = new SqliteCheckpoints(path, () => new SqliteSession(ByCapsule(connectionString)), log);
        writing = Task.Factory.StartNew(WriteLoop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Opens a file, creating it when it is not there, and brings its schema up to date.</summary>
    /// <param name="path">The file.</param>
    /// <param name="migrations">The scripts that lead from an empty file to the present schema, one for each version.</param>
    /// <param name="configure">Adds to each connection what statements need, such as functions.</param>
    /// <param name="synchronous">How commits are synced. Less than <c>FULL</c> loses what was acknowledged: only for showing that.</param>
    /// <param name="log">How long its log becomes.</param>
    /// <exception cref="StorageException">The file can't be opened, or a newer version of Capsule wrote it.</exception>
    public static SqliteDatabase Open(
        string path, IReadOnlyList<string> migrations, Action<SqliteConnection>? configure = null, string synchronous = "FULL", LogLimits? log = null)
    {
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 5 }.ToString();
        SqliteSession? writer = null;
        try
        {
            writer = new SqliteSession(ForWriter(connectionString, synchronous), configure);
            writer.ExecuteScript($"PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY; {WriterSettings}");
            Migrate(writer, path, migrations);
            return new SqliteDatabase(path, connectionString, configure, writer, log ?? new LogLimits());
        }
        catch (SqliteException exception)
        {
            writer?.Dispose();
            throw new StorageException($"The database '{path}' can't be opened.", exception);
        }
        catch
        {
            writer?.Dispose();
            throw;
        }
    }

    /// <summary>Runs a write. When the returned task completes, what it wrote is on the disk.</summary>
    /// <param name="write">
    /// Runs on the writing thread, inside a transaction; an exception undoes what it wrote and nothing else. It runs again when another write of the same
    /// transaction fails, so it changes nothing but the file.
    /// </param>
    /// <param name="committed">Runs on the writing thread after the commit, in the order of the writes; must not block or throw.</param>
    /// <param name="cancellationToken">Cancels a write that has not begun.</param>
    /// <exception cref="StorageException">It could not be stored.</exception>
    public Task<T> WriteAsync<T>(Func<SqliteSession, T> write, Action<T>? committed = null, CancellationToken cancellationToken = default)
    {
        var pending = new PendingWrite<T>(write, committed, cancellationToken);
        if (!writes.Writer.TryWrite(pending))
            pending.Fail(new StorageException("The database is closed."));
        return pending.Completion;
    }

    /// <summary>Runs a write that returns nothing.</summary>
    /// <exception cref="StorageException">It could not be stored.</exception>
    public Task WriteAsync(Action<SqliteSession> write, CancellationToken cancellationToken = default) =>
        WriteAsync(
            session =>
            {
                write(session);
                return true;
            },
            committed: null,
            cancellationToken);

    /// <summary>Commits without a change, as far as the disk: what a write would meet with.</summary>
    /// <exception cref="StorageException">Nothing can be stored.</exception>
    public Task TouchAsync(CancellationToken cancellationToken) =>
        WriteAsync(
            session =>
            {
                var version = session.QueryFirst("PRAGMA user_version", row => row.GetInt32(0));
                session.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version={version}"));
            },
            cancellationToken);

    /// <summary>Runs a read on a connection of its own; it sees everything committed before.</summary>
    /// <exception cref="StorageException">It could not be read.</exception>
    public T Read<T>(Func<SqliteSession, T> read)
    {
        try
        {
            if (!readers.TryTake(out var session))
                session = new SqliteSession(connectionString, configure);
            T result;
            try
            {
                result = read(session);
            }
            catch
            {
                // It may still be inside of a transaction.
                session.Dispose();
                throw;
            }
            readers.Add(session);
            return result;
        }
        catch (SqliteException exception)
        {
            throw new StorageException("The database can't be read.", exception);
        }
    }

    /// <summary>Runs several queries that all see the same state.</summary>
    /// <exception cref="StorageException">It could not be read.</exception>
    public T ReadTogether<T>(Func<SqliteSession, T> read) => Read(session =>
    {
        session.Execute("BEGIN");
        try
        {
            return read(session);
        }
        finally
        {
            session.Execute("COMMIT");
        }
    });

    /// <summary>Finishes the writes asked for and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        writes.Writer.TryComplete();
        await writing;
        while (readers.TryTake(out var reader))
            reader.Dispose();
        writer.Dispose();
        await checkpoints.DisposeAsync();
    }

    /// <summary>Others see a commit that is not synced before all of it has reached the log.</summary>
    private static string ForWriter(string connectionString, string synchronous) => synchronous == "FULL" ? ByCapsule(connectionString) : connectionString;

    private static string ByCapsule(string connectionString) => new SqliteConnectionStringBuilder(connectionString) { Vfs = SqliteVfs.Name }.ToString();

    private static void Migrate(SqliteSession session, string path, IReadOnlyList<string> migrations)
    {
        var version = session.QueryFirst("PRAGMA user_version", row => row.GetInt32(0));
        if (version > migrations.Count)
            throw new StorageException($"The database '{path}' has schema version {version}; this version of Capsule knows {migrations.Count}. Use a newer one.");
        for (; version < migrations.Count; version++)
        {
            var next = (version + 1).ToString(CultureInfo.InvariantCulture);
            session.ExecuteScript($"BEGIN IMMEDIATE; {migrations[version]}; PRAGMA user_version={next}; COMMIT;");
        }
    }

    private void WriteLoop()
    {
        var group = new List<PendingWrite>();
        while (writes.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (group.Count < LargestGroup && writes.Reader.TryRead(out var pending))
            {
                if (pending.Begin())
                    group.Add(pending);
            }
            if (group.Count > 0)
                Commit(group);
            group.Clear();
        }
    }

    private void Commit(List<PendingWrite> group)
    {
        var began = Stopwatch.GetTimestamp();
        try
        {
            writer.Execute("BEGIN IMMEDIATE");
            writer.Execute(RunAll(group) ? "COMMIT" : "ROLLBACK");
        }
        catch (Exception exception)
        {
            Rollback();
            var failure = new StorageException("The database can't be written.", exception);
            foreach (var pending in group)
                pending.Fail(failure);
            return;
        }
        var taken = Stopwatch.GetElapsedTime(began);
        foreach (var pending in group)
            pending.Complete();
        checkpoints.Committed(writer);
        CapsuleTelemetry.Committed(taken, group.Count);
    }

    /// <summary>False when nothing of it must stay.</summary>
    private bool RunAll(List<PendingWrite> group)
    {
        if (RunTogether(group))
            return true;
        // One by itself had the transaction.
        if (group.Count == 1)
            return false;
        // Savepoints would cost all writes a tenth and more, and are seldom needed: only to undo the write that fails and no other.
        Rollback();
        writer.Execute("BEGIN IMMEDIATE");
        foreach (var pending in group)
            RunUnderSavepoint(pending);
        return true;
    }

    private bool RunTogether(List<PendingWrite> group)
    {
        foreach (var pending in group)
        {
            if (!pending.Run(writer))
                return false;
        }
        return true;
    }

    private void RunUnderSavepoint(PendingWrite pending)
    {
        writer.Execute("SAVEPOINT one");
        if (!pending.Run(writer))
            writer.Execute("ROLLBACK TO one");
        writer.Execute("RELEASE one");
    }

    private void Rollback()
    {
        try
        {
            writer.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // SQLite has rolled back by itself, as it does when the disk is full.
        }
    }

    /// <summary>A write that waits for its commit.</summary>
    private abstract class PendingWrite
    {
        /// <summary>False when it was cancelled before it began.</summary>
        public abstract bool Begin();

        /// <summary>False when it threw: what it wrote must be undone.</summary>
        public abstract bool Run(SqliteSession session);

        public abstract void Complete();

        public abstract void Fail(Exception exception);
    }

    private sealed class PendingWrite<T>(Func<SqliteSession, T> write, Action<T>? committed, CancellationToken cancellationToken) : PendingWrite
    {
        private readonly TaskCompletionSource<T> completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T? result;
        private Exception? failure;

        public Task<T> Completion => completion.Task;

        public override bool Begin()
        {
            if (!cancellationToken.IsCancellationRequested)
                return true;
            completion.TrySetCanceled(cancellationToken);
            return false;
        }

        public override bool Run(SqliteSession session)
        {
            failure = null;
            try
            {
                result = write(session);
                return true;
            }
            catch (SqliteException exception)
            {
                failure = new StorageException("The database can't be written.", exception);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
            return false;
        }

        public override void Complete()
        {
            if (failure is not null)
            {
                completion.SetException(failure);
                return;
            }
            try
            {
                committed?.Invoke(result!);
                completion.SetResult(result!);
            }
            catch (Exception exception)
            {
                // It is stored; but whoever was to be told of it was not. The thread writes on for all others.
                completion.SetException(exception);
            }
        }

        public override void Fail(Exception exception) => completion.TrySetException(exception);
    }
}

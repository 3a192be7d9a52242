using System.Buffers.Binary;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Capsule.Host.Tests.Storage;

public sealed class SqliteCheckpointsTests : IDisposable
{
    private const int Page = 4096;

    private readonly TemporaryDirectory folder = new();

    private string File => folder.File("test.db");

    private string Log => File + "-wal";

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_log_stays_short_while_writes_go_on()
    {
        using var writer = Connect();
        writer.ExecuteScript("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE blobs (n INTEGER PRIMARY KEY, data BLOB)");
        await using var checkpoints = new SqliteCheckpoints(File, Connect, new LogLimits(50, 200));
        var longest = 0L;

        for (var number = 0; number < 200; number++)
        {
            writer.Execute("INSERT INTO blobs (data) VALUES (zeroblob($1))", 10 * Page);
            checkpoints.Committed(writer);
            await checkpoints.Copying;
            longest = Math.Max(longest, new FileInfo(Log).Length);
        }

        Assert.InRange(longest, 50 * Page, 100 * Page);
        using var other = Connect();
        Assert.Equal(200, other.QueryFirst("SELECT count(*) FROM blobs", row => row.GetInt32(0)));
    }

    [Fact]
    public async Task The_thread_that_has_copied_a_file_is_free_for_others()
    {
        using var writer = Connect();
        writer.ExecuteScript("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE blobs (n INTEGER PRIMARY KEY, data BLOB)");
        var checkpoints = new SqliteCheckpoints(File, Connect, new LogLimits(1));
        writer.Execute("INSERT INTO blobs (data) VALUES (zeroblob($1))", 100 * Page);
        checkpoints.Committed(writer);
        await checkpoints.Copying;

        Assert.Null(await OnTheCopyingThread());

        async Task<Action<long, int>?> OnTheCopyingThread()
        {
            // It goes on with whoever waited for its end.
            await checkpoints.DisposeAsync().ConfigureAwait(false);
            return SqliteVfs.Copied;
        }
    }

    [Fact]
    public async Task The_writer_copies_what_is_left_so_that_a_long_log_begins_anew()
    {
        using var writer = Connect();
        writer.ExecuteScript("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE numbers (n INTEGER PRIMARY KEY)");
        writer.TakePagesWritten();
        await using var checkpoints = new SqliteCheckpoints(File, Connect, new LogLimits(5, 1));
        using var reader = Connect();
        reader.Execute("BEGIN");
        Assert.Equal(0, Count(reader));
        for (var number = 1; number <= 5; number++)
            Insert(number);
        await checkpoints.Copying;
        reader.Execute("COMMIT");
        var before = Beginnings();

        Insert(6);
        Insert(7);

        Assert.Equal(before + 1, Beginnings());
        Assert.Equal(7, Count(reader));

        void Insert(int number)
        {
            writer.Execute("INSERT INTO numbers VALUES ($1)", number);
            checkpoints.Committed(writer);
        }
    }

    [Fact]
    public async Task What_a_reader_still_needs_stays_in_the_log()
    {
        using var writer = Connect();
        writer.ExecuteScript("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=0; CREATE TABLE numbers (n INTEGER PRIMARY KEY)");
        await using var checkpoints = new SqliteCheckpoints(File, Connect, new LogLimits(1, 1));
        writer.Execute("INSERT INTO numbers VALUES (1)");
        using var reader = Connect();
        reader.Execute("BEGIN");
        Assert.Equal(1, Count(reader));

        for (var number = 2; number <= 100; number++)
        {
            writer.Execute("INSERT INTO numbers VALUES ($1)", number);
            checkpoints.Committed(writer);
            await checkpoints.Copying;
        }

        Assert.Equal(1, Count(reader));
        reader.Execute("COMMIT");
        Assert.Equal(100, Count(reader));
    }

    /// <summary>How often the log has begun anew, as its header counts it.</summary>
    private uint Beginnings()
    {
        using var log = new FileStream(Log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var header = new byte[16];
        log.ReadExactly(header);
        return BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(12));
    }

    private static int Count(SqliteSession session) => session.QueryFirst("SELECT count(*) FROM numbers", row => row.GetInt32(0));

    private SqliteSession Connect() => new(new SqliteConnectionStringBuilder { DataSource = File, Pooling = false }.ToString());
}

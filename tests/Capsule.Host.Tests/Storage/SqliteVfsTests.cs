using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using Xunit.Abstractions;

namespace Capsule.Host.Tests.Storage;

public sealed class SqliteVfsTests(ITestOutputHelper output) : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void It_is_there_where_it_can_be() => Assert.Equal(OperatingSystem.IsLinux(), SqliteVfs.Name is not null);

    [Theory]
    [InlineData(1)]
    [InlineData(100)] // more than is given to the system at a time
    public void Others_see_all_of_a_commit(int rows)
    {
        using var writer = Connect();
        using var reader = Connect(vfs: null);

        for (var commit = 1; commit <= 5; commit++)
        {
            writer.Execute("BEGIN");
            AddRows(writer, rows);
            Assert.Equal((commit - 1) * rows, Count(reader));
            writer.Execute("COMMIT");

            Assert.Equal(commit * rows, Count(reader));
            Assert.Equal("ok", Check(reader));
        }
    }

    [Fact]
    public void A_transaction_reads_what_its_cache_could_not_hold()
    {
        using var writer = Connect();
        using var reader = Connect(vfs: null);
        AddRows(writer, 10);
        writer.ExecuteScript("PRAGMA cache_size=5");

        writer.Execute("BEGIN");
        AddRows(writer, 200);
        Assert.Equal(210, Count(writer));
        writer.Execute("UPDATE blobs SET data = zeroblob(3000)");
        Assert.Equal(210 * 3000, writer.QueryFirst("SELECT sum(length(data)) FROM blobs", row => row.GetInt32(0)));
        writer.Execute("ROLLBACK");

        Assert.Equal(10, Count(writer));
        AddRows(writer, 1);
        Assert.Equal(11, Count(reader));
        Assert.Equal("ok", Check(reader));
    }

    [Fact]
    public void A_log_that_begins_anew_is_written_from_its_beginning()
    {
        using var writer = Connect();
        using var reader = Connect(vfs: null);
        AddRows(writer, 100);
        Assert.Equal(100, Count(reader));

        writer.ExecuteScript("PRAGMA wal_checkpoint(RESTART)");
        AddRows(writer, 1);
        writer.ExecuteScript("PRAGMA wal_checkpoint(TRUNCATE)");
        Assert.Equal(0, new FileInfo(folder.File("test.db-wal")).Length);
        AddRows(writer, 1);

        Assert.Equal(102, Count(reader));
        Assert.Equal("ok", Check(reader));
    }

    [Fact]
    public void Who_copies_the_log_is_told_of_each_page_in_its_order()
    {
        if (SqliteVfs.Name is null)
        {
            output.WriteLine("Not looked at: the VFS is for Linux.");
            return;
        }
        using var writer = Connect();
        using var copier = Connect();
        AddRows(writer, 50);
        writer.ExecuteScript("UPDATE blobs SET data = randomblob(4000)");
        var places = new List<long>();

        SqliteVfs.Copied = (offset, length) =>
        {
            Assert.Equal(4096, length);
            places.Add(offset);
        };
        copier.CopyLog();
        SqliteVfs.Copied = null;

        Assert.Equal(places.Order(), places);
        Assert.Equal(places.Distinct(), places);
        Assert.Equal(new FileInfo(folder.File("test.db")).Length, places.Count * 4096);
        Assert.Equal("ok", Check(writer));
    }

    private SqliteSession Connect() => Connect(SqliteVfs.Name);

    private SqliteSession Connect(string? vfs)
    {
        var session = new SqliteSession(new SqliteConnectionStringBuilder { DataSource = folder.File("test.db"), Pooling = false, Vfs = vfs }.ToString());
        session.ExecuteScript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0; CREATE TABLE IF NOT EXISTS blobs (n INTEGER PRIMARY KEY, data BLOB)");
        return session;
    }

    private static void AddRows(SqliteSession session, int count)
    {
        for (var number = 0; number < count; number++)
            session.Execute("INSERT INTO blobs (data) VALUES (randomblob(4000))");
    }

    private static int Count(SqliteSession session) => session.QueryFirst("SELECT count(*) FROM blobs", row => row.GetInt32(0));

    private static string? Check(SqliteSession session) => session.QueryFirst("PRAGMA integrity_check", row => row.GetString(0));
}

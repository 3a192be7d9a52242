using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;

namespace Capsule.Host.Tests.Storage;

public sealed class SqliteDatabaseTests : IDisposable
{
    private const string Numbers = "CREATE TABLE numbers (n INTEGER PRIMARY KEY) STRICT";

    private readonly TemporaryDirectory folder = new();

    private string File => folder.File("test.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_listener_that_throws_stops_nobody_elses_writes()
    {
        await using var database = SqliteDatabase.Open(File, [Numbers]);

        var told = database.WriteAsync(
            db => db.Execute("INSERT INTO numbers VALUES (1)"), _ => throw new InvalidOperationException("a listener's own"));

        await Assert.ThrowsAsync<InvalidOperationException>(() => told);
        await Insert(database, 2).WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(2, database.Read(db => db.QueryFirst("SELECT count(*) FROM numbers", row => row.GetInt32(0))));
    }

    [Fact]
    public async Task A_listener_to_its_measurements_that_throws_stops_no_writes()
    {
        await using var database = SqliteDatabase.Open(File, [Numbers]);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "capsule.storage.commit.writes")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        var measured = new TaskCompletionSource();
        listener.SetMeasurementEventCallback<int>((_, _, _, _) =>
        {
            measured.TrySetResult();
            throw new InvalidOperationException("a listener's own");
        });
        listener.Start();

        await Insert(database, 1).WaitAsync(TimeSpan.FromSeconds(20));
        await measured.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await Insert(database, 2).WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task What_is_asked_for_during_a_commit_shares_the_next_one()
    {
        await using var database = SqliteDatabase.Open(File, [Numbers]);
        using var busy = new ManualResetEventSlim();
        var steps = new ConcurrentQueue<string>();
        var first = KeepBusy(database, busy);
        var others = Enumerable.Range(1, 3)
            .Select(number => database.WriteAsync(
                db =>
                {
                    steps.Enqueue($"write {number}");
                    return db.Execute("INSERT INTO numbers VALUES ($1)", number);
                },
                _ => steps.Enqueue($"committed {number}")))
            .ToArray();

        busy.Set();
        await Task.WhenAll([first, .. others]);

        Assert.Equal(["write 1", "write 2", "write 3", "committed 1", "committed 2", "committed 3"], steps);
        Assert.Equal([1, 2, 3], Stored(database));
    }

    [Fact]
    public async Task A_write_that_fails_takes_no_other_with_it()
    {
        await using var database = SqliteDatabase.Open(File, [Numbers]);
        using var busy = new ManualResetEventSlim();
        var first = KeepBusy(database, busy);
        var good = Insert(database, 1);
        var bad = database.WriteAsync(db =>
        {
            db.Execute("INSERT INTO numbers VALUES (2)");
            throw new InvalidOperationException("on second thoughts");
        });
        var wrong = database.WriteAsync(db => { db.Execute("INSERT INTO numbers VALUES (1)"); });
        var alsoGood = Insert(database, 3);

        busy.Set();
        await Task.WhenAll(first, good, alsoGood);

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        await Assert.ThrowsAsync<StorageException>(() => wrong);
        Assert.Equal([1, 3], Stored(database));
    }

    [Fact]
    public async Task Who_shares_a_commit_with_a_write_that_fails_gets_what_is_stored()
    {
        await using var database = SqliteDatabase.Open(File, [Numbers]);
        using var busy = new ManualResetEventSlim();
        var first = KeepBusy(database, busy);
        var steps = new ConcurrentQueue<string>();
        var before = InsertNext("before");
        var bad = database.WriteAsync(
            db =>
            {
                db.Execute("INSERT INTO numbers VALUES (100)");
                return db.Execute("INSERT INTO numbers VALUES (100)");
            },
            _ => steps.Enqueue("bad"));
        var after = InsertNext("after");

        busy.Set();
        await first;

        Assert.Equal(1, await before);
        Assert.Equal(2, await after);
        await Assert.ThrowsAsync<StorageException>(() => bad);
        Assert.Equal([1, 2], Stored(database));
        Assert.Equal(["before", "after"], steps);

        Task<int> InsertNext(string name) => database.WriteAsync(
            db => db.QueryFirst("INSERT INTO numbers SELECT coalesce(max(n), 0) + 1 FROM numbers RETURNING n", row => row.GetInt32(0)),
            _ => steps.Enqueue(name));
    }

    [Fact]
    public async Task A_write_that_fails_only_beside_others_is_tried_by_itself()
    {
        await using var database = SqliteDatabase.Open(File, [Numbers]);
        using var busy = new ManualResetEventSlim();
        var first = KeepBusy(database, busy);
        var runs = 0;
        var good = Insert(database, 1);
        var once = database.WriteAsync(db => ++runs == 1 ? throw new InvalidOperationException("at first") : db.Execute("INSERT INTO numbers VALUES (2)"));

        busy.Set();
        await Task.WhenAll(first, good, once);

        Assert.Equal([1, 2], Stored(database));
    }

    [Fact]
    public async Task A_commit_that_fails_acknowledges_nothing_and_the_next_works()
    {
        await using var database = SqliteDatabase.Open(
            File, [Numbers, "CREATE TABLE children (n INTEGER REFERENCES numbers (n) DEFERRABLE INITIALLY DEFERRED) STRICT"]);
        using var busy = new ManualResetEventSlim();
        var told = 0;
        var first = KeepBusy(database, busy);
        var orphan = database.WriteAsync(db => db.Execute("INSERT INTO children VALUES (99)"), _ => told++);
        var neighbour = database.WriteAsync(db => db.Execute("INSERT INTO numbers VALUES (1)"), _ => told++);

        busy.Set();
        await first;

        await Assert.ThrowsAsync<StorageException>(() => orphan);
        await Assert.ThrowsAsync<StorageException>(() => neighbour);
        Assert.Equal(0, told);
        await Insert(database, 2);
        Assert.Equal([2], Stored(database));
    }

    [Fact]
    public async Task A_full_disk_is_an_error_and_not_the_end()
    {
        await using var database = SqliteDatabase.Open(File, ["CREATE TABLE blobs (b BLOB) STRICT", Numbers]);
        await Insert(database, 1);
        await database.WriteAsync(db => db.ExecuteScript("PRAGMA max_page_count=20"));

        await Assert.ThrowsAsync<StorageException>(() => database.WriteAsync(db => { db.Execute("INSERT INTO blobs VALUES (zeroblob(10000000))"); }));

        await Insert(database, 2);
        Assert.Equal([1, 2], Stored(database));
    }

    [Fact]
    public async Task What_was_stored_is_there_after_opening_again()
    {
        await using (var database = SqliteDatabase.Open(File, [Numbers]))
            await Insert(database, 1);

        await using var again = SqliteDatabase.Open(File, [Numbers, "ALTER TABLE numbers ADD COLUMN name TEXT"]);

        Assert.Equal([1], Stored(again));
        Assert.Empty(again.Read(db => db.Query("SELECT name FROM numbers WHERE name IS NOT NULL", row => row.GetString(0))));
    }

    [Fact]
    public async Task The_file_of_a_newer_version_is_refused()
    {
        await using (SqliteDatabase.Open(File, [Numbers, "CREATE TABLE more (n INTEGER) STRICT"]))
        {
        }

        var refused = Assert.Throws<StorageException>(() => SqliteDatabase.Open(File, [Numbers]));

        Assert.Contains("newer", refused.Message);
    }

    [Fact]
    public void A_file_that_is_no_database_is_refused()
    {
        System.IO.File.WriteAllText(File, new string('x', 5000));

        Assert.Throws<StorageException>(() => SqliteDatabase.Open(File, [Numbers]));
    }

    [Fact]
    public async Task A_migration_that_fails_changes_nothing()
    {
        Assert.Throws<StorageException>(() => SqliteDatabase.Open(File, [Numbers + "; CREATE TABLE numbers (n INTEGER)"]));

        await using var database = SqliteDatabase.Open(File, [Numbers]);
        Assert.Empty(Stored(database));
    }

    [Fact]
    public async Task A_closed_database_takes_nothing()
    {
        var database = SqliteDatabase.Open(File, [Numbers]);
        await database.DisposeAsync();

        await Assert.ThrowsAsync<StorageException>(() => Insert(database, 1));
    }

    [Fact]
    public async Task A_write_cancelled_before_it_begins_is_not_done()
    {
        await using var database = SqliteDatabase.Open(File, [Numbers]);
        using var busy = new ManualResetEventSlim();
        using var cancelled = new CancellationTokenSource();
        var first = KeepBusy(database, busy);
        var second = database.WriteAsync(db => { db.Execute("INSERT INTO numbers VALUES (1)"); }, cancelled.Token);

        await cancelled.CancelAsync();
        busy.Set();
        await first;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        Assert.Empty(Stored(database));
    }

    /// <summary>Keeps the writing thread in a commit of its own until it is released.</summary>
    private static Task KeepBusy(SqliteDatabase database, ManualResetEventSlim released)
    {
        using var begun = new ManualResetEventSlim();
        var write = database.WriteAsync(_ =>
        {
            begun.Set();
            released.Wait();
        });
        begun.Wait();
        return write;
    }

    private static Task Insert(SqliteDatabase database, int number) =>
        database.WriteAsync(db => { db.Execute("INSERT INTO numbers VALUES ($1)", number); });

    private static List<int> Stored(SqliteDatabase database) =>
        database.Read(db => db.Query("SELECT n FROM numbers ORDER BY n", row => row.GetInt32(0)));
}

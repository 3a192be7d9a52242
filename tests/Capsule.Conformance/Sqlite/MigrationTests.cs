using Capsule.Hosting.Storage.Sqlite;

namespace Capsule.Conformance.Sqlite;

/// <summary>A file of any earlier version is brought forward at the start, and one of a later version is left alone.</summary>
public sealed class MigrationTests : IDisposable
{
    private readonly string directory = Directory.CreateTempSubdirectory("capsule-migration-").FullName;

    public static TheoryData<string, int> Versions
    {
        get
        {
            var versions = new TheoryData<string, int>();
            for (var version = 0; version <= CapsuleDatabase.Migrations.Count; version++)
                versions.Add(CapsuleDatabase.FileName, version);
            for (var version = 0; version <= CollectionsDatabase.Migrations.Count; version++)
                versions.Add(CollectionsDatabase.FileName, version);
            return versions;
        }
    }

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_file_of_an_earlier_version_becomes_what_a_new_one_is(string file, int version)
    {
        var migrations = MigrationsOf(file);
        var (old, fresh) = (Path.Combine(directory, "old.db"), Path.Combine(directory, "new.db"));
        await using (SqliteDatabase.Open(old, [.. migrations.Take(version)]))
        {
        }

        Assert.Equal(await SchemaAsync(fresh, migrations), await SchemaAsync(old, migrations));
    }

    [Fact]
    public async Task A_session_of_an_earlier_version_keeps_its_events_and_goes_on_behind_them()
    {
        var path = Path.Combine(directory, CapsuleDatabase.FileName);
        var earlier = CapsuleDatabase.Migrations.TakeWhile(script => script != SessionTables.NumberByEvents).ToList();
        await using (var database = SqliteDatabase.Open(path, earlier))
        {
            await database.WriteAsync(db => db.ExecuteScript(
                """
                INSERT INTO sessions (id, user_id, channel, seq, created_at, updated_at) VALUES ('ses_a', 'ann', 'chat', 4, 1000, 2000), ('ses_b', 'ben', 'chat', 0, 3000, 3000);
                INSERT INTO events (session_id, seq, type, data, message_id, position, at) VALUES
                    ('ses_a', 1, 'message', '{"text":"hi"}', 'm1', 1, 1100), ('ses_a', 3, 'delta', '{}', 'm2', NULL, 1300), ('ses_a', 4, 'delta', '{}', 'm2', NULL, 2000)
                """));
        }

        await using var brought = SqliteDatabase.Open(path, CapsuleDatabase.Migrations);
        var store = new SqliteSessionStore(brought, TimeProvider.System);
        var (used, unused) = (await store.FindAsync("ses_a", default), await store.FindAsync("ses_b", default));
        Assert.Equal((4, 2000), (used!.Seq, used.UpdatedAt.ToUnixTimeMilliseconds()));
        Assert.Equal((0, 3000), (unused!.Seq, unused.UpdatedAt.ToUnixTimeMilliseconds()));
        await store.AppendAsync("ses_a", new NewEvent("notice", "{}"), default);
        Assert.Equal([1, 3, 4, 5], (await store.ReadEventsAsync("ses_a", after: 0, limit: 10, default)).Select(entry => entry.Seq));
    }

    [Theory]
    [InlineData(CapsuleDatabase.FileName)]
    [InlineData(CollectionsDatabase.FileName)]
    public async Task A_file_of_a_later_version_is_refused_and_left_as_it_is(string file)
    {
        var migrations = MigrationsOf(file);
        var path = Path.Combine(directory, file);
        await using (SqliteDatabase.Open(path, [.. migrations, "CREATE TABLE later (n INTEGER) STRICT"]))
        {
        }
        var before = await File.ReadAllBytesAsync(path);

        var refused = Assert.Throws<StorageException>(() => SqliteDatabase.Open(path, migrations));

        Assert.Contains($"schema version {migrations.Count + 1}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(path));
    }

    private static IReadOnlyList<string> MigrationsOf(string file) =>
        file == CapsuleDatabase.FileName ? CapsuleDatabase.Migrations : CollectionsDatabase.Migrations;

    private static async Task<List<string>> SchemaAsync(string path, IReadOnlyList<string> migrations)
    {
        await using var database = SqliteDatabase.Open(path, migrations);
        return database.Read(session => session.Query(
            "SELECT type || ' ' || name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY type, name", row => row.GetString(0)));
    }
}

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

using Capsule.Hosting.Storage.Sqlite;

namespace Capsule.Conformance.Sqlite;

/// <summary>The two SQLite files in a directory that goes away with the test.</summary>
public sealed class SqliteBackEnd : StorageBackEnd
{
    private readonly string directory = Directory.CreateTempSubdirectory("capsule-conformance-").FullName;
    private SqliteDatabase? database;
    private SqliteDocumentStore? documents;

    internal override async Task<Stores> OpenAsync(TimeProvider time)
    {
        await CloseAsync();
        database = SqliteDatabase.Open(Path.Combine(directory, CapsuleDatabase.FileName), CapsuleDatabase.Migrations);
        documents = new SqliteDocumentStore(CollectionsDatabase.Open(Path.Combine(directory, CollectionsDatabase.FileName)));
        return new Stores(
            new SqliteSessionStore(database, time),
            new SqliteTaskStore(database),
            new SqliteScheduleStore(database),
            documents,
            new SqliteGuestStore(database),
            new SqliteFileIndex(database),
            new SqliteIntegrationStore(database));
    }

    public override async ValueTask DisposeAsync()
    {
        await CloseAsync();
        Directory.Delete(directory, recursive: true);
    }

    private async Task CloseAsync()
    {
        if (database is not null)
            await database.DisposeAsync();
        if (documents is not null)
            await documents.DisposeAsync();
    }
}

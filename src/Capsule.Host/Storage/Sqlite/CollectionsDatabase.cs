namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>The file that holds collections (<c>collections.db</c>), apart from all else: an author's slow write never holds up a chat.</summary>
internal static class CollectionsDatabase
{
    public const string FileName = "collections.db";

    /// <summary>
    /// <c>body</c> is the document in SQLite's binary JSON, its id included. <c>effects</c> holds the writes of turns that may run again after a crash: they
    /// commit with what they write.
    /// </summary>
    public static IReadOnlyList<string> Migrations { get; } =
    [
        """
        CREATE TABLE documents (
            seq INTEGER PRIMARY KEY,
            collection TEXT NOT NULL,
            owner TEXT NOT NULL,
            id TEXT NOT NULL,
            body BLOB NOT NULL,
            UNIQUE (collection, owner, id)
        ) STRICT;
        CREATE INDEX documents_in_order ON documents (collection, owner, seq)
        """,
        """
        CREATE TABLE effects (
            turn_id TEXT NOT NULL,
            attempt INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            hash TEXT NOT NULL,
            result INTEGER NOT NULL,
            PRIMARY KEY (turn_id, attempt, ordinal)
        ) STRICT, WITHOUT ROWID
        """,
    ];

    public static SqliteDatabase Open(string path) => SqliteDatabase.Open(path, Migrations, SortableValue.AddTo);
}

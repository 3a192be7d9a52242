namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>Effects of turns as rows of <c>capsule.db</c>: an attempt's ordinals have no gaps, whatever could not be stored.</summary>
internal static class EffectTable
{
    public const string Create =
        """
        CREATE TABLE effects (
            turn_id TEXT NOT NULL,
            attempt INTEGER NOT NULL,
            ordinal INTEGER NOT NULL,
            kind TEXT NOT NULL,
            hash TEXT NOT NULL,
            result TEXT,
            PRIMARY KEY (turn_id, attempt, ordinal)
        ) STRICT, WITHOUT ROWID
        """;

    /// <exception cref="StorageException">An effect before it is not stored.</exception>
    public static void Record(SqliteSession db, Effect effect)
    {
        var stored = db.Execute(
            """
            INSERT INTO effects (turn_id, attempt, ordinal, kind, hash, result)
            SELECT $1, $2, $3, $4, $5, $6
            WHERE $3 <= (SELECT COALESCE(MAX(ordinal) + 1, 0) FROM effects WHERE turn_id = $1 AND attempt = $2)
            ON CONFLICT (turn_id, attempt, ordinal) DO UPDATE SET result = excluded.result
            """,
            effect.TurnId,
            effect.Attempt,
            effect.Ordinal,
            effect.Kind,
            effect.Hash,
            effect.Result);
        if (stored == 0)
            throw new StorageException($"The effect {effect.Ordinal} of the turn '{effect.TurnId}' can't be stored: one before it is missing.");
    }

    public static List<Effect> Read(SqliteSession db, string turnId, int attempt) =>
        db.Query(
            "SELECT turn_id, attempt, ordinal, kind, hash, result FROM effects WHERE turn_id = $1 AND attempt = $2 ORDER BY ordinal",
            ReadEffect,
            turnId,
            attempt);

    public static void Forget(SqliteSession db, string turnId) => db.Execute("DELETE FROM effects WHERE turn_id = $1", turnId);

    private static Effect ReadEffect(SqliteRow row) =>
        new(row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetString(3), row.GetString(4), row.IsDBNull(5) ? null : row.GetString(5));
}

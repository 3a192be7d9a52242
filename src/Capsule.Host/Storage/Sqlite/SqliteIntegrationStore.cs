namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>Connected integrations as rows of <c>capsule.db</c>.</summary>
internal sealed class SqliteIntegrationStore(SqliteDatabase database) : IIntegrationStore
{
    public const string Schema =
        """
        CREATE TABLE integrations (
            user_id TEXT NOT NULL,
            name TEXT NOT NULL,
            secret TEXT NOT NULL,
            connected_at INTEGER NOT NULL,
            PRIMARY KEY (user_id, name)
        ) STRICT, WITHOUT ROWID
        """;

    public IReadOnlyList<IntegrationRecord> Read(string userId) => database.Read(session => Read(session, userId));

    public Task<string> SaveAsync(IntegrationRecord record, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                var owner = SqliteGuestStore.FindOwner(session, record.UserId);
                if (owner == record.UserId)
                    Save(session, record);
                return owner;
            },
            cancellationToken: cancellationToken);

    public Task<bool> DeleteAsync(string userId, string name, CancellationToken cancellationToken) => database.WriteAsync(
        session => session.Execute("DELETE FROM integrations WHERE user_id = $1 AND name = $2", userId, name) > 0, cancellationToken: cancellationToken);

    /// <summary>Gives what a guest has connected to a user, but for what the user has connected already.</summary>
    /// <param name="session">Inside a write.</param>
    /// <param name="guestId">The guest.</param>
    /// <param name="userId">The user.</param>
    /// <param name="reseal">Encrypts a connection for the user; null for one that can't be read any more.</param>
    public static void Move(SqliteSession session, string guestId, string userId, Func<IntegrationRecord, IntegrationRecord?> reseal)
    {
        var present = Read(session, userId).Select(record => record.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var record in Read(session, guestId))
        {
            if (!present.Contains(record.Name) && reseal(record) is { } resealed)
                Save(session, resealed);
        }
        session.Execute("DELETE FROM integrations WHERE user_id = $1", guestId);
    }

    private static List<IntegrationRecord> Read(SqliteSession session, string userId) => session.Query(
        "SELECT user_id, name, secret, connected_at FROM integrations WHERE user_id = $1 ORDER BY name",
        row => new IntegrationRecord(row.GetString(0), row.GetString(1), row.GetString(2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))),
        userId);

    /// <summary>Stores one inside a write that stores other things, too.</summary>
    public static void Save(SqliteSession session, IntegrationRecord record) => session.Execute(
        """
        INSERT INTO integrations (user_id, name, secret, connected_at) VALUES ($1, $2, $3, $4)
        ON CONFLICT (user_id, name) DO UPDATE SET secret = excluded.secret, connected_at = excluded.connected_at
        """,
        record.UserId,
        record.Name,
        record.Secret,
        record.ConnectedAt.ToUnixTimeMilliseconds());
}

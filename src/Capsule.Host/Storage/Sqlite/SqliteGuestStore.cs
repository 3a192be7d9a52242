namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>Guests that have signed in, as rows of <c>capsule.db</c>.</summary>
internal sealed class SqliteGuestStore(SqliteDatabase database) : IGuestStore
{
    public const string Schema = "CREATE TABLE retired_guests (id TEXT PRIMARY KEY, user_id TEXT NOT NULL) STRICT, WITHOUT ROWID";

    private const int MostAnswers = 10_000;

    private readonly Dictionary<string, bool> answers = new(StringComparer.Ordinal);
    private int retirements;

    /// <summary>The id under which things of a user are kept: that of a guest who has signed in is another one now.</summary>
    /// <param name="parameter">The parameter that holds the user's id.</param>
    public static string OwnerId(string parameter) => $"coalesce((SELECT user_id FROM retired_guests WHERE id = {parameter}), {parameter})";

    /// <summary>Asked at every call of a guest: the file has one process, so that what it has said once holds until a guest is retired here.</summary>
    public bool IsRetired(string guestId)
    {
        int before;
        lock (answers)
        {
            if (answers.TryGetValue(guestId, out var known))
                return known;
            before = retirements;
        }
        var retired = database.Read(session => session.QueryFirst("SELECT 1 FROM retired_guests WHERE id = $1", row => row.GetBoolean(0), guestId));
        lock (answers)
        {
            if (before == retirements)
                Remember(guestId, retired);
        }
        return retired;
    }

    /// <summary>The user whom a guest has turned out to be; the same id for all others.</summary>
    public static string FindOwner(SqliteSession session, string userId) =>
        session.QueryFirst($"SELECT {OwnerId("$1")}", row => row.GetString(0), userId)!;

    public Task RetireAsync(string guestId, UserInfo user, Func<IntegrationRecord, IntegrationRecord?> reseal, CancellationToken cancellationToken) =>
        database.WriteAsync(
            session =>
            {
                if (session.Execute("INSERT INTO retired_guests (id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING", guestId, user.Id) == 0)
                    return false;
                MoveSessions(session, guestId, user);
                MoveTasks(session, guestId, user);
                session.Execute("UPDATE files SET owner_user_id = $2 WHERE owner_user_id = $1", guestId, user.Id);
                SqliteIntegrationStore.Move(session, guestId, user.Id, reseal);
                return true;
            },
            _ =>
            {
                lock (answers)
                {
                    retirements++;
                    Remember(guestId, retired: true);
                }
            },
            cancellationToken);

    private void Remember(string guestId, bool retired)
    {
        if (answers.Count >= MostAnswers)
            answers.Clear();
        answers[guestId] = retired;
    }

    private static void MoveSessions(SqliteSession session, string guestId, UserInfo user)
    {
        session.Execute(
            "UPDATE turns SET email = $2, org_id = $3 WHERE state IN ('queued', 'started') AND session_id IN (SELECT id FROM sessions WHERE user_id = $1)",
            guestId,
            user.Email,
            user.OrgId);
        session.Execute("UPDATE sessions SET user_id = $2, email = $3, org_id = $4 WHERE user_id = $1", guestId, user.Id, user.Email, user.OrgId);
    }

    private static void MoveTasks(SqliteSession session, string guestId, UserInfo user)
    {
        // A key both have used stays with the user's own task.
        session.Execute(
            """
            UPDATE tasks SET key = NULL
            WHERE user_id = $1 AND EXISTS (SELECT 1 FROM tasks other WHERE other.user_id = $2 AND other.name = tasks.name AND other.key = tasks.key)
            """,
            guestId,
            user.Id);
        session.Execute("UPDATE tasks SET user_id = $2, user_email = $3, user_org = $4 WHERE user_id = $1", guestId, user.Id, user.Email, user.OrgId);
    }
}

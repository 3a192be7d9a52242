using System.Text.Json;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>Tasks as rows of <c>capsule.db</c>.</summary>
internal sealed class SqliteTaskStore(SqliteDatabase database) : ITaskStore
{
    private const int Pending = (int)TaskState.Pending;
    private const int Running = (int)TaskState.Running;
    private const int Failed = (int)TaskState.Failed;
    private const int Cancelled = (int)TaskState.Cancelled;

    private const string SnapshotColumns = """
        id, name, state, display_name, percent, progress_text, error, result, attempt, created_at, started_at, completed_at
        """;

    private static readonly string ownerId = SqliteGuestStore.OwnerId("$1");

    public event Action<TaskChange>? Changed;

    public Task<string> AddAsync(NewTask task, CancellationToken cancellationToken)
    {
        var state = task.DueAt > task.CreatedAt ? TaskState.Scheduled : TaskState.Pending;
        return database.WriteAsync(
            session =>
            {
                var added = session.Execute(
                    $"""
                    INSERT INTO tasks (id, name, user_id, user_email, user_org, session_id, key, lock_key, display_name, arguments, state, due_at, every, created_at)
                    VALUES ($1, $2, {SqliteGuestStore.OwnerId("$3")}, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
                    ON CONFLICT (user_id, name, key) WHERE key IS NOT NULL DO NOTHING
                    """,
                    task.Id, task.Name, task.User.Id, task.User.Email, task.User.OrgId, task.SessionId, task.Key, task.LockKey, task.DisplayName,
                    task.Arguments, (int)state, Milliseconds(task.DueAt), (long?)task.Every?.TotalMilliseconds, Milliseconds(task.CreatedAt));
                var id = added == 1
                    ? task.Id
                    : session.QueryFirst(
                        $"SELECT id FROM tasks WHERE user_id = {ownerId} AND name = $2 AND key = $3", row => row.GetString(0), task.User.Id, task.Name, task.Key)!;
                if (task.Effect is not null)
                    EffectTable.Record(session, task.Effect with { Result = id });
                return id;
            },
            id =>
            {
                if (id == task.Id)
                    Changed?.Invoke(new TaskChange(id, state));
            },
            cancellationToken);
    }

    public TaskSnapshot? Find(string userId, string id) =>
        database.Read(session => session.QueryFirst($"SELECT {SnapshotColumns} FROM tasks WHERE user_id = {ownerId} AND id = $2", ReadSnapshot, userId, id));

    public IReadOnlyList<string> Find(string userId, string name, TaskState? state, int limit, int skip) =>
        database.Read(session => session.Query(
            $"SELECT id FROM tasks WHERE user_id = {ownerId} AND name = $2 AND ($3 IS NULL OR state = $3) ORDER BY seq DESC LIMIT $4 OFFSET $5",
            row => row.GetString(0), userId, name, (int?)state, limit, skip));

    public int Count(string userId, string name, TaskState? state) =>
        database.Read(session => session.QueryFirst(
            $"SELECT count(*) FROM tasks WHERE user_id = {ownerId} AND name = $2 AND ($3 IS NULL OR state = $3)", row => row.GetInt32(0), userId, name, (int?)state));

    public async Task<int> CancelAsync(string userId, TaskSelection selection, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var stopped = await database.WriteAsync(
            session => session.Query(
                $"""
                UPDATE tasks SET
                    stop_requested = 1,
                    completed_at = iif(state = {Running}, NULL, $5),
                    state = iif(state = {Running}, state, {Cancelled})
                WHERE user_id = {ownerId} AND completed_at IS NULL AND ($2 IS NULL OR id = $2) AND ($3 IS NULL OR name = $3) AND ($4 IS NULL OR state = $4)
                    AND ($6 IS NULL OR session_id = $6)
                RETURNING id, state
                """,
                row => new TaskChange(row.GetString(0), (TaskState)row.GetInt32(1), StopRequested: true),
                userId, selection.Id, selection.Name, (int?)selection.State, Milliseconds(now), selection.SessionId),
            Publish,
            cancellationToken);
        return stopped.Count;
    }

    public async Task<IReadOnlyList<ClaimedTask>> ClaimAsync(IReadOnlyList<string> names, int limit, DateTimeOffset now, DateTimeOffset leaseEnd)
    {
        var known = ToJson(names);
        return await database.WriteAsync(
            session =>
            {
                var claimed = new List<ClaimedTask>();
                while (claimed.Count < limit && ClaimOne(session, known, now, leaseEnd) is { } task)
                    claimed.Add(task);
                return claimed;
            },
            claimed => Publish(claimed.Select(task => new TaskChange(task.Lease.TaskId, TaskState.Running))));
    }

    public IReadOnlyDictionary<string, int> CountUnknown(IReadOnlyList<string> known) =>
        database
            .Read(session => session.Query(
                "SELECT name, count(*) FROM tasks WHERE completed_at IS NULL AND name NOT IN (SELECT value FROM json_each($1)) GROUP BY name",
                row => KeyValuePair.Create(row.GetString(0), row.GetInt32(1)),
                ToJson(known)))
            .ToDictionary(StringComparer.Ordinal);

    public DateTimeOffset? NextDue(DateTimeOffset now) =>
        database.Read(session => session.QueryFirst(
            "SELECT min(due_at) FROM tasks WHERE state IN (0, 1, 3) AND due_at > $1", row => Time(row, 0), Milliseconds(now)));

    public async Task<IReadOnlyList<TaskLease>> RenewAsync(IReadOnlyList<TaskLease> leases, DateTimeOffset leaseEnd)
    {
        var stopping = new List<TaskChange>();
        return await database.WriteAsync(
            session =>
            {
                stopping.Clear();
                var lost = new List<TaskLease>();
                foreach (var lease in leases)
                {
                    var stopRequested = session.QueryFirst(
                        $"UPDATE tasks SET lease_end = $3 WHERE id = $1 AND fence = $2 AND state = {Running} RETURNING stop_requested",
                        row => (bool?)row.GetBoolean(0), lease.TaskId, lease.Fence, Milliseconds(leaseEnd));
                    if (stopRequested is null)
                        lost.Add(lease);
                    else if (stopRequested.Value)
                        stopping.Add(new TaskChange(lease.TaskId, TaskState.Running, StopRequested: true));
                }
                return lost;
            },
            _ => Publish(stopping));
    }

    public Task ReportAsync(TaskLease lease, double? percent, string? text) =>
        database.WriteAsync(
            session => session.Execute(
                $"""
                UPDATE tasks SET percent = coalesce($3, percent), progress_text = coalesce($4, progress_text)
                WHERE id = $1 AND fence = $2 AND state = {Running}
                """,
                lease.TaskId, lease.Fence, percent, text) == 1,
            stored =>
            {
                if (stored)
                    Changed?.Invoke(new TaskChange(lease.TaskId, TaskState.Running));
            });

    public async Task<bool> EndAsync(TaskLease lease, TaskOutcome outcome, DateTimeOffset now)
    {
        var ended = await database.WriteAsync(
            session => session.Query(
                $"""
                UPDATE tasks SET
                    state = iif(stop_requested AND $11, {Cancelled}, $3),
                    completed_at = iif($11 AND NOT stop_requested, NULL, $10),
                    due_at = coalesce($4, due_at),
                    failures = $5,
                    crashes = 0,
                    result = $6,
                    error = $7,
                    percent = coalesce($8, percent),
                    progress_text = coalesce($9, progress_text),
                    lease_end = NULL
                WHERE id = $1 AND fence = $2 AND state = {Running}
                RETURNING id, state
                """,
                row => new TaskChange(row.GetString(0), (TaskState)row.GetInt32(1)),
                lease.TaskId, lease.Fence, (int)outcome.State, outcome.DueAt is { } due ? Milliseconds(due) : null, outcome.Failures, outcome.ResultJson,
                outcome.Error, outcome.Percent, outcome.ProgressText, Milliseconds(now), outcome.State.IsWaiting()),
            Publish);
        return ended.Count == 1;
    }

    public async Task<int> RecoverAsync(DateTimeOffset now, bool all, int mostCrashes, DateTimeOffset keepSince)
    {
        var left = await database.WriteAsync(
            session =>
            {
                session.Execute("DELETE FROM tasks WHERE completed_at < $1", Milliseconds(keepSince));
                return session.Query(
                    $"""
                    UPDATE tasks SET
                        state = iif(stop_requested, {Cancelled}, iif(crashes + 1 >= $3, {Failed}, {Pending})),
                        completed_at = iif(stop_requested OR crashes + 1 >= $3, $1, NULL),
                        error = iif(crashes + 1 >= $3 AND NOT stop_requested, $4, error),
                        due_at = $1,
                        crashes = crashes + 1,
                        fence = fence + 1,
                        lease_end = NULL
                    WHERE state = {Running} AND ($2 OR lease_end < $1)
                    RETURNING id, state
                    """,
                    row => new TaskChange(row.GetString(0), (TaskState)row.GetInt32(1)),
                    Milliseconds(now), all, mostCrashes, TaskErrors.TooManyCrashes);
            },
            Publish);
        return left.Count;
    }

    private static ClaimedTask? ClaimOne(SqliteSession session, string known, DateTimeOffset now, DateTimeOffset leaseEnd) =>
        session.QueryFirst(
            $"""
            UPDATE tasks SET state = {Running}, attempt = attempt + 1, fence = fence + 1, lease_end = $3, started_at = $2, percent = NULL, progress_text = NULL
            WHERE seq = (
                SELECT seq FROM tasks waiting
                WHERE state IN (0, 1, 3) AND due_at <= $2 AND name IN (SELECT value FROM json_each($1))
                    AND NOT EXISTS (SELECT 1 FROM deleted_sessions WHERE id = session_id)
                    AND (lock_key IS NULL OR NOT EXISTS (SELECT 1 FROM tasks holder WHERE holder.state = {Running} AND holder.lock_key = waiting.lock_key))
                ORDER BY due_at, seq LIMIT 1)
            RETURNING id, fence, name, user_id, user_email, user_org, session_id, arguments, every, attempt, failures
            """,
            row => new ClaimedTask
            {
                Lease = new TaskLease(row.GetString(0), row.GetInt64(1)),
                Name = row.GetString(2),
                User = new UserInfo { Id = row.GetString(3), Email = row.GetText(4), OrgId = row.GetText(5) },
                SessionId = row.GetText(6),
                Arguments = row.GetString(7),
                Every = row.IsDBNull(8) ? null : TimeSpan.FromMilliseconds(row.GetInt64(8)),
                Attempt = row.GetInt32(9),
                Failures = row.GetInt32(10),
            },
            known, Milliseconds(now), Milliseconds(leaseEnd));

    private static string ToJson(IReadOnlyList<string> names) => JsonSerializer.Serialize([.. names], StorageJson.Default.StringArray);

    private static TaskSnapshot ReadSnapshot(SqliteRow row) => new()
    {
        Id = row.GetString(0),
        Name = row.GetString(1),
        State = (TaskState)row.GetInt32(2),
        DisplayName = row.GetText(3),
        Percent = row.IsDBNull(4) ? null : row.GetDouble(4),
        ProgressText = row.GetText(5),
        Error = row.GetText(6),
        ResultJson = row.GetText(7),
        Attempt = row.GetInt32(8),
        CreatedAt = Time(row, 9)!.Value,
        StartedAt = Time(row, 10),
        CompletedAt = Time(row, 11),
    };

    private static DateTimeOffset? Time(SqliteRow row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();

    private void Publish(IEnumerable<TaskChange> changes)
    {
        foreach (var change in changes)
            Changed?.Invoke(change);
    }
}

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>Schedules as rows of <c>capsule.db</c>.</summary>
internal sealed class SqliteScheduleStore(SqliteDatabase database) : IScheduleStore
{
    private const int Waiting = (int)ScheduleRunState.Waiting;
    private const int Running = (int)ScheduleRunState.Running;
    private const int Skipped = (int)ScheduleRunState.Skipped;

    public ScheduleMark? FindMark(string name) =>
        database.Read(session => session.QueryFirst(
            "SELECT definition, marked_until FROM schedules WHERE name = $1", row => new ScheduleMark(row.GetString(0), Time(row, 1)!.Value), name));

    public Task PlanAsync(string name, ScheduleMark mark, IReadOnlyList<DateTimeOffset> plannedTimes) =>
        database.WriteAsync(session =>
        {
            session.Execute(
                $"""
                DELETE FROM schedule_runs WHERE name = $1 AND state = {Waiting} AND attempt = 0
                    AND EXISTS (SELECT 1 FROM schedules WHERE name = $1 AND definition <> $2)
                """,
                name, mark.Definition);
            session.Execute(
                """
                INSERT INTO schedules (name, definition, marked_until) VALUES ($1, $2, $3)
                ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, marked_until = excluded.marked_until
                """,
                name, mark.Definition, Milliseconds(mark.Until));
            foreach (var time in plannedTimes)
                session.Execute($"INSERT OR IGNORE INTO schedule_runs (name, planned_at, state) VALUES ($1, $2, {Waiting})", name, Milliseconds(time));
        });

    public Task RecoverAsync(string name) =>
        database.WriteAsync(session => session.Execute($"UPDATE schedule_runs SET state = {Waiting} WHERE name = $1 AND state = {Running}", name));

    public IReadOnlyList<DateTimeOffset> FindWaiting(string name) =>
        database.Read(session => session.Query(
            $"SELECT planned_at FROM schedule_runs WHERE name = $1 AND state = {Waiting} ORDER BY planned_at", row => Time(row, 0)!.Value, name));

    public Task<ScheduleClaim> ClaimAsync(string name, DateTimeOffset plannedTime, DateTimeOffset now) =>
        database.WriteAsync(session =>
        {
            session.Execute("UPDATE schedules SET marked_until = max(marked_until, $2) WHERE name = $1", name, Milliseconds(plannedTime));
            return session.QueryFirst(
                $"""
                INSERT INTO schedule_runs (name, planned_at, state, attempt, started_at)
                SELECT $1, $2, iif(busy, {Skipped}, {Running}), NOT busy, iif(busy, NULL, $3)
                FROM (SELECT EXISTS (SELECT 1 FROM schedule_runs WHERE name = $1 AND state IN ({Waiting}, {Running}) AND planned_at <> $2) AS busy) WHERE true
                ON CONFLICT (name, planned_at) DO UPDATE SET state = {Running}, attempt = attempt + 1, started_at = $3 WHERE state = {Waiting}
                RETURNING state, attempt
                """,
                row => row.GetInt32(0) == Skipped
                    ? new ScheduleClaim(null, Skipped: true)
                    : new ScheduleClaim(new ScheduleRun(name, plannedTime, row.GetInt32(1)), Skipped: false),
                name, Milliseconds(plannedTime), Milliseconds(now)) ?? new ScheduleClaim(null, Skipped: false);
        });

    public Task EndAsync(ScheduleRun run, ScheduleRunState state, string? error, DateTimeOffset now, int keep) =>
        database.WriteAsync(session =>
        {
            // The attempt tells this run from one that began after its process was taken for dead.
            session.Execute(
                $"""
                UPDATE schedule_runs SET state = $4, error = $5, ended_at = $6, attempt = attempt - ($4 = {Waiting})
                WHERE name = $1 AND planned_at = $2 AND attempt = $3 AND state = {Running}
                """,
                run.Name, Milliseconds(run.PlannedTime), run.Attempt, (int)state, error, state == ScheduleRunState.Waiting ? null : Milliseconds(now));
            session.Execute(
                $"""
                DELETE FROM schedule_runs WHERE name = $1 AND state NOT IN ({Waiting}, {Running}) AND planned_at <= (
                    SELECT planned_at FROM schedule_runs WHERE name = $1 ORDER BY planned_at DESC LIMIT 1 OFFSET $2)
                """,
                run.Name, keep);
        });

    public IReadOnlyList<RecordedRun> FindRuns(string name, int limit) =>
        database.Read(session => session.Query(
            "SELECT planned_at, state, attempt, started_at, ended_at, error FROM schedule_runs WHERE name = $1 ORDER BY planned_at DESC LIMIT $2",
            row => new RecordedRun(
                Time(row, 0)!.Value,
                (ScheduleRunState)row.GetInt32(1),
                row.GetInt32(2),
                Time(row, 3),
                Time(row, 4),
                row.IsDBNull(5) ? null : row.GetString(5)),
            name, limit));

    private static DateTimeOffset? Time(SqliteRow row, int column) =>
        row.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    private static long Milliseconds(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}

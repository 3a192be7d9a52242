namespace Capsule.Hosting.Storage.Sqlite;

internal static class ScheduleSchema
{
    /// <summary>Times are milliseconds since 1970 in UTC.</summary>
    public const string Sql = """
        CREATE TABLE schedules (
            name TEXT PRIMARY KEY,
            definition TEXT NOT NULL,
            marked_until INTEGER NOT NULL
        ) STRICT;
        CREATE TABLE schedule_runs (
            name TEXT NOT NULL,
            planned_at INTEGER NOT NULL,
            state INTEGER NOT NULL,
            attempt INTEGER NOT NULL DEFAULT 0,
            started_at INTEGER,
            ended_at INTEGER,
            error TEXT,
            PRIMARY KEY (name, planned_at)
        ) STRICT, WITHOUT ROWID
        """;
}

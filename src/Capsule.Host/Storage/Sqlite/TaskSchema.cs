namespace Capsule.Hosting.Storage.Sqlite;

internal static class TaskSchema
{
    /// <summary>
    /// Times are milliseconds since 1970 in UTC. <c>fence</c> grows whenever a run begins or is taken from its worker, so that a late worker can be told from the present one.
    /// </summary>
    public const string Sql = """
        CREATE TABLE tasks (
            seq INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            user_id TEXT NOT NULL,
            user_email TEXT,
            user_org TEXT,
            session_id TEXT,
            key TEXT,
            lock_key TEXT,
            display_name TEXT,
            arguments TEXT NOT NULL,
            state INTEGER NOT NULL,
            due_at INTEGER NOT NULL,
            every INTEGER,
            attempt INTEGER NOT NULL DEFAULT 0,
            failures INTEGER NOT NULL DEFAULT 0,
            crashes INTEGER NOT NULL DEFAULT 0,
            fence INTEGER NOT NULL DEFAULT 0,
            lease_end INTEGER,
            stop_requested INTEGER NOT NULL DEFAULT 0,
            percent REAL,
            progress_text TEXT,
            error TEXT,
            result TEXT,
            created_at INTEGER NOT NULL,
            started_at INTEGER,
            completed_at INTEGER
        ) STRICT;
        CREATE UNIQUE INDEX tasks_by_key ON tasks (user_id, name, key) WHERE key IS NOT NULL;
        CREATE INDEX tasks_by_user ON tasks (user_id, name, seq);
        CREATE INDEX tasks_waiting ON tasks (due_at, seq) WHERE state IN (0, 1, 3);
        CREATE INDEX tasks_running ON tasks (lock_key) WHERE state = 2;
        CREATE INDEX tasks_ended ON tasks (completed_at) WHERE completed_at IS NOT NULL
        """;
}

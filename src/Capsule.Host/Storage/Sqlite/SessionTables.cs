namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>The tables of sessions. Times are milliseconds since 1970 in UTC.</summary>
internal static class SessionTables
{
    public const string Create =
        """
        CREATE TABLE sessions (
            number INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            user_id TEXT NOT NULL,
            email TEXT,
            org_id TEXT,
            channel TEXT NOT NULL,
            chat TEXT,
            title TEXT,
            closed INTEGER NOT NULL DEFAULT 0,
            entered INTEGER NOT NULL DEFAULT 0,
            exited INTEGER NOT NULL DEFAULT 0,
            seq INTEGER NOT NULL DEFAULT 0,
            created_at INTEGER NOT NULL,
            updated_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sessions_of_user ON sessions (user_id, number);
        CREATE INDEX sessions_to_leave ON sessions (id) WHERE closed = 1 AND exited = 0;

        -- A delta's message_id is null once its message is there.
        -- A user's message stands where its turn began: position is that event's seq, and null while the turn is queued.
        CREATE TABLE events (
            session_id TEXT NOT NULL,
            seq INTEGER NOT NULL,
            type TEXT NOT NULL,
            data TEXT NOT NULL,
            message_id TEXT,
            turn_id TEXT,
            position INTEGER,
            at INTEGER NOT NULL,
            PRIMARY KEY (session_id, seq)
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX events_messages ON events (session_id, message_id) WHERE type = 'message';
        CREATE INDEX events_deltas ON events (session_id, message_id) WHERE type = 'delta' AND message_id IS NOT NULL;
        CREATE INDEX events_history ON events (session_id, position) WHERE position IS NOT NULL;

        CREATE TABLE turns (
            id TEXT PRIMARY KEY,
            session_id TEXT NOT NULL,
            message_id TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            seq INTEGER NOT NULL,
            state TEXT NOT NULL,
            email TEXT,
            org_id TEXT
        ) STRICT, WITHOUT ROWID;
        CREATE UNIQUE INDEX turns_messages ON turns (session_id, message_id);
        CREATE INDEX turns_queued ON turns (session_id, seq) WHERE state = 'queued';
        CREATE INDEX turns_started ON turns (session_id) WHERE state = 'started';

        CREATE TABLE prompts (
            session_id TEXT NOT NULL,
            id TEXT NOT NULL,
            turn_id TEXT,
            block TEXT NOT NULL,
            open INTEGER NOT NULL DEFAULT 1,
            expires_at INTEGER NOT NULL,
            seq INTEGER NOT NULL,
            PRIMARY KEY (session_id, id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX prompts_open ON prompts (session_id, seq) WHERE open = 1;

        CREATE TABLE session_data (
            session_id TEXT NOT NULL,
            name TEXT NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (session_id, name)
        ) STRICT, WITHOUT ROWID;
        """;

    public const string AddAttempts =
        """
        ALTER TABLE turns ADD COLUMN attempt INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE turns ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0
        """;

    /// <summary><c>start</c> is the seq at which a turn began, <c>enters</c> whether it is its session's first; <c>answer</c> says what became of a prompt.</summary>
    public const string AddReplay =
        $"""
        ALTER TABLE turns ADD COLUMN start INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE turns ADD COLUMN enters INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE turns ADD COLUMN suspended INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE turns ADD COLUMN logged INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE prompts ADD COLUMN answer TEXT;
        CREATE TABLE turn_data (
            turn_id TEXT NOT NULL,
            name TEXT NOT NULL,
            json TEXT NOT NULL,
            PRIMARY KEY (turn_id, name)
        ) STRICT, WITHOUT ROWID;
        {EffectTable.Create}
        """;

    /// <summary>A message's turn is found by its event: one index less to write for each message.</summary>
    public const string FindTurnsByEvents = "DROP INDEX turns_messages";

    /// <summary>A session's last event tells its number and time.</summary>
    public const string NumberByEvents = "ALTER TABLE sessions DROP COLUMN seq; ALTER TABLE sessions DROP COLUMN updated_at";

    /// <summary>
    /// Events lie in the order in which they came, those of all sessions together, and an index finds them by session: events that are written together share
    /// their pages. Kept by session, each is written to a page of its own, and often to its neighbours as well.
    /// </summary>
    public const string AppendEvents =
        """
        CREATE TABLE appended_events (
            session_id TEXT NOT NULL,
            seq INTEGER NOT NULL,
            type TEXT NOT NULL,
            data TEXT NOT NULL,
            message_id TEXT,
            turn_id TEXT,
            position INTEGER,
            at INTEGER NOT NULL,
            PRIMARY KEY (session_id, seq)
        ) STRICT;
        INSERT INTO appended_events SELECT session_id, seq, type, data, message_id, turn_id, position, at FROM events ORDER BY session_id, seq;
        DROP TABLE events;
        ALTER TABLE appended_events RENAME TO events;
        CREATE UNIQUE INDEX events_messages ON events (session_id, message_id) WHERE type = 'message';
        CREATE INDEX events_deltas ON events (session_id, message_id) WHERE type = 'delta' AND message_id IS NOT NULL;
        CREATE INDEX events_history ON events (session_id, position) WHERE position IS NOT NULL
        """;

    /// <summary>Which files belong to which sessions: those that messages, answers and handlers have brought.</summary>
    public const string AddDeletion =
        """
        ALTER TABLE sessions ADD COLUMN closed_at INTEGER;
        UPDATE sessions SET closed_at = updated_at WHERE closed = 1;
        CREATE INDEX sessions_closed ON sessions (closed_at) WHERE closed_at IS NOT NULL;
        CREATE TABLE session_files (
            session_id TEXT NOT NULL,
            file_id TEXT NOT NULL,
            PRIMARY KEY (session_id, file_id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX session_files_files ON session_files (file_id);
        INSERT OR IGNORE INTO session_files
            SELECT session_id, value ->> '$.id' FROM events, json_each(data, '$.attachments') WHERE events.type = 'message' AND value ->> '$.id' IS NOT NULL;
        INSERT OR IGNORE INTO session_files
            SELECT session_id, substr(data ->> '$.payload.url', 16) FROM events WHERE type = 'block' AND data ->> '$.payload.url' LIKE '/capsule/files/%'
        """;

    /// <summary>Sessions that are out of sight and not wholly deleted yet, and how often a session's farewell was begun.</summary>
    public const string AddDeletionInParts =
        """
        CREATE TABLE deleted_sessions (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
        CREATE INDEX tasks_of_session ON tasks (session_id) WHERE session_id IS NOT NULL;
        ALTER TABLE sessions ADD COLUMN farewells INTEGER NOT NULL DEFAULT 0
        """;
}

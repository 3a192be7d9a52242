namespace Capsule.Hosting.Storage.Sqlite;

/// <content>The records of turns that run again after a crash.</content>
internal sealed partial class SqliteSessionStore
{
    public Task<TurnLog> OpenTurnLogAsync(TurnRecord turn, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                if (db.Execute("UPDATE turns SET logged = 1 WHERE id = $1 AND logged = 0", turn.Id) == 1)
                {
                    db.Execute(
                        "INSERT INTO turn_data (turn_id, name, json) SELECT $1, name, json FROM session_data WHERE session_id = $2", turn.Id, turn.SessionId);
                }
                return ReadTurnLog(db, turn);
            },
            cancellationToken: cancellationToken);

    public Task<TurnStart> ResumeTurnAsync(TurnRecord turn, bool crashed, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db =>
            {
                var (start, enters) = db.QueryFirst(
                    "UPDATE turns SET suspended = 0, crashes = crashes + $2 WHERE id = $1 RETURNING start, enters",
                    row => (row.GetInt64(0), row.GetBoolean(1)),
                    turn.Id,
                    crashed ? 1 : 0);
                return Start(db, turn, start, enters);
            },
            cancellationToken: cancellationToken);

    public Task SuspendTurnAsync(string turnId, CancellationToken cancellationToken) =>
        database.WriteAsync(
            db => db.Execute("UPDATE turns SET suspended = 1 WHERE id = $1 AND state = 'started'", turnId), cancellationToken: cancellationToken);

    public Task RecordEffectAsync(Effect effect, CancellationToken cancellationToken) =>
        database.WriteAsync(db => EffectTable.Record(db, effect), cancellationToken);

    private static TurnLog ReadTurnLog(SqliteSession db, TurnRecord turn) => new()
    {
        Data = db
            .Query("SELECT name, json FROM turn_data WHERE turn_id = $1", row => KeyValuePair.Create(row.GetString(0), row.GetString(1)), turn.Id)
            .ToDictionary(StringComparer.Ordinal),
        Effects = EffectTable.Read(db, turn.Id, turn.Attempt),
        Replies = UnfinishedReplies(db, turn.SessionId).Where(reply => reply.TurnId == turn.Id).ToDictionary(reply => reply.MessageId, StringComparer.Ordinal),
        Prompts = db.Query(
            $"SELECT {PromptColumns} FROM prompts WHERE session_id = $1 AND turn_id = $2 AND open = 1 ORDER BY seq", ReadPrompt, turn.SessionId, turn.Id),
    };

    private static void CloseTurnLog(SqliteSession db, string turnId)
    {
        if (db.Execute("UPDATE turns SET logged = 0, suspended = 0 WHERE id = $1 AND logged = 1", turnId) == 0)
            return;
        db.Execute("DELETE FROM turn_data WHERE turn_id = $1", turnId);
        EffectTable.Forget(db, turnId);
    }
}

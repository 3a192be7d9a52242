using Capsule.Hosting.Sessions;

namespace Capsule.Hosting.Storage.Sqlite;

/// <content>Prompts.</content>
internal sealed partial class SqliteSessionStore
{
    private const string PromptColumns = "id, session_id, turn_id, block, open, expires_at, answer";

    public Task OpenPromptAsync(PromptRecord prompt, NewEvent block, CancellationToken cancellationToken) =>
        AppendWithAsync<bool>(
            prompt.SessionId,
            db =>
            {
                db.Execute(
                    "INSERT INTO prompts (session_id, id, turn_id, block, expires_at, seq) VALUES ($1, $2, $3, $4, $5, $6)",
                    prompt.SessionId,
                    prompt.Id,
                    prompt.TurnId,
                    prompt.Block,
                    prompt.ExpiresAt.ToUnixTimeMilliseconds(),
                    NextSeq(db, prompt.SessionId));
                return new(true, [block]);
            },
            cancellationToken);

    public Task<bool> ClosePromptAsync(string sessionId, PromptClosing closing, DateTimeOffset? answeredAt, CancellationToken cancellationToken) =>
        AppendWithAsync<bool>(
            sessionId,
            db => ClosePrompt(db, sessionId, closing, answeredAt) ? new(true, [closing.Block]) : new(false, []),
            cancellationToken);

    public Task<PromptRecord?> FindPromptAsync(string sessionId, string blockId, CancellationToken cancellationToken) =>
        Task.FromResult(database.Read(db => db.QueryFirst(
            $"SELECT {PromptColumns} FROM prompts WHERE session_id = $1 AND id = $2", ReadPrompt, sessionId, blockId)));

    public Task<IReadOnlyList<PromptRecord>> ListOpenPromptsAsync(string sessionId, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PromptRecord>>(database.Read(db => db.Query(
            $"SELECT {PromptColumns} FROM prompts WHERE session_id = $1 AND open = 1 ORDER BY seq", ReadPrompt, sessionId)));

    private static bool ClosePrompt(SqliteSession db, string sessionId, PromptClosing closing, DateTimeOffset? answeredAt)
    {
        var closed = db.Execute(
            "UPDATE prompts SET open = 0, answer = $4 WHERE session_id = $1 AND id = $2 AND open = 1 AND ($3 IS NULL OR expires_at > $3)",
            sessionId,
            closing.BlockId,
            answeredAt?.ToUnixTimeMilliseconds(),
            closing.Answer) == 1;
        if (closed && closing.Integration is { } integration)
        {
            if (SqliteGuestStore.FindOwner(db, integration.UserId) != integration.UserId)
                throw new StorageException("The guest who answers has signed in meanwhile.");
            SqliteIntegrationStore.Save(db, integration);
        }
        return closed;
    }

    private static PromptRecord ReadPrompt(SqliteRow row) =>
        new(row.GetString(0), row.GetString(1), row.GetText(2), row.GetString(3), row.GetBoolean(4), Time(row, 5), row.GetText(6));
}

using System.Text.Json;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>Documents as rows of <c>collections.db</c>.</summary>
internal sealed class SqliteDocumentStore(SqliteDatabase database) : IDocumentStore, IAsyncDisposable
{
    public Task InsertAsync(DocumentScope scope, IReadOnlyList<NewDocument> documents, Effect? once, CancellationToken cancellationToken) =>
        WriteAsync(
            once,
            session =>
            {
                foreach (var document in documents)
                {
                    var inserted = session.Execute(
                        "INSERT INTO documents (collection, owner, id, body) VALUES ($1, $2, $3, jsonb($4)) ON CONFLICT DO NOTHING",
                        scope.Collection, scope.Owner, document.Id, document.Json);
                    if (inserted == 0)
                        throw new DuplicateDocumentException(scope.Collection, document.Id);
                }
                return documents.Count;
            },
            cancellationToken);

    public IReadOnlyList<string> Find(DocumentScope scope, DocumentQuery query)
    {
        var sql = new DocumentSql();
        var where = sql.Where(scope, query.Selection);
        var order = sql.OrderBy(query.Order);
        var text = $"SELECT json(body) FROM documents WHERE {where} ORDER BY {order} LIMIT {sql.Parameter(query.Limit ?? -1)} OFFSET {sql.Parameter(query.Skip)}";
        return database.Read(session => session.Query(text, row => row.GetString(0), sql.Parameters));
    }

    public int Count(DocumentScope scope, DocumentSelection selection)
    {
        var sql = new DocumentSql();
        var text = $"SELECT count(*) FROM documents WHERE {sql.Where(scope, selection)}";
        return database.Read(session => session.QueryFirst(text, row => row.GetInt32(0), sql.Parameters));
    }

    public Task<int> UpdateAsync(
        DocumentScope scope, DocumentSelection selection, IReadOnlyList<FieldJson> changes, Effect? once, CancellationToken cancellationToken)
    {
        var sql = new DocumentSql();
        var body = changes.Aggregate("body", (inner, change) => $"jsonb_set({inner}, {sql.Path(change.Field)}, jsonb({sql.Parameter(change.Json)}))");
        return WriteAsync($"UPDATE documents SET body = {body} WHERE {sql.Where(scope, selection)}", sql, once, cancellationToken);
    }

    public Task<int> DeleteAsync(DocumentScope scope, DocumentSelection selection, Effect? once, CancellationToken cancellationToken)
    {
        var sql = new DocumentSql();
        return WriteAsync($"DELETE FROM documents WHERE {sql.Where(scope, selection)}", sql, once, cancellationToken);
    }

    public Task ForgetEffectsAsync(string turnId, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute("DELETE FROM effects WHERE turn_id = $1", turnId), cancellationToken: cancellationToken);

    public Task TouchAsync(CancellationToken cancellationToken) => database.TouchAsync(cancellationToken);

    public Task KeepEffectsAsync(IReadOnlyCollection<string> turnIds, CancellationToken cancellationToken)
    {
        var kept = JsonSerializer.Serialize([.. turnIds], StorageJson.Default.StringArray);
        return database.WriteAsync(
            session => session.Execute("DELETE FROM effects WHERE turn_id NOT IN (SELECT value FROM json_each($1))", kept),
            cancellationToken: cancellationToken);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private Task<int> WriteAsync(string text, DocumentSql sql, Effect? once, CancellationToken cancellationToken) =>
        WriteAsync(once, session => session.Execute(text, sql.Parameters), cancellationToken);

    private Task<int> WriteAsync(Effect? once, Func<SqliteSession, int> write, CancellationToken cancellationToken) =>
        database.WriteAsync(session => once is null ? write(session) : WriteOnce(session, once, write), cancellationToken: cancellationToken);

    private static int WriteOnce(SqliteSession session, Effect once, Func<SqliteSession, int> write)
    {
        var (hash, earlier) = session.QueryFirst(
            "SELECT hash, result FROM effects WHERE turn_id = $1 AND attempt = $2 AND ordinal = $3",
            row => (row.GetString(0), row.GetInt32(1)),
            once.TurnId,
            once.Attempt,
            once.Ordinal);
        if (hash is not null)
            return hash == once.Hash ? earlier : throw new EffectMismatchException(once);
        var result = write(session);
        session.Execute(
            "INSERT INTO effects (turn_id, attempt, ordinal, hash, result) VALUES ($1, $2, $3, $4, $5)",
            once.TurnId,
            once.Attempt,
            once.Ordinal,
            once.Hash,
            result);
        return result;
    }
}

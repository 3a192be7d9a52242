namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>Documents as rows of <c>collections.db</c>.</summary>
internal sealed class SqliteDocumentStore(SqliteDatabase database) : IDocumentStore, IAsyncDisposable
{
    public Task InsertAsync(DocumentScope scope, IReadOnlyList<NewDocument> documents, CancellationToken cancellationToken) =>
        database.WriteAsync(
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

    public Task<int> UpdateAsync(DocumentScope scope, DocumentSelection selection, IReadOnlyList<FieldJson> changes, CancellationToken cancellationToken)
    {
        var sql = new DocumentSql();
        var body = changes.Aggregate("body", (inner, change) => $"jsonb_set({inner}, {sql.Path(change.Field)}, jsonb({sql.Parameter(change.Json)}))");
        return WriteAsync($"UPDATE documents SET body = {body} WHERE {sql.Where(scope, selection)}", sql, cancellationToken);
    }

    public Task<int> DeleteAsync(DocumentScope scope, DocumentSelection selection, CancellationToken cancellationToken)
    {
        var sql = new DocumentSql();
        return WriteAsync($"DELETE FROM documents WHERE {sql.Where(scope, selection)}", sql, cancellationToken);
    }

    public ValueTask DisposeAsync() => database.DisposeAsync();

    private Task<int> WriteAsync(string text, DocumentSql sql, CancellationToken cancellationToken) =>
        database.WriteAsync(session => session.Execute(text, sql.Parameters), cancellationToken: cancellationToken);
}

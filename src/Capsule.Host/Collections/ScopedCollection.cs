using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting;

/// <summary>The documents of one type within one scope.</summary>
internal sealed class ScopedCollection<T>(DocumentType<T> type, DocumentScope scope, IDocumentStore store, JsonSerializerOptions options) : Collection<T>
    where T : class
{
    private readonly ConditionBuilder conditions = new(options);
    private readonly JsonTypeInfo<T> json = (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T));

    public override async Task<T> InsertAsync(T document, CancellationToken cancellationToken = default) =>
        (await InsertManyAsync([document], cancellationToken))[0];

    public override async Task<IReadOnlyList<T>> InsertManyAsync(IEnumerable<T> documents, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        var added = documents.Select(ToStored).ToList();
        await store.InsertAsync(scope, added, once: null, cancellationToken);
        return [.. added.Select(document => Read(document.Json))];
    }

    public override Task<T?> GetAsync(string id, CancellationToken cancellationToken = default) =>
        Task.FromResult(First(ById(id), []));

    public override Task<T?> FindOneAsync(Filter? filter = null, Sort? sort = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(First(Matching(filter), ConditionBuilder.Order(sort)));

    public override Task<IReadOnlyList<T>> FindAsync(
        Filter? filter = null, int? limit = null, int skip = 0, Sort? sort = null, CancellationToken cancellationToken = default)
    {
        if (limit is { } most)
            ArgumentOutOfRangeException.ThrowIfNegative(most, nameof(limit));
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        return Task.FromResult(Find(Matching(filter), ConditionBuilder.Order(sort), limit, skip));
    }

    public override async Task<bool> UpdateAsync(string id, Changes changes, CancellationToken cancellationToken = default) =>
        await UpdateAsync(ById(id), changes, cancellationToken) > 0;

    public override Task<int> UpdateAsync(Filter filter, Changes changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return UpdateAsync(Matching(filter), changes, cancellationToken);
    }

    public override async Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default) =>
        await store.DeleteAsync(scope, ById(id), once: null, cancellationToken) > 0;

    public override Task<int> DeleteAsync(Filter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        return store.DeleteAsync(scope, Matching(filter), once: null, cancellationToken);
    }

    public override Task<int> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(store.Count(scope, Matching(filter)));

    private static DocumentSelection ById(string id)
    {
        ArgumentNullException.ThrowIfNull(id);
        return new DocumentSelection(Id: id);
    }

    private DocumentSelection Matching(Filter? filter) => new(Condition: filter is null ? null : conditions.Condition(filter));

    private T? First(DocumentSelection selection, IReadOnlyList<OrderKey> order) =>
        Find(selection, order, limit: 1, skip: 0) is [var first] ? first : null;

    private IReadOnlyList<T> Find(DocumentSelection selection, IReadOnlyList<OrderKey> order, int? limit, int skip) =>
        [.. store.Find(scope, new DocumentQuery(selection, order, limit, skip)).Select(Read)];

    private Task<int> UpdateAsync(DocumentSelection selection, Changes changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(changes);
        if (changes.Fields.Count == 0)
            throw new ArgumentException("There is nothing to change.", nameof(changes));
        if (changes.Fields.Any(change => change.Field == type.IdField))
            throw new ArgumentException("The id of a document can't be changed.", nameof(changes));
        return store.UpdateAsync(scope, selection, conditions.Changes(changes), once: null, cancellationToken);
    }

    private NewDocument ToStored(T document)
    {
        ArgumentNullException.ThrowIfNull(document);
        if (JsonSerializer.SerializeToNode(document, json) is not JsonObject fields)
            throw new InvalidOperationException($"A document of '{type.Name}' must be written as a JSON object.");
        var id = type.GetId(document) is { Length: > 0 } given ? given : Ids.New("doc_");
        fields[type.IdField] = id;
        return new NewDocument(id, ConditionBuilder.WithoutNul(fields.ToJsonString()));
    }

    private T Read(string document) =>
        JsonSerializer.Deserialize(document, json) ?? throw new InvalidOperationException($"A document of '{type.Name}' is null.");
}

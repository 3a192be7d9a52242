using System.Globalization;
using System.Text.Json;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>
/// Documents as a turn sees them that runs again after a crash. Writes are effects: the store itself does each once, in one commit with a mark of it,
/// because documents are stored apart from turns. What was read is recorded, too: the handler that runs again must decide as it did.
/// </summary>
internal sealed class RecordedDocumentStore(IDocumentStore store, EffectLog effects) : IDocumentStore
{
    /// <summary>What an insertion returns whose id was taken; its result is otherwise the number of documents.</summary>
    private const string Taken = "taken:";

    public async Task InsertAsync(DocumentScope scope, IReadOnlyList<NewDocument> documents, Effect? once, CancellationToken cancellationToken)
    {
        var arguments = documents.SelectMany(document => (string[])[document.Id, document.Json]).ToArray();
        var result = await WriteAsync(
            EffectKinds.Insert,
            [scope.Collection, .. arguments],
            async effect =>
            {
                try
                {
                    await store.InsertAsync(scope, documents, effect, cancellationToken);
                    return Number(documents.Count);
                }
                catch (DuplicateDocumentException exception)
                {
                    return Taken + exception.Id;
                }
            });
        if (result.StartsWith(Taken, StringComparison.Ordinal))
            throw new DuplicateDocumentException(scope.Collection, result[Taken.Length..]);
    }

    public IReadOnlyList<string> Find(DocumentScope scope, DocumentQuery query)
    {
        string?[] order = [.. query.Order.Select(key => key.ToString())];
        using var effect = effects.Begin(
            EffectKinds.ReadDocuments, [scope.Collection, .. Describe(query.Selection), .. order, query.Limit?.ToString(CultureInfo.InvariantCulture), Number(query.Skip)]);
        if (effect.IsRecorded)
            return JsonSerializer.Deserialize(effect.Result!, EffectJson.Default.IReadOnlyListString)!;
        var found = store.Find(scope, query);
        effects.RecordLater(effect.Record(JsonSerializer.Serialize(found, EffectJson.Default.IReadOnlyListString))!);
        effect.Complete();
        return found;
    }

    public int Count(DocumentScope scope, DocumentSelection selection)
    {
        using var effect = effects.Begin(EffectKinds.ReadDocuments, ["count", scope.Collection, .. Describe(selection)]);
        if (effect.IsRecorded)
            return Number(effect.Result!);
        var count = store.Count(scope, selection);
        effects.RecordLater(effect.Record(Number(count))!);
        effect.Complete();
        return count;
    }

    public async Task<int> UpdateAsync(
        DocumentScope scope, DocumentSelection selection, IReadOnlyList<FieldJson> changes, Effect? once, CancellationToken cancellationToken)
    {
        string?[] changed = [.. changes.SelectMany(change => (string[])[change.Field, change.Json])];
        return Number(await WriteAsync(
            EffectKinds.Update,
            [scope.Collection, .. Describe(selection), .. changed],
            async effect => Number(await store.UpdateAsync(scope, selection, changes, effect, cancellationToken))));
    }

    public async Task<int> DeleteAsync(DocumentScope scope, DocumentSelection selection, Effect? once, CancellationToken cancellationToken) =>
        Number(await WriteAsync(
            EffectKinds.Delete,
            [scope.Collection, .. Describe(selection)],
            async effect => Number(await store.DeleteAsync(scope, selection, effect, cancellationToken))));

    public Task ForgetEffectsAsync(string turnId, CancellationToken cancellationToken) => store.ForgetEffectsAsync(turnId, cancellationToken);

    public Task TouchAsync(CancellationToken cancellationToken) => store.TouchAsync(cancellationToken);

    public Task KeepEffectsAsync(IReadOnlyCollection<string> turnIds, CancellationToken cancellationToken) =>
        store.KeepEffectsAsync(turnIds, cancellationToken);

    private async Task<string> WriteAsync(string kind, string?[] arguments, Func<Effect, Task<string>> write)
    {
        using var running = effects.Begin(kind, arguments);
        if (running.IsRecorded)
            return running.Result!;
        // What was read before must be stored before: a handler that runs again must not decide anew what it has written by.
        await effects.FlushAsync();
        try
        {
            var result = await write(running.Record()!);
            // The mark in the store is durable; if this record of it is lost, so are all later ones.
            effects.RecordLater(running.Record(result)!);
            running.Complete();
            return result;
        }
        catch (EffectMismatchException)
        {
            throw effects.Differ($"a {kind} had other arguments before");
        }
    }

    private static string?[] Describe(DocumentSelection selection) => [selection.Id, selection.Condition is null ? null : Describe(selection.Condition)];

    private static string Describe(Condition condition) => condition switch
    {
        FieldCondition field => field.ToString(),
        MemberCondition member => $"{member.Field} {member.Kind} in {ArgumentHash.Of([.. member.Json])}",
        AllCondition all => $"all {ArgumentHash.Of([.. all.Conditions.Select(Describe)])}",
        AnyCondition any => $"any {ArgumentHash.Of([.. any.Conditions.Select(Describe)])}",
        NotCondition not => $"not ({Describe(not.Inner)})",
        _ => throw new ArgumentException($"A condition of type {condition.GetType().Name} can't be recorded.", nameof(condition)),
    };

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

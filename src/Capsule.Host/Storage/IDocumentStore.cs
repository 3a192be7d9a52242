namespace Capsule.Hosting.Storage;

/// <summary>
/// Keeps documents as JSON. Everything it does stays within one <see cref="DocumentScope"/>, whatever a filter says. A write that is an
/// <see cref="Effect"/> is done once: the next time it returns what it returned before. So it is exact also where documents are stored apart from turns.
/// </summary>
internal interface IDocumentStore
{
    /// <summary>Stores documents, all or none.</summary>
    /// <exception cref="DuplicateDocumentException">One of the ids is taken in this scope.</exception>
    /// <exception cref="EffectMismatchException">Another effect has been done at this place of the turn.</exception>
    Task InsertAsync(DocumentScope scope, IReadOnlyList<NewDocument> documents, Effect? once, CancellationToken cancellationToken);

    /// <summary>The JSON of documents.</summary>
    IReadOnlyList<string> Find(DocumentScope scope, DocumentQuery query);

    /// <summary>The number of documents that match.</summary>
    int Count(DocumentScope scope, DocumentSelection selection);

    /// <summary>Changes fields of the documents that match and returns how many there were.</summary>
    /// <exception cref="EffectMismatchException">Another effect has been done at this place of the turn.</exception>
    Task<int> UpdateAsync(
        DocumentScope scope, DocumentSelection selection, IReadOnlyList<FieldJson> changes, Effect? once, CancellationToken cancellationToken);

    /// <summary>Deletes the documents that match and returns how many there were.</summary>
    /// <exception cref="EffectMismatchException">Another effect has been done at this place of the turn.</exception>
    Task<int> DeleteAsync(DocumentScope scope, DocumentSelection selection, Effect? once, CancellationToken cancellationToken);

    /// <summary>Forgets the effects of a turn that has ended.</summary>
    Task ForgetEffectsAsync(string turnId, CancellationToken cancellationToken);

    /// <summary>Commits without a change, as far as the disk: what a write would meet with.</summary>
    /// <exception cref="StorageException">Nothing can be stored.</exception>
    Task TouchAsync(CancellationToken cancellationToken);

    /// <summary>Forgets the effects of all turns but those that go on.</summary>
    Task KeepEffectsAsync(IReadOnlyCollection<string> turnIds, CancellationToken cancellationToken);
}

/// <summary>One collection as one owner sees it.</summary>
/// <param name="Collection">The collection's name.</param>
/// <param name="Owner">Whose documents: everybody's, an organisation's, a user's, a session's.</param>
internal sealed record DocumentScope(string Collection, string Owner);

/// <summary>A document to store.</summary>
internal sealed record NewDocument(string Id, string Json);

/// <summary>Which documents: one by its id, those that match a condition, or all.</summary>
internal sealed record DocumentSelection(string? Id = null, Condition? Condition = null);

/// <summary>Which documents, in which order and how many.</summary>
internal sealed record DocumentQuery(DocumentSelection Selection, IReadOnlyList<OrderKey> Order, int? Limit, int Skip);

/// <summary>A field to order by; null and absent are the smallest.</summary>
internal sealed record OrderKey(string Field, FieldKind Kind, bool Descending);

/// <summary>A field and a JSON value for it.</summary>
internal sealed record FieldJson(string Field, string Json);

/// <summary>A condition on a document. It either holds or does not; nothing is unknown.</summary>
internal abstract record Condition;

/// <summary>Compares a field with a value. Null equals null and absent, and is neither less nor greater than anything.</summary>
internal sealed record FieldCondition(string Field, FieldKind Kind, Comparison Comparison, string Json) : Condition;

/// <summary>The field equals one of the values.</summary>
internal sealed record MemberCondition(string Field, FieldKind Kind, IReadOnlyList<string> Json) : Condition;

/// <summary>All of several hold.</summary>
internal sealed record AllCondition(IReadOnlyList<Condition> Conditions) : Condition;

/// <summary>One of several holds.</summary>
internal sealed record AnyCondition(IReadOnlyList<Condition> Conditions) : Condition;

/// <summary>It does not hold.</summary>
internal sealed record NotCondition(Condition Inner) : Condition;

namespace Capsule;

/// <summary>An order of documents. Made from a <see cref="Field{T}"/>: <c>t.Priority.Descending()</c>.</summary>
/// <param name="keys">The fields to order by, the most significant first.</param>
public sealed class Sort(IReadOnlyList<SortKey> keys)
{
    /// <summary>The fields to order by, the most significant first.</summary>
    public IReadOnlyList<SortKey> Keys { get; } = keys;

    /// <summary>Orders those that are equal so far by something else.</summary>
    public Sort ThenBy(Sort next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return new([.. Keys, .. next.Keys]);
    }
}

/// <summary>One field to order by.</summary>
/// <param name="Field">The field's name in the stored JSON.</param>
/// <param name="Descending">Whether the largest comes first.</param>
/// <param name="ValueType">The field's type, by which its values are ordered.</param>
public sealed record SortKey(string Field, bool Descending, Type ValueType);

using System.Diagnostics.CodeAnalysis;

namespace Capsule;

/// <summary>New values for fields of documents. Made from a <see cref="Field{T}"/> and combined with <c>&amp;</c>: <c>t.Status.Set("done") &amp; t.Priority.Set(1)</c>.</summary>
/// <param name="fields">The fields and their new values; of several for the same field the last counts.</param>
[SuppressMessage("Usage", "CA2225", Justification = "Changes read as one expression; named alternatives would only be a second way to write them.")]
public sealed class Changes(IReadOnlyList<FieldChange> fields)
{
    /// <summary>The fields and their new values.</summary>
    public IReadOnlyList<FieldChange> Fields { get; } = fields;

    /// <summary>Makes both changes.</summary>
    public static Changes operator &(Changes left, Changes right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new([.. left.Fields, .. right.Fields]);
    }
}

/// <summary>A new value for one field.</summary>
/// <param name="Field">The field's name in the stored JSON.</param>
/// <param name="Value">Its new value.</param>
/// <param name="ValueType">The field's type, by which the value is written as JSON.</param>
public sealed record FieldChange(string Field, object? Value, Type ValueType);

using System.Diagnostics.CodeAnalysis;

namespace Capsule;

/// <summary>A field of a document, for filters, sorts and changes. Generated code names them; authors compare them: <c>t.Status == "open"</c>.</summary>
/// <remarks>
/// Text compares by Unicode code points (so <c>B</c> comes before <c>a</c>), numbers by value and in full precision, booleans false before true, <see cref="DateTimeOffset"/> and
/// <see cref="DateTime"/> by the instant whatever the offset (without one: UTC), <see cref="TimeSpan"/> by length, enums as they are written in JSON (by name or by
/// number). Lists and objects are equal when their JSON is, and have no order.
/// </remarks>
/// <typeparam name="T">The field's type.</typeparam>
/// <param name="name">The field's name in the stored JSON.</param>
[SuppressMessage("Usage", "CA2231", Justification = "The operators build filters; fields themselves are not compared.")]
public readonly struct Field<T>(string name)
{
    /// <summary>The field's name in the stored JSON.</summary>
    public string Name { get; } = name;

    /// <summary>Matches documents whose field equals the value; null matches a field that is null or absent.</summary>
    public static Filter operator ==(Field<T> field, T value) => new ComparisonFilter(field.Name, Comparison.Equal, value, typeof(T));

    /// <summary>Matches the documents that <c>==</c> does not.</summary>
    public static Filter operator !=(Field<T> field, T value) => new ComparisonFilter(field.Name, Comparison.NotEqual, value, typeof(T));

    /// <summary>Matches documents whose field is less than the value; never one whose field is null or absent.</summary>
    public static Filter operator <(Field<T> field, T value) => new ComparisonFilter(field.Name, Comparison.Less, value, typeof(T));

    /// <summary>Matches documents whose field is greater than the value; never one whose field is null or absent.</summary>
    public static Filter operator >(Field<T> field, T value) => new ComparisonFilter(field.Name, Comparison.Greater, value, typeof(T));

    /// <summary>Matches documents whose field is at most the value; never one whose field is null or absent.</summary>
    public static Filter operator <=(Field<T> field, T value) => new ComparisonFilter(field.Name, Comparison.LessOrEqual, value, typeof(T));

    /// <summary>Matches documents whose field is at least the value; never one whose field is null or absent.</summary>
    public static Filter operator >=(Field<T> field, T value) => new ComparisonFilter(field.Name, Comparison.GreaterOrEqual, value, typeof(T));

    /// <summary>Matches documents whose field equals one of the values.</summary>
    public Filter IsIn(params IReadOnlyList<T> values) => new MembershipFilter(Name, [.. values], typeof(T));

    /// <summary>Orders by this field, smallest first; null and absent come first.</summary>
    public Sort Ascending() => new([new SortKey(Name, Descending: false, typeof(T))]);

    /// <summary>Orders by this field, largest first; null and absent come last.</summary>
    public Sort Descending() => new([new SortKey(Name, Descending: true, typeof(T))]);

    /// <summary>Gives the field a value.</summary>
    public Changes Set(T value) => new([new FieldChange(Name, value, typeof(T))]);

    /// <inheritdoc />
    public override bool Equals(object? obj) => obj is Field<T> other && other.Name == Name;

    /// <inheritdoc />
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);
}

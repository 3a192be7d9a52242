using System.Diagnostics.CodeAnalysis;

namespace Capsule;

/// <summary>
/// A condition on documents, evaluated by the database. Made by comparing a <see cref="Field{T}"/>; combined with <c>&amp;</c> or <c>&amp;&amp;</c>,
/// <c>|</c> or <c>||</c>, and <c>!</c>.
/// </summary>
[SuppressMessage("Usage", "CA2225", Justification = "Filters read as conditions; named alternatives would only be a second way to write them.")]
public abstract class Filter
{
    private protected Filter()
    {
    }

    /// <summary>Both must hold.</summary>
    public static Filter operator &(Filter left, Filter right) => new AllFilter(left, right);

    /// <summary>One must hold.</summary>
    public static Filter operator |(Filter left, Filter right) => new AnyFilter(left, right);

    /// <summary>It must not hold.</summary>
    public static Filter operator !(Filter filter) => new NotFilter(filter);

    /// <summary>Always false, so that <c>||</c> goes on to its right side and combines both.</summary>
    public static bool operator true(Filter filter) => false;

    /// <summary>Always false, so that <c>&amp;&amp;</c> goes on to its right side and combines both.</summary>
    public static bool operator false(Filter filter) => false;
}

/// <summary>How <see cref="ComparisonFilter"/> compares.</summary>
public enum Comparison
{
    /// <summary><c>==</c></summary>
    Equal,

    /// <summary><c>!=</c></summary>
    NotEqual,

    /// <summary><c>&lt;</c></summary>
    Less,

    /// <summary><c>&lt;=</c></summary>
    LessOrEqual,

    /// <summary><c>&gt;</c></summary>
    Greater,

    /// <summary><c>&gt;=</c></summary>
    GreaterOrEqual,
}

/// <summary>Compares a field with a value.</summary>
/// <param name="field">The field's name in the stored JSON.</param>
/// <param name="comparison">How.</param>
/// <param name="value">With what.</param>
/// <param name="valueType">The field's type, by which the value is written as JSON.</param>
public sealed class ComparisonFilter(string field, Comparison comparison, object? value, Type valueType) : Filter
{
    /// <summary>The field's name in the stored JSON.</summary>
    public string Field { get; } = field;

    /// <summary>How it compares.</summary>
    public Comparison Comparison { get; } = comparison;

    /// <summary>With what.</summary>
    public object? Value { get; } = value;

    /// <summary>The field's type.</summary>
    public Type ValueType { get; } = valueType;
}

/// <summary>Matches documents whose field equals one of several values.</summary>
/// <param name="field">The field's name in the stored JSON.</param>
/// <param name="values">The values; without any, nothing matches.</param>
/// <param name="valueType">The field's type, by which the values are written as JSON.</param>
public sealed class MembershipFilter(string field, IReadOnlyList<object?> values, Type valueType) : Filter
{
    /// <summary>The field's name in the stored JSON.</summary>
    public string Field { get; } = field;

    /// <summary>The values.</summary>
    public IReadOnlyList<object?> Values { get; } = values;

    /// <summary>The field's type.</summary>
    public Type ValueType { get; } = valueType;
}

/// <summary>Both must hold.</summary>
/// <param name="left">One condition.</param>
/// <param name="right">The other.</param>
public sealed class AllFilter(Filter left, Filter right) : Filter
{
    /// <summary>One condition.</summary>
    public Filter Left { get; } = left;

    /// <summary>The other.</summary>
    public Filter Right { get; } = right;
}

/// <summary>One must hold.</summary>
/// <param name="left">One condition.</param>
/// <param name="right">The other.</param>
public sealed class AnyFilter(Filter left, Filter right) : Filter
{
    /// <summary>One condition.</summary>
    public Filter Left { get; } = left;

    /// <summary>The other.</summary>
    public Filter Right { get; } = right;
}

/// <summary>It must not hold.</summary>
/// <param name="inner">The condition.</param>
public sealed class NotFilter(Filter inner) : Filter
{
    /// <summary>The condition.</summary>
    public Filter Inner { get; } = inner;
}

using System.Text.Json;
using System.Text.Json.Nodes;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting;

/// <summary>Turns what authors write (filters, sorts, changes over .NET values) into what stores understand (fields, kinds and JSON).</summary>
internal sealed class ConditionBuilder(JsonSerializerOptions options)
{
    public Condition Condition(Filter filter) => filter switch
    {
        ComparisonFilter comparison => Compare(comparison),
        MembershipFilter membership => new MemberCondition(
            membership.Field,
            FieldKinds.Of(membership.ValueType),
            [.. membership.Values.Select(value => Json(value, membership.ValueType)).Where(json => !HasNul(json))]),
        AllFilter all => new AllCondition([.. Chain(all, static each => each is AllFilter both ? (both.Left, both.Right) : null).Select(Condition)]),
        AnyFilter any => new AnyCondition([.. Chain(any, static each => each is AnyFilter both ? (both.Left, both.Right) : null).Select(Condition)]),
        NotFilter not => new NotCondition(Condition(not.Inner)),
        _ => throw new ArgumentException($"A filter of type {filter.GetType().Name} can't be evaluated.", nameof(filter)),
    };

    public static IReadOnlyList<OrderKey> Order(Sort? sort) => sort is null ? [] : [.. sort.Keys.Select(key =>
    {
        var kind = FieldKinds.Of(key.ValueType);
        return kind == FieldKind.Json ? throw Unordered(key.Field) : new OrderKey(key.Field, kind, key.Descending);
    })];

    public IReadOnlyList<FieldJson> Changes(Changes changes) =>
        [.. changes.Fields.Select(change => new FieldJson(change.Field, WithoutNul(Json(change.Value, change.ValueType))))];

    /// <exception cref="ArgumentException">It contains the character U+0000, which not every store can keep.</exception>
    public static string WithoutNul(string json) =>
        HasNul(json) ? throw new ArgumentException("A document can't hold the character U+0000.") : json;

    private static bool HasNul(string json) => json.Contains(@"\u0000", StringComparison.Ordinal) && HasNul(JsonDocument.Parse(json).RootElement);

    private static bool HasNul(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString()!.Contains('\0', StringComparison.Ordinal),
        JsonValueKind.Array => element.EnumerateArray().Any(HasNul),
        JsonValueKind.Object => element.EnumerateObject().Any(member => member.Name.Contains('\0', StringComparison.Ordinal) || HasNul(member.Value)),
        _ => false,
    };

    private Condition Compare(ComparisonFilter filter)
    {
        var kind = FieldKinds.Of(filter.ValueType);
        if (kind == FieldKind.Json && filter.Comparison is not (Comparison.Equal or Comparison.NotEqual))
            throw Unordered(filter.Field);
        var json = Json(filter.Value, filter.ValueType);
        return HasNul(json) ? CompareWithNul(filter, kind, json) : new FieldCondition(filter.Field, kind, filter.Comparison, json);
    }

    /// <summary>No document holds such a value, but it comes from clients. A text with U+0000 comes right after the one that ends before it.</summary>
    private static Condition CompareWithNul(ComparisonFilter filter, FieldKind kind, string json)
    {
        var nothing = new MemberCondition(filter.Field, kind, []);
        return filter.Comparison switch
        {
            Comparison.Equal => nothing,
            Comparison.NotEqual => new NotCondition(nothing),
            Comparison.Less or Comparison.LessOrEqual => new FieldCondition(filter.Field, kind, Comparison.LessOrEqual, BeforeNul()),
            _ => new FieldCondition(filter.Field, kind, Comparison.Greater, BeforeNul()),
        };

        string BeforeNul()
        {
            var text = JsonDocument.Parse(json).RootElement.GetString()!;
            return JsonValue.Create(text[..text.IndexOf('\0', StringComparison.Ordinal)]).ToJsonString();
        }
    }

    private static NotSupportedException Unordered(string field) =>
        new($"The field '{field}' holds lists or objects, which have no order; compare it with == or !=.");

    /// <summary>The links of a chain such as <c>a &amp;&amp; b &amp;&amp; c</c>, without recursion: a chain may be long.</summary>
    private static IEnumerable<Filter> Chain(Filter filter, Func<Filter, (Filter Left, Filter Right)?> split)
    {
        var rest = new Stack<Filter>([filter]);
        while (rest.TryPop(out var next))
        {
            if (split(next) is not { } both)
            {
                yield return next;
                continue;
            }
            rest.Push(both.Right);
            rest.Push(both.Left);
        }
    }

    // By way of a node, as whole documents are, so that the same value has the same text.
    private string Json(object? value, Type type) => JsonSerializer.SerializeToNode(value, options.GetTypeInfo(type))?.ToJsonString() ?? "null";
}

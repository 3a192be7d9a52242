using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json.Nodes;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>A statement about documents as it is put together, with its parameters. Nothing of a document or a filter becomes part of the text.</summary>
internal sealed class DocumentSql
{
    private readonly List<object?> parameters = [];

    public object?[] Parameters => [.. parameters];

    /// <summary>Adds a parameter and returns its place.</summary>
    public string Parameter(object? value)
    {
        parameters.Add(value);
        return "$" + parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The condition that a document is in a scope and selected. The scope stands outside of whatever the selection says.</summary>
    public string Where(DocumentScope scope, DocumentSelection selection)
    {
        var where = $"collection = {Parameter(scope.Collection)} AND owner = {Parameter(scope.Owner)}";
        if (selection.Id is not null)
            where += $" AND id = {Parameter(selection.Id)}";
        if (selection.Condition is not null)
            where += $" AND ({Render(selection.Condition)})";
        return where;
    }

    public string OrderBy(IReadOnlyList<OrderKey> order) =>
        string.Concat(order.Select(key => $"{Value(key.Field, key.Kind)} {(key.Descending ? "DESC" : "ASC")}, ")) + "seq";

    /// <summary>The path of a field of the document.</summary>
    public string Path(string field) => Parameter("$.\"" + JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(field) + "\"");

    /// <summary>A field's value in a form that SQLite compares and orders as its kind says.</summary>
    private string Value(string field, FieldKind kind) => kind is FieldKind.Text or FieldKind.Integer
        ? $"(body ->> {Path(field)})"
        : $"{SortableValue.Function}({((int)kind).ToString(CultureInfo.InvariantCulture)}, body -> {Path(field)})";

    private string Render(Condition condition) => condition switch
    {
        FieldCondition field => Compare(field),
        MemberCondition member => IsMember(member),
        NotCondition not => $"NOT ({Render(not.Inner)})",
        AllCondition all => Join(all.Conditions, 0, all.Conditions.Count, "AND"),
        AnyCondition any => Join(any.Conditions, 0, any.Conditions.Count, "OR"),
        _ => throw new ArgumentException($"A condition of type {condition.GetType().Name} can't be evaluated.", nameof(condition)),
    };

    private string Compare(FieldCondition condition)
    {
        var operation = condition.Comparison switch
        {
            Comparison.Equal => "IS",
            Comparison.NotEqual => "IS NOT",
            Comparison.Less => "<",
            Comparison.LessOrEqual => "<=",
            Comparison.Greater => ">",
            Comparison.GreaterOrEqual => ">=",
            _ => throw new ArgumentOutOfRangeException(nameof(condition), condition.Comparison, "This comparison is not known."),
        };
        var comparison = $"{Value(condition.Field, condition.Kind)} {operation} {Parameter(SortableValue.Of(condition.Kind, condition.Json))}";
        // What is compared with null is neither true nor false for SQL; here it is false.
        return condition.Comparison is Comparison.Equal or Comparison.NotEqual ? comparison : $"({comparison}) IS TRUE";
    }

    private string IsMember(MemberCondition condition)
    {
        var values = condition.Json.Select(json => SortableValue.Of(condition.Kind, json)).ToList();
        // One parameter for all of them, whatever their number: the text of the statement stays the same.
        var list = new JsonArray([.. values.Where(value => value is not null).Select(value => value switch
        {
            long integer => JsonValue.Create(integer),
            double real => JsonValue.Create(real),
            _ => (JsonNode)JsonValue.Create((string)value!),
        })]);
        var field = Value(condition.Field, condition.Kind);
        var isIn = $"({field} IN (SELECT value FROM json_each({Parameter(list.ToJsonString())}))) IS TRUE";
        return values.Contains(null) ? $"({isIn} OR {field} IS NULL)" : isIn;
    }

    /// <summary>Joins in halves: SQLite limits how deep an expression may be, and a chain of thousands is as deep as it is long.</summary>
    private string Join(IReadOnlyList<Condition> conditions, int start, int count, string operation)
    {
        if (count == 1)
            return $"({Render(conditions[start])})";
        var half = count / 2;
        return $"({Join(conditions, start, half, operation)} {operation} {Join(conditions, start + half, count - half, operation)})";
    }
}

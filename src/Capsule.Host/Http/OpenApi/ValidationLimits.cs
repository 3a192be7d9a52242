using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Describes what DataAnnotations ask of a value. The framework does so for some attributes and for properties; a record's attributes are on its
/// constructor's parameters.
/// </summary>
internal sealed class ValidationLimits : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // A limit on one use of a type is none of the type's own.
        if (schema.IsComponent())
            return Task.CompletedTask;
        foreach (var attribute in AttributesOf(context))
            Apply(schema, attribute);
        return Task.CompletedTask;
    }

    private static IEnumerable<object> AttributesOf(OpenApiSchemaTransformerContext context)
    {
        if (context.JsonPropertyInfo is { } property)
        {
            return (property.AttributeProvider?.GetCustomAttributes(inherit: true) ?? [])
                .Concat(property.AssociatedParameter?.AttributeProvider?.GetCustomAttributes(inherit: true) ?? []);
        }
        // Of a list, the parameter's attributes are about the list and not about each of its values.
        return context.ParameterDescription is { ParameterDescriptor: IParameterInfoParameterDescriptor described } parameter && parameter.Type == context.JsonTypeInfo.Type
            ? described.ParameterInfo.GetCustomAttributes(inherit: true)
            : [];
    }

    private static void Apply(OpenApiSchema schema, object attribute)
    {
        var isList = schema.Type?.HasFlag(JsonSchemaType.Array) == true;
        switch (attribute)
        {
            case RangeAttribute range:
                ApplyRange(schema, range);
                break;
            case StringLengthAttribute length:
                SetLength(schema, isList, length.MinimumLength > 0 ? length.MinimumLength : null, length.MaximumLength);
                break;
            case LengthAttribute length:
                SetLength(schema, isList, length.MinimumLength, length.MaximumLength);
                break;
            case MinLengthAttribute length:
                SetLength(schema, isList, length.Length, null);
                break;
            case MaxLengthAttribute { Length: >= 0 } length:
                SetLength(schema, isList, null, length.Length);
                break;
            case RequiredAttribute { AllowEmptyStrings: false } when schema.Type?.HasFlag(JsonSchemaType.String) == true && schema.Format is null && schema.Enum is null:
                schema.MinLength ??= 1;
                break;
            case RegularExpressionAttribute expression:
                schema.Pattern = Whole(expression.Pattern);
                break;
            case EmailAddressAttribute:
                schema.Format = "email";
                break;
            case UrlAttribute:
                schema.Format = "uri";
                break;
            case Base64StringAttribute:
                schema.Format = "byte";
                break;
            case AllowedValuesAttribute allowed when Nodes(allowed.Values) is { } values:
                schema.Enum = values;
                break;
            case DeniedValuesAttribute denied when Nodes(denied.Values) is { } values:
                schema.Not = new OpenApiSchema { Enum = values };
                break;
        }
    }

    private static void ApplyRange(OpenApiSchema schema, RangeAttribute range)
    {
        if (schema.Type is not { } type || (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) == 0)
            return;
        var (least, most) = (Number(range.Minimum), Number(range.Maximum));
        schema.Minimum = range.MinimumIsExclusive ? null : least;
        schema.ExclusiveMinimum = range.MinimumIsExclusive ? least : null;
        schema.Maximum = range.MaximumIsExclusive ? null : most;
        schema.ExclusiveMaximum = range.MaximumIsExclusive ? most : null;
    }

    /// <summary>Null for a limit that is none: the range of a type that goes beyond every number one can write.</summary>
    private static string? Number(object limit) =>
        decimal.TryParse(Convert.ToString(limit, CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(CultureInfo.InvariantCulture)
            : null;

    private static void SetLength(OpenApiSchema schema, bool isList, int? least, int? most)
    {
        if (isList)
        {
            schema.MinItems = least ?? schema.MinItems;
            schema.MaxItems = most ?? schema.MaxItems;
            return;
        }
        // The framework writes 0 where an attribute says nothing of a least length.
        schema.MinLength = least ?? (schema.MinLength == 0 ? null : schema.MinLength);
        schema.MaxLength = most ?? schema.MaxLength;
    }

    /// <summary>The attribute asks that the whole value matches; a pattern of a schema may match a part.</summary>
    private static string Whole(string pattern) =>
        pattern.StartsWith('^') && pattern.EndsWith('$') && !pattern.Contains('|', StringComparison.Ordinal) ? pattern : $"^(?:{pattern})$";

    private static List<JsonNode>? Nodes(object?[] values)
    {
        var nodes = values.Select(Node).OfType<JsonNode>().ToList();
        return nodes.Count == values.Length ? nodes : null;
    }

    private static JsonNode? Node(object? value) => value switch
    {
        string text => JsonValue.Create(text),
        bool flag => JsonValue.Create(flag),
        int number => JsonValue.Create(number),
        long number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        Enum constant => JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(constant.ToString())),
        _ => null,
    };
}

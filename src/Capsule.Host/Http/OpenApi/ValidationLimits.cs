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
                RangeLimits.Apply(schema, range);
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
            case AllowedValuesAttribute allowed when Nodes(schema, allowed.Values) is { } values:
                schema.Enum = values;
                break;
            case DeniedValuesAttribute denied when Nodes(schema, denied.Values) is { } values:
                schema.Not = new OpenApiSchema { Enum = values };
                break;
        }
    }

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

    /// <summary>Null where a value can't be written. Null among the values counts only where a schema has it: in a query string or a form it is what is not sent.</summary>
    private static List<JsonNode>? Nodes(OpenApiSchema schema, object?[] values)
    {
        var nodes = new List<JsonNode>();
        foreach (var value in values)
        {
            if (value is null)
            {
                if (schema.Type?.HasFlag(JsonSchemaType.Null) == true)
                    nodes.Add(null!);
                continue;
            }
            if (Node(value) is not { } node)
                return null;
            nodes.Add(node);
        }
        return nodes.Count == 0 ? null : nodes;
    }

    private static JsonValue? Node(object value) => value switch
    {
        string text => JsonValue.Create(text),
        char letter => JsonValue.Create(letter.ToString()),
        bool flag => JsonValue.Create(flag),
        byte or sbyte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => JsonValue.Create(number),
        float number => JsonValue.Create(number),
        double number => JsonValue.Create(number),
        Enum constant => JsonValue.Create(JsonNamingPolicy.CamelCase.ConvertName(constant.ToString())),
        _ => null,
    };
}

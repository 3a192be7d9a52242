using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Describes parameters that are read from text where JSON has it otherwise. An enum's constant is written as in the code, whatever JSON calls it: it has a schema of
/// its own, beside the parameter. What reads itself from text is text in a list, too; the framework says so of single values only.
/// </summary>
internal sealed class TextParameters(CommentedTypes comments) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var description in context.Description.ParameterDescriptions)
        {
            if (description.Source.Id is "Body"
                || operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == description.Name) is not { } described)
            {
                continue;
            }
            if (SchemaOf(description.Type, description.DefaultValue, comments) is { } schema)
                described.Schema = schema;
            else if (described.Schema is OpenApiSchema { Items: { } items } list && (items is OpenApiSchemaReference || items.Type is null || items.Type.Value.HasFlag(JsonSchemaType.Object)))
                list.Items = new OpenApiSchema { Type = JsonSchemaType.String };
        }
        return Task.CompletedTask;
    }

    /// <summary>Null for a type that is no enum, nor an array of one.</summary>
    public static OpenApiSchema? SchemaOf(Type? type, object? defaultValue, CommentedTypes comments)
    {
        var single = type?.IsArray == true ? type.GetElementType() : type;
        if (single is not null)
            single = Nullable.GetUnderlyingType(single) ?? single;
        if (single?.IsEnum != true)
            return null;
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = comments.OfConstants(single, static name => name),
            Enum = [.. Enum.GetNames(single).Select(static name => (JsonNode)JsonValue.Create(name))],
        };
        if (type != single && type!.IsArray)
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema };
        if (defaultValue is { } value and not DBNull)
            schema.Default = JsonValue.Create(Convert.ToString(value is Enum ? value : Enum.ToObject(single, value), CultureInfo.InvariantCulture));
        return schema;
    }
}

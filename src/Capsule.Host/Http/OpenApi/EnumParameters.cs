using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Describes enums outside of JSON: there a constant is written as in the code, whatever JSON calls it. So these have schemas of their own, beside the parameter.
/// </summary>
internal sealed class EnumParameters(CommentedTypes comments) : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var description in context.Description.ParameterDescriptions)
        {
            if (Schema(description) is not { } schema)
                continue;
            if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == description.Name) is { } described)
                described.Schema = schema;
            foreach (var content in operation.RequestBody?.Content?.Values ?? [])
            {
                if (description.Source.Id == "Form" && content.Schema is OpenApiSchema { Properties: { } fields } && fields.ContainsKey(description.Name))
                    fields[description.Name] = schema;
            }
        }
        return Task.CompletedTask;
    }

    private OpenApiSchema? Schema(ApiParameterDescription description)
    {
        if (description.Source.Id is "Body" || description.Type is not { } type)
            return null;
        var single = type.IsArray ? type.GetElementType()! : type;
        single = Nullable.GetUnderlyingType(single) ?? single;
        if (!single.IsEnum)
            return null;
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = comments.OfConstants(single, static name => name),
            Enum = [.. Enum.GetNames(single).Select(static name => (JsonNode)JsonValue.Create(name))],
        };
        if (type.IsArray)
            return new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema };
        if (description.DefaultValue is { } value && value is not DBNull)
            schema.Default = JsonValue.Create(Convert.ToString(value is Enum ? value : Enum.ToObject(single, value), CultureInfo.InvariantCulture));
        return schema;
    }
}

using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Gives schemas and their properties the texts of XML comments, which the generator has put into the manifests.</summary>
internal sealed class SchemaTexts(CommentedTypes comments) : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var property = context.JsonPropertyInfo;
        if (property is not null && MemberOf(property) is { } member)
            Describe(schema, member);
        if (schema.IsComponent() || (property is null && context.ParameterDescription is null))
            Describe(schema, context.JsonTypeInfo);
        if (property?.AttributeProvider?.IsDefined(typeof(ObsoleteAttribute), inherit: true) == true && !schema.IsComponent())
            schema.Deprecated = true;
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiSchema schema, MemberDocumentation member)
    {
        if (schema.IsComponent())
        {
            // Beside the reference, not inside what is referred to.
            if (member.Text is not null)
                schema.Metadata!.TryAdd(SchemaMetadata.ReferenceDescription, member.Text);
            return;
        }
        schema.Description ??= member.Text;
        if (member.Example is not null)
            schema.Examples ??= [Examples.Parse(member.Example, schema.Type)];
    }

    private void Describe(OpenApiSchema schema, JsonTypeInfo typeInfo)
    {
        if (comments.Find(typeInfo.Type) is not { } text)
            return;
        schema.Description ??= text.Text;
        if (text.Example is not null)
            schema.Examples ??= [Examples.Parse(text.Example, schema.Type)];
        var type = Nullable.GetUnderlyingType(typeInfo.Type) ?? typeInfo.Type;
        if (type.IsEnum)
            schema.Description = comments.OfConstants(type, name => JsonName(name, type, typeInfo));
    }

    private static string JsonName(string name, Type type, JsonTypeInfo typeInfo) =>
        JsonSerializer.SerializeToNode(Enum.Parse(type, name), typeInfo)?.ToString() ?? name;

    private MemberDocumentation? MemberOf(JsonPropertyInfo property)
    {
        var declared = property.AttributeProvider as MemberInfo;
        return comments.Find(declared?.DeclaringType ?? property.DeclaringType)?.Members.FirstOrDefault(member =>
            declared is null ? string.Equals(member.Name, property.Name, StringComparison.OrdinalIgnoreCase) : member.Name == declared.Name);
    }
}

/// <summary>What the framework notes about schemas while it makes a document.</summary>
internal static class SchemaMetadata
{
    /// <summary>Becomes the description beside a reference.</summary>
    public const string ReferenceDescription = "x-ref-description";

    /// <summary>Becomes the default beside a reference.</summary>
    public const string ReferenceDefault = "x-ref-default";

    /// <summary>Whether the schema becomes a component, to which its uses refer.</summary>
    public static bool IsComponent(this OpenApiSchema schema) =>
        schema.Metadata?.TryGetValue("x-schema-id", out var name) == true && name is string { Length: > 0 };
}

/// <summary>Examples in comments are text; in a document they are JSON.</summary>
internal static class Examples
{
    public static JsonNode Parse(string example, JsonSchemaType? type)
    {
        var text = example.Trim();
        if (type?.HasFlag(JsonSchemaType.String) == true)
            return JsonValue.Create(text.Length > 1 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text);
        try
        {
            return JsonNode.Parse(text) ?? JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }
}

using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>The host's own answers leave out what is null, so that their schemas must not offer null.</summary>
internal sealed class AbsentInsteadOfNull : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var declaringType = context.JsonPropertyInfo?.DeclaringType;
        if (declaringType?.Assembly != typeof(AbsentInsteadOfNull).Assembly)
            return Task.CompletedTask;
        if (schema.Type is { } type)
            schema.Type = type & ~JsonSchemaType.Null;
        // With this mark a reference becomes a choice between null and what it refers to.
        schema.Metadata?.Remove("x-is-nullable-property");
        return Task.CompletedTask;
    }
}

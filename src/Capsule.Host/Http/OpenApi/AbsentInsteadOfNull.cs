using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>The host's own answers leave out what is null, so that their schemas must not offer null.</summary>
internal sealed class AbsentInsteadOfNull : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        var declaringType = context.JsonPropertyInfo?.DeclaringType;
        if (declaringType?.Assembly == typeof(AbsentInsteadOfNull).Assembly && schema.Type is { } type)
            schema.Type = type & ~JsonSchemaType.Null;
        return Task.CompletedTask;
    }
}

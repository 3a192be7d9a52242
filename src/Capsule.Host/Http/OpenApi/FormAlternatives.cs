using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Gives the form of an operation that takes JSON, too, its own schema.</summary>
internal sealed class FormAlternatives : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<FormAlternative>().LastOrDefault() is { } form)
            operation.RequestBody!.Content![form.ContentType].Schema = new OpenApiSchemaReference(form.Schema, context.Document);
        return Task.CompletedTask;
    }
}

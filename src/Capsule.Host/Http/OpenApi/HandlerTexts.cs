using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Gives handlers' operations the texts of their XML comments, which the generator has put beside them.</summary>
internal sealed class HandlerTexts : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<HandlerDocumentation>().LastOrDefault() is not { } texts)
            return Task.CompletedTask;

        operation.Summary ??= texts.Summary;
        operation.Description ??= texts.Description;
        foreach (var description in context.Description.ParameterDescriptions)
        {
            // On the wire a parameter may have another name than in the code.
            if (!texts.Parameters.TryGetValue(description.ParameterDescriptor?.Name ?? description.Name, out var text))
                continue;
            if (operation.Parameters?.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == description.Name) is { } parameter)
                parameter.Description ??= text;
            else if (operation.RequestBody is OpenApiRequestBody body)
                body.Description ??= text;
        }
        if (texts.Returns is { } returns && operation.Responses?.FirstOrDefault(response => response.Key is ['2', ..]).Value is OpenApiResponse success)
            success.Description = returns;
        return Task.CompletedTask;
    }
}

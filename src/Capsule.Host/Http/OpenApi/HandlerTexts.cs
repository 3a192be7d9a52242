using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Gives handlers' operations the texts of their XML comments, which the generator has put beside them.</summary>
internal sealed class HandlerTexts : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<ObsoleteAttribute>().Any())
            operation.Deprecated = true;
        if (metadata.OfType<HandlerDocumentation>().LastOrDefault() is not { } texts)
            return Task.CompletedTask;

        operation.Summary ??= texts.Summary;
        operation.Description ??= texts.Example is null ? texts.Description : $"{texts.Description}\n\n{texts.Example}".Trim();
        DescribeResponses(operation, texts);
        DescribeTag(operation, texts);
        return Task.CompletedTask;
    }

    private static void DescribeResponses(OpenApiOperation operation, HandlerDocumentation texts)
    {
        var responses = operation.Responses ??= [];
        if (texts.Returns is { } returns && responses.FirstOrDefault(response => response.Key is ['2', ..]).Value is OpenApiResponse success)
            success.Description = returns;
        foreach (var (status, text) in texts.Responses)
        {
            // What only a comment mentions is an answer, too: a handler that returns an IResult says nothing of its own.
            if (responses.TryGetValue(status, out var known) && known is OpenApiResponse response)
                response.Description = text;
            else
                responses[status] = new OpenApiResponse { Description = text };
        }
    }

    private static void DescribeTag(OpenApiOperation operation, HandlerDocumentation texts)
    {
        if (texts.Group is not { } group)
            return;
        foreach (var reference in operation.Tags ?? Enumerable.Empty<OpenApiTagReference>())
        {
            if (reference.Target is OpenApiTag tag)
                tag.Description ??= group;
        }
    }
}

using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Writes what a file is where it is used: the framework names it after a .NET interface.</summary>
internal sealed class InlineFiles : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        new OpenApiWalker(new Replacement()).Walk(document);
        return Task.CompletedTask;
    }

    private sealed class Replacement : OpenApiVisitorBase
    {
        public override void Visit(IOpenApiSchema schema)
        {
            if (schema is not OpenApiSchema own)
                return;
            foreach (var (name, property) in own.Properties?.ToList() ?? [])
                own.Properties![name] = Inline(property);
            if (own.Items is { } items)
                own.Items = Inline(items);
        }

        public override void Visit(OpenApiMediaType mediaType)
        {
            if (mediaType.Schema is { } schema)
                mediaType.Schema = Inline(schema);
        }

        private static IOpenApiSchema Inline(IOpenApiSchema schema) => schema is OpenApiSchemaReference { Reference.Id: nameof(IFormFile) } reference
            ? new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary", Description = reference.Reference.Description }
            : schema;
    }
}

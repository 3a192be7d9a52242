using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Takes out the schemas that nothing refers to after the other transformers have put theirs in place.</summary>
internal sealed class UnusedSchemas : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        if (document.Components?.Schemas is not { } schemas)
            return Task.CompletedTask;
        var references = new References();
        new OpenApiWalker(references).Walk(document);
        foreach (var name in schemas.Keys.Except(references.Names).ToList())
            schemas.Remove(name);
        return Task.CompletedTask;
    }

    private sealed class References : OpenApiVisitorBase
    {
        public HashSet<string> Names { get; } = [];

        public override void Visit(IOpenApiReferenceHolder referenceHolder)
        {
            if (referenceHolder is OpenApiSchemaReference { Reference.Id: { } name })
                Names.Add(name);
        }
    }
}

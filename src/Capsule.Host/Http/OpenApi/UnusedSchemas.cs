using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Takes out the schemas that no operation refers to, by itself or by others, after the other transformers have put theirs in place.</summary>
internal sealed class UnusedSchemas : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        if (document.Components?.Schemas is not { } schemas)
            return Task.CompletedTask;
        // Beside its schemas, the document stays as it is while it is walked.
        document.Components.Schemas = null;
        var open = new Stack<string>(NamesIn(document));
        var used = new Dictionary<string, IOpenApiSchema>();
        document.Components.Schemas = schemas;
        while (open.TryPop(out var name))
        {
            if (!schemas.TryGetValue(name, out var schema) || !used.TryAdd(name, schema))
                continue;
            foreach (var inner in NamesIn(new OpenApiDocument { Paths = [], Components = new() { Schemas = new Dictionary<string, IOpenApiSchema> { [name] = schema } } }))
                open.Push(inner);
        }
        foreach (var name in schemas.Keys.Except(used.Keys).ToList())
            schemas.Remove(name);
        return Task.CompletedTask;
    }

    private static HashSet<string> NamesIn(OpenApiDocument document)
    {
        var references = new References();
        new OpenApiWalker(references).Walk(document);
        return references.Names;
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

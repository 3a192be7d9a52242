using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Says what the document is about and where its paths begin.</summary>
internal sealed class DocumentInfoTransformer(IOptions<CapsuleOptions> options) : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info.Title = options.Value.AppName;
        document.Info.Description ??= $"The HTTP handlers and the chat API of {options.Value.AppName}.";
        // The address by which a caller got the document need not be the one that others use.
        document.Servers = [new OpenApiServer { Url = "/" }];
        return Task.CompletedTask;
    }
}

using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Says what the document and its parts are about, and where its paths begin.</summary>
internal sealed class DocumentInfoTransformer(IOptions<CapsuleOptions> options) : IOpenApiDocumentTransformer
{
    private static readonly Dictionary<string, string> tags = new()
    {
        ["Chat"] = "One question, one answer, in one call.",
        ["Files"] = "What users send with messages, and what handlers publish.",
        ["Health"] = "For load balancers and orchestrators.",
        ["Identity"] = "Who the caller is.",
        ["Integrations"] = "The caller's accounts at other services.",
        ["Sessions"] = "Conversations: their messages, events and prompts.",
        ["Tasks"] = "Work in the background.",
    };

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        Describe(document.Info, options.Value.AppName!, options.Value.OpenApi);
        // The address by which a caller got the document need not be the one that others use.
        document.Servers = [new OpenApiServer { Url = "/" }];
        // Nothing is required where an operation does not say so itself.
        document.Security ??= [[]];
        foreach (var tag in document.Tags ?? Enumerable.Empty<OpenApiTag>())
            tag.Description ??= tag.Name is { } name ? tags.GetValueOrDefault(name) : null;
        return Task.CompletedTask;
    }

    private static void Describe(OpenApiInfo info, string appName, CapsuleOpenApi settings)
    {
        info.Title = appName;
        info.Description ??= settings.Description ?? $"The HTTP handlers and the chat API of {appName}.";
        info.Version = settings.Version;
        if (settings.ContactName is not null || settings.ContactEmail is not null || settings.ContactUrl is not null)
            info.Contact ??= new OpenApiContact { Name = settings.ContactName, Email = settings.ContactEmail, Url = Address(settings.ContactUrl) };
        if (settings.LicenseName is not null)
            info.License ??= new OpenApiLicense { Name = settings.LicenseName, Url = Address(settings.LicenseUrl) };
    }

    private static Uri? Address(string? text) => text is null ? null : new Uri(text);
}

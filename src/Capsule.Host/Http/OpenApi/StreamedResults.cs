using System.Net.ServerSentEvents;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Describes what a handler streams as Server-Sent Events: the schema is that of one event, as it is on the wire. The framework describes the .NET type
/// that holds an event.
/// </summary>
internal sealed class StreamedResults : IOpenApiOperationTransformer
{
    public const string MediaType = "text/event-stream";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var response in context.Description.SupportedResponseTypes)
        {
            if (response.Type is not { IsConstructedGenericType: true } type || type.GetGenericTypeDefinition() != typeof(SseItem<>))
                continue;
            if (operation.Responses?.TryGetValue(response.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture), out var described) == true
                && described.Content?.TryGetValue(MediaType, out var content) == true)
            {
                content.Schema = Event(DataOf(content.Schema, context.Document!));
            }
        }
        return Task.CompletedTask;
    }

    private static IOpenApiSchema DataOf(IOpenApiSchema? item, OpenApiDocument document)
    {
        if (item is OpenApiSchemaReference { Reference.Id: { } name } && document.Components?.Schemas?.TryGetValue(name, out var component) == true)
            item = component;
        if (item?.Properties?.TryGetValue("data", out var data) != true)
            return new OpenApiSchema();
        // An event without data is not sent.
        if (data is OpenApiSchema { Type: { } type } schema)
            schema.Type = type & ~JsonSchemaType.Null;
        return data!;
    }

    private static OpenApiSchema Event(IOpenApiSchema data) => new()
    {
        Type = JsonSchemaType.Object,
        Description = "One event of the stream.",
        Required = new HashSet<string> { "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "What to send as `Last-Event-ID` to go on after it." },
            ["event"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The type of the event; `message` when absent." },
            ["retry"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int64", Description = "How long to wait before reconnecting, in milliseconds." },
            ["data"] = data,
        },
    };
}

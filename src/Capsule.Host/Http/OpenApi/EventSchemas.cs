using Capsule.Hosting.Sessions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Describes the data of each type of event, and that event streams are text.</summary>
internal sealed class EventSchemas : IOpenApiDocumentTransformer
{
    private const string EventStream = "text/event-stream";

    private static readonly (string Name, Type Data)[] types =
    [
        ("MessageEvent", typeof(MessageData)),
        ("DeltaEvent", typeof(DeltaData)),
        ("NotificationEvent", typeof(NotificationData)),
        ("BlockEvent", typeof(BlockData)),
        ("TurnEvent", typeof(TurnData)),
        ("SessionChangeEvent", typeof(SessionChangeData)),
    ];

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        if (document.Components?.Schemas is { } schemas
            && schemas.TryGetValue(nameof(Channels.SessionEvent), out var schema)
            && schema is OpenApiSchema { Properties: { } properties })
        {
            var choices = new List<IOpenApiSchema>();
            foreach (var (name, type) in types)
            {
                document.AddComponent<IOpenApiSchema>(name, await context.GetOrCreateSchemaAsync(type, null, cancellationToken));
                choices.Add(new OpenApiSchemaReference(name, document));
            }
            properties["data"] = new OpenApiSchema { OneOf = choices, Description = "What happened, by type." };
        }
        foreach (var content in EventStreams(document))
            content.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Server-Sent Events: `id` is the event's number, `event` its type, `data` its JSON." };
    }

    private static IEnumerable<OpenApiMediaType> EventStreams(OpenApiDocument document) =>
        from path in document.Paths.Values
        from operation in path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()
        from response in operation.Responses?.Values ?? Enumerable.Empty<IOpenApiResponse>()
        from content in response.Content ?? new Dictionary<string, OpenApiMediaType>()
        where content.Key == EventStream
        select content.Value;
}

using Capsule.Hosting.Channels;
using Capsule.Hosting.Sessions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Describes an event as one schema for each type, which <c>type</c> tells apart, so that a generated client knows what <c>data</c> is; and that
/// what an event stream sends of it.
/// </summary>
internal sealed class EventSchemas : IOpenApiDocumentTransformer
{
    /// <summary>What is sent of an event: the event's number, type and data, as a stream names them.</summary>
    private const string StreamedEvent = "StreamedEvent";

    private static readonly (string Name, string Type, Type Data)[] types =
    [
        ("MessageEvent", EventTypes.Message, typeof(MessageData)),
        ("DeltaEvent", EventTypes.Delta, typeof(DeltaData)),
        ("NotificationEvent", EventTypes.Notification, typeof(NotificationData)),
        ("BlockEvent", EventTypes.Block, typeof(BlockData)),
        ("TurnEvent", EventTypes.Turn, typeof(TurnData)),
        ("SessionChangeEvent", EventTypes.Session, typeof(SessionChangeData)),
    ];

    /// <summary>What the schemas are called.</summary>
    public static IEnumerable<string> Names => [.. types.Select(type => type.Name), .. types.Select(type => type.Data.Name), nameof(SessionEvent), StreamedEvent];

    public async Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        if (document.Components?.Schemas is { } schemas && schemas.ContainsKey(nameof(SessionEvent)))
        {
            foreach (var (name, type, data) in types)
            {
                if (!schemas.ContainsKey(data.Name))
                    document.AddComponent<IOpenApiSchema>(data.Name, await DataAsync(data, document, context, cancellationToken));
                document.AddComponent<IOpenApiSchema>(name, Event(type, new OpenApiSchemaReference(data.Name, document)));
            }
            schemas[nameof(SessionEvent)] = AnyEvent(document);
            document.AddComponent<IOpenApiSchema>(StreamedEvent, AnyStreamedEvent(document));
            foreach (var content in EventStreams(document))
                content.Schema = new OpenApiSchemaReference(StreamedEvent, document);
        }
    }

    private static async Task<OpenApiSchema> DataAsync(
        Type data, OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var schema = await context.GetOrCreateSchemaAsync(data, null, cancellationToken);
        // Schemas that are made here hold others inside instead of referring to them.
        if (data == typeof(MessageData) && schema.Properties?["attachments"] is OpenApiSchema attachments)
            attachments.Items = new OpenApiSchemaReference(nameof(UploadedFile), document);
        return schema;
    }

    private static OpenApiSchema Event(string type, OpenApiSchemaReference data) => new()
    {
        Type = JsonSchemaType.Object,
        Description = $"An event of type `{type}`.",
        Required = new HashSet<string> { "seq", "type", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["seq"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Integer,
                Format = "int64",
                Description = "The event's number; strictly increasing in its session.",
            },
            ["type"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = type },
            ["data"] = data,
        },
    };

    private static OpenApiSchema AnyEvent(OpenApiDocument document) => new()
    {
        Description = "Something that happened in a session.",
        OneOf = [.. types.Select(type => new OpenApiSchemaReference(type.Name, document))],
        Discriminator = new OpenApiDiscriminator
        {
            PropertyName = "type",
            Mapping = types.ToDictionary(type => type.Type, type => new OpenApiSchemaReference(type.Name, document)),
        },
    };

    private static OpenApiSchema AnyStreamedEvent(OpenApiDocument document) => new()
    {
        Description = "One event of a stream of Server-Sent Events.",
        OneOf = [.. types.Select(type => Streamed(type.Type, new OpenApiSchemaReference(type.Data.Name, document)))],
    };

    private static OpenApiSchema Streamed(string type, OpenApiSchemaReference data) => new()
    {
        Type = JsonSchemaType.Object,
        Description = $"An event of type `{type}`.",
        Required = new HashSet<string> { "id", "event", "data" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "The event's `seq`; what to send as `Last-Event-ID` to go on after it." },
            ["event"] = new OpenApiSchema { Type = JsonSchemaType.String, Const = type },
            ["data"] = data,
        },
    };

    /// <summary>Those of the chat API; a handler's own have other events.</summary>
    private static IEnumerable<OpenApiMediaType> EventStreams(OpenApiDocument document) =>
        from path in document.Paths.Values
        from operation in path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()
        where operation.OperationId is "readEvents" or "chat"
        from response in operation.Responses?.Values ?? Enumerable.Empty<IOpenApiResponse>()
        from content in response.Content ?? new Dictionary<string, OpenApiMediaType>()
        where content.Key == StreamedResults.MediaType
        select content.Value;
}

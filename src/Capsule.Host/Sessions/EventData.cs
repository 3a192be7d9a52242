using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Capsule.Hosting.Sessions;

/// <summary>The data of a <c>message</c> event: a whole message. It replaces what deltas of the same id have built.</summary>
internal sealed record MessageData
{
    public required string Id { get; init; }

    /// <summary><c>user</c> or <c>app</c>.</summary>
    public required string Sender { get; init; }

    public required string Text { get; init; }

    public IReadOnlyList<AttachmentData>? Attachments { get; init; }

    public required DateTimeOffset Timestamp { get; init; }

    public string? TurnId { get; init; }

    /// <summary>True when the reply was cut off.</summary>
    public bool? Partial { get; init; }
}

/// <summary>A file attached to a message.</summary>
internal sealed record AttachmentData(string Id, string Name, string ContentType, long Size, string Url);

/// <summary>The data of a <c>delta</c> event: more text of a reply that grows.</summary>
internal sealed record DeltaData(string MessageId, string Text);

/// <summary>The data of a <c>notification</c> event.</summary>
internal sealed record NotificationData(string Text, string? Detail);

/// <summary>The data of a <c>block</c> event; the same id replaces in place.</summary>
internal sealed record BlockData(string Id, string Type, JsonObject Payload);

/// <summary>The data of a <c>turn</c> event.</summary>
internal sealed record TurnData(string Id, string State, string? Error = null, string? TraceId = null);

/// <summary>The data of a <c>session</c> event.</summary>
internal sealed record SessionChangeData(string? Title = null, bool? Closed = null);

/// <summary>Makes events from their data.</summary>
internal static class Events
{
    public static NewEvent Message(MessageData message) =>
        new(EventTypes.Message, Write(message, EventJson.Relaxed.MessageData)) { MessageId = message.Id, TurnId = message.TurnId };

    public static NewEvent Delta(string messageId, string text, string? turnId) =>
        new(EventTypes.Delta, Write(new DeltaData(messageId, text), EventJson.Relaxed.DeltaData)) { MessageId = messageId, TurnId = turnId };

    public static NewEvent Notification(string text, string? detail, string? turnId) =>
        new(EventTypes.Notification, Write(new NotificationData(text, detail), EventJson.Relaxed.NotificationData)) { TurnId = turnId };

    public static NewEvent Block(Block block, string? turnId) =>
        new(EventTypes.Block, Write(new BlockData(block.Id, block.Type, WithoutNulls(block.Payload)), EventJson.Relaxed.BlockData)) { TurnId = turnId };

    public static NewEvent Turn(string id, string state, string? error = null, string? traceId = null) =>
        new(EventTypes.Turn, Write(new TurnData(id, state, error, traceId), EventJson.Relaxed.TurnData)) { TurnId = id };

    public static NewEvent Title(string title, string? turnId = null) =>
        new(EventTypes.Session, Write(new SessionChangeData(Title: title), EventJson.Relaxed.SessionChangeData)) { TurnId = turnId };

    public static NewEvent Closed() =>
        new(EventTypes.Session, Write(new SessionChangeData(Closed: true), EventJson.Relaxed.SessionChangeData));

    public static MessageData ReadMessage(string data) => JsonSerializer.Deserialize(data, EventJson.Relaxed.MessageData)!;

    public static string ReadDelta(string data) => JsonSerializer.Deserialize(data, EventJson.Relaxed.DeltaData)!.Text;

    public static TurnData ReadTurn(string data) => JsonSerializer.Deserialize(data, EventJson.Relaxed.TurnData)!;

    private static string Write<T>(T data, JsonTypeInfo<T> type) => JsonSerializer.Serialize(data, type);

    /// <summary>The wire knows no nulls: a member without a value is absent.</summary>
    private static JsonObject WithoutNulls(JsonObject payload)
    {
        var copy = new JsonObject();
        foreach (var (name, value) in payload)
        {
            if (value is not null)
                copy[name] = Copy(value);
        }
        return copy;

        static JsonNode? Copy(JsonNode? value) => value switch
        {
            JsonObject inner => WithoutNulls(inner),
            JsonArray list => new JsonArray([.. list.Select(Copy)]),
            _ => value?.DeepClone(),
        };
    }
}

/// <summary>How event data is written: camelCase, without nulls, readable letters instead of escapes.</summary>
[JsonSerializable(typeof(MessageData))]
[JsonSerializable(typeof(DeltaData))]
[JsonSerializable(typeof(NotificationData))]
[JsonSerializable(typeof(BlockData))]
[JsonSerializable(typeof(TurnData))]
[JsonSerializable(typeof(SessionChangeData))]
internal sealed partial class EventJson : JsonSerializerContext
{
    /// <summary>The one to use. Events travel as event streams and JSON, never inside HTML, so letters need no escapes.</summary>
    public static EventJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

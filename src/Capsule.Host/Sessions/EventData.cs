using System.ComponentModel.DataAnnotations;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>A whole message. It replaces what deltas of the same id have built.</summary>
internal sealed record MessageData
{
    /// <summary>The message's id.</summary>
    public required string Id { get; init; }

    /// <summary>Who says it.</summary>
    [AllowedValues("user", "app")]
    public required string Sender { get; init; }

    /// <summary>What it says, as Markdown.</summary>
    public required string Text { get; init; }

    /// <summary>The files that come with it.</summary>
    public IReadOnlyList<UploadedFile>? Attachments { get; init; }

    /// <summary>When it was sent (UTC).</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The turn that it begins or belongs to.</summary>
    public string? TurnId { get; init; }

    /// <summary>True when the reply was cut off.</summary>
    public bool? Partial { get; init; }
}

/// <summary>More text of a reply that grows.</summary>
/// <param name="MessageId">The reply's id.</param>
/// <param name="Text">What follows the text so far.</param>
internal sealed record DeltaData(string MessageId, string Text);

/// <summary>What the app is doing. It replaces the notification before.</summary>
/// <param name="Text">A few words.</param>
/// <param name="Detail">More about it.</param>
internal sealed record NotificationData(string Text, string? Detail = null);

/// <summary>A card of the conversation. The same id replaces in place.</summary>
/// <param name="Id">The block's id, under which a prompt is answered.</param>
/// <param name="Type">Which card it is: <c>file_upload</c>, <c>approval_prompt</c>, <c>image</c>, …</param>
/// <param name="Payload">What the card is drawn from.</param>
internal sealed record BlockData(string Id, string Type, JsonObject Payload);

/// <summary>How far a turn is: one message and all that the app does about it.</summary>
/// <param name="Id">The turn's id.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Error">A sentence about why it failed.</param>
/// <param name="TraceId">Finds the failure in the server's logs.</param>
internal sealed record TurnData(
    string Id,
    [property: AllowedValues(
        TurnStates.Queued, TurnStates.Started, TurnStates.Completed, TurnStates.Failed, TurnStates.Cancelled, TurnStates.Interrupted)]
    string State,
    string? Error = null,
    string? TraceId = null);

/// <summary>What has changed about the session.</summary>
/// <param name="Title">What the conversation is called now.</param>
/// <param name="Closed">True when it takes no messages any more.</param>
internal sealed record SessionChangeData(string? Title = null, bool? Closed = null);

/// <summary>Makes events from their data.</summary>
internal static class Events
{
    public static NewEvent Message(MessageData message) =>
        new(EventTypes.Message, Write(message, EventJson.Relaxed.MessageData))
        {
            MessageId = message.Id,
            TurnId = message.TurnId,
            FileIds = message.Attachments is null ? [] : [.. message.Attachments.Select(file => file.Id)],
        };

    /// <summary>The message that remains of a reply whose writer is gone.</summary>
    public static NewEvent Remains(UnfinishedReply reply) => Message(new MessageData
    {
        Id = reply.MessageId,
        Sender = Conversation.App,
        Text = reply.Text,
        Timestamp = reply.StartedAt,
        TurnId = reply.TurnId,
        Partial = true,
    });

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

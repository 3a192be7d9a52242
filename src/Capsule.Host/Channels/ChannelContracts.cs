using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Channels;

/// <summary>Begins a session.</summary>
internal sealed record CreateSession
{
    [Description("The name of the chat (a message handler); the default chat when absent.")]
    public string? Chat { get; init; }

    [Description("What the conversation is called; at most 200 characters.")]
    public string? Title { get; init; }
}

/// <summary>Changes a session.</summary>
internal sealed record UpdateSession
{
    [Description("What the conversation is called; at most 200 characters.")]
    public required string Title { get; init; }
}

/// <summary>A session that has just begun.</summary>
internal record CreatedSession
{
    public CreatedSession()
    {
    }

    [SetsRequiredMembers]
    public CreatedSession(SessionRecord session)
    {
        Id = session.Id;
        Channel = session.Channel;
        Chat = session.Chat;
        Title = session.Title;
        CreatedAt = session.CreatedAt;
    }

    [Description("The session's id.")]
    public required string Id { get; init; }

    [Description("How the user reaches the app: `chat`, `api`.")]
    public required string Channel { get; init; }

    [Description("The name of the chat; absent for the default chat.")]
    public string? Chat { get; init; }

    [Description("What the conversation is called.")]
    public string? Title { get; init; }

    [Description("When it began (UTC).")]
    public required DateTimeOffset CreatedAt { get; init; }
}

/// <summary>A session in a list.</summary>
internal record SessionSummary : CreatedSession
{
    public SessionSummary()
    {
    }

    [SetsRequiredMembers]
    public SessionSummary(SessionRecord session)
        : base(session)
    {
        UpdatedAt = session.UpdatedAt;
        Closed = session.Closed;
    }

    [Description("When something last happened in it (UTC).")]
    public required DateTimeOffset UpdatedAt { get; init; }

    [Description("Whether it takes no messages any more.")]
    public required bool Closed { get; init; }
}

/// <summary>A session.</summary>
internal sealed record SessionDetails : SessionSummary
{
    public SessionDetails()
    {
    }

    [SetsRequiredMembers]
    public SessionDetails(SessionRecord session, TurnRecord? turn, IEnumerable<PromptRecord> prompts)
        : base(session)
    {
        Seq = session.Seq;
        Turn = turn is null ? null : new TurnData(turn.Id, turn.State);
        Prompts = [.. prompts.Select(prompt => JsonSerializer.Deserialize(prompt.Block, EventJson.Relaxed.BlockData)!)];
    }

    [Description("The last event's number; 0 without any.")]
    public required long Seq { get; init; }

    [Description("The turn that runs, or the next one.")]
    public TurnData? Turn { get; init; }

    [Description("The prompts that wait for an answer.")]
    public required IReadOnlyList<BlockData> Prompts { get; init; }
}

/// <summary>A page of sessions.</summary>
internal sealed record SessionList
{
    [Description("The sessions, newest first.")]
    public required IReadOnlyList<SessionSummary> Items { get; init; }

    [Description("What to pass as `before` for the next page; absent on the last one.")]
    public string? Next { get; init; }
}

/// <summary>Sends a message.</summary>
internal sealed record PostMessage
{
    [Description("The message's id, made by the client: 1 to 64 letters, digits, `.`, `_`, `:` or `-`. Sending it again changes nothing.")]
    public string? Id { get; init; }

    [Description("What it says; may be empty when files come with it.")]
    public required string Text { get; init; }

    [Description("The ids of uploaded files.")]
    public IReadOnlyList<string>? Attachments { get; init; }
}

/// <summary>A message that is stored.</summary>
internal sealed record AcceptedMessage
{
    [Description("The message's id.")]
    public required string MessageId { get; init; }

    [Description("The turn that will answer it.")]
    public required string TurnId { get; init; }

    [Description("The number of the message's event.")]
    public required long Seq { get; init; }
}

/// <summary>A page of events.</summary>
internal sealed record EventPage
{
    [Description("The events, oldest first.")]
    public required IReadOnlyList<SessionEvent> Events { get; init; }

    [Description("Whether there are more.")]
    public required bool More { get; init; }
}

/// <summary>Something that happened in a session. The OpenAPI document has a schema of it for each type: see <see cref="EventSchemas"/>.</summary>
internal sealed record SessionEvent
{
    public required long Seq { get; init; }

    public required string Type { get; init; }

    public required JsonElement Data { get; init; }
}

/// <summary>Cancels a turn.</summary>
internal sealed record CancelTurn
{
    [Description("The turn; the running one when absent.")]
    public string? TurnId { get; init; }
}

/// <summary>Runs a turn again.</summary>
internal sealed record RetryTurn
{
    [Description("The turn: one that was interrupted or has failed.")]
    public required string TurnId { get; init; }
}

/// <summary>Answers a prompt.</summary>
internal sealed record PromptAnswer
{
    [Description("The answer to an approval prompt.")]
    public bool? Approved { get; init; }

    [Description("The answer to an integration prompt: the values by the names of the card's fields.")]
    public IReadOnlyDictionary<string, string?>? Fields { get; init; }

    [Description("True: the user will not answer.")]
    public bool? Declined { get; init; }
}

/// <summary>One synchronous turn.</summary>
internal sealed record ChatRequest
{
    [Description("What to say.")]
    public required string Text { get; init; }

    [Description("The session to go on with; a new one when absent.")]
    public string? SessionId { get; init; }
}

/// <summary>The app's answer.</summary>
internal sealed record ChatReply
{
    [Description("What the app has said, its replies separated by blank lines.")]
    public required string Text { get; init; }

    [Description("The session, to go on with.")]
    public required string SessionId { get; init; }

    [Description("The turn's id.")]
    public required string RequestId { get; init; }
}

/// <summary>How the chat API's bodies are read and written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateSession))]
[JsonSerializable(typeof(UpdateSession))]
[JsonSerializable(typeof(CreatedSession))]
[JsonSerializable(typeof(SessionSummary))]
[JsonSerializable(typeof(SessionDetails))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(PostMessage))]
[JsonSerializable(typeof(AcceptedMessage))]
[JsonSerializable(typeof(EventPage))]
[JsonSerializable(typeof(CancelTurn))]
[JsonSerializable(typeof(RetryTurn))]
[JsonSerializable(typeof(PromptAnswer))]
[JsonSerializable(typeof(ChatRequest))]
[JsonSerializable(typeof(ChatReply))]
internal sealed partial class ChannelJson : JsonSerializerContext
{
    /// <summary>For what holds the data of events, which are written with letters instead of escapes everywhere.</summary>
    public static ChannelJson Relaxed { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}

namespace Capsule;

/// <summary>A message of a conversation.</summary>
public sealed record Message
{
    /// <summary>The message's id, unique in its session.</summary>
    public required string Id { get; init; }

    /// <summary>What it says.</summary>
    public required string Text { get; init; }

    /// <summary>Who said it.</summary>
    public required MessageSender Sender { get; init; }

    /// <summary>The type of the <see cref="SessionChannel"/> it came or went through.</summary>
    public required string ChannelType { get; init; }

    /// <summary>When it was accepted or, for the app's own, begun.</summary>
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The files that came with it.</summary>
    public IReadOnlyList<Attachment> Attachments { get; init; } = [];

    /// <summary>The turn it belongs to; null for what a task has said.</summary>
    internal string? TurnId { get; init; }
}

/// <summary>Who said a message.</summary>
public enum MessageSender
{
    /// <summary>The user.</summary>
    User,

    /// <summary>The app.</summary>
    App,
}

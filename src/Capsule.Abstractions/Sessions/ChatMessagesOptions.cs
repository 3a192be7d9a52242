namespace Capsule;

/// <summary>How <see cref="Session.ChatMessages(Message, ChatMessagesOptions?)"/> builds a model's view of the conversation.</summary>
public sealed record ChatMessagesOptions
{
    internal static ChatMessagesOptions Default { get; } = new();

    /// <summary>A system message to begin with.</summary>
    public string? System { get; init; }

    /// <summary>
    /// At most so many turns (a user's message and what follows it), the current one included; older ones are left out whole. Null for no limit.
    /// </summary>
    public int? MaxTurns { get; init; }

    /// <summary>
    /// At most so many characters of text, leaving out the oldest turns whole; the system message and the current turn always stay. Null for no limit.
    /// </summary>
    public int? MaxCharacters { get; init; }

    /// <summary>What stands between merged neighbours of the same role; a blank line by default.</summary>
    public string Separator { get; init; } = "\n\n";
}

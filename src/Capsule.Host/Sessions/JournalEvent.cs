using System.Globalization;
using System.Text;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>One entry of a session's journal, as it is stored and as readers get it.</summary>
/// <param name="Seq">Its place in the journal; strictly increasing.</param>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Data">A JSON object on one line.</param>
/// <param name="TurnId">The turn that wrote it; null for what a task wrote or a request changed.</param>
internal sealed record JournalEvent(long Seq, string Type, string Data, string? TurnId)
{
    private byte[]? frame;

    /// <summary>The event in the format of Server-Sent Events, made once and shared by all readers.</summary>
    public ReadOnlyMemory<byte> Frame =>
        frame ??= Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {Seq}\nevent: {Type}\ndata: {Data}\n\n"));
}

/// <summary>An entry that is to be written.</summary>
/// <param name="Type">One of <see cref="EventTypes"/>.</param>
/// <param name="Data">A JSON object on one line.</param>
internal sealed record NewEvent(string Type, string Data)
{
    /// <summary>The message that a <c>message</c> or <c>delta</c> event belongs to. A <c>message</c> replaces the deltas of its id.</summary>
    public string? MessageId { get; init; }

    /// <summary>The turn that writes it.</summary>
    public string? TurnId { get; init; }

    /// <summary>What to record with it, if anything.</summary>
    public Effect? Effect { get; init; }

    /// <summary>Files that belong to the session from now on.</summary>
    public IReadOnlyList<string> FileIds { get; init; } = [];

    /// <summary>Whether it is a user's message whose turn is queued: its place in the conversation is found when the turn begins.</summary>
    public bool Waits { get; init; }
}

/// <summary>The types of events.</summary>
internal static class EventTypes
{
    public const string Message = "message";
    public const string Delta = "delta";
    public const string Notification = "notification";
    public const string Block = "block";
    public const string Turn = "turn";
    public const string Session = "session";
}

/// <summary>The states of a turn.</summary>
internal static class TurnStates
{
    public const string Queued = "queued";
    public const string Started = "started";
    public const string Completed = "completed";
    public const string Failed = "failed";
    public const string Cancelled = "cancelled";
    public const string Interrupted = "interrupted";

    /// <summary>Whether nothing will happen in the turn any more.</summary>
    public static bool IsFinal(string state) => state is not (Queued or Started);
}

namespace Capsule;

/// <summary>
/// Makes a method the handler of chat messages. Without a name it handles the default chat; with a name it handles the chats
/// that were opened for that name (<c>POST /capsule/sessions</c> with <c>chat</c>).
/// </summary>
/// <remarks>
/// The method may take <see cref="Session"/>, <see cref="Message"/>, <see cref="TaskClient"/>, <see cref="Collection{T}"/>, services
/// and a <see cref="CancellationToken"/>, in any order. Turns of one session run one at a time, in the order accepted;
/// different sessions run side by side.
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class MessageAttribute : Attribute
{
    /// <summary>Handles the default chat.</summary>
    public MessageAttribute()
    {
    }

    /// <summary>Handles the chat called <paramref name="name"/>.</summary>
    /// <param name="name">The chat's name, as clients give it when they create a session.</param>
    public MessageAttribute(string name) => Name = name;

    /// <summary>The chat's name; null for the default chat.</summary>
    public string? Name { get; }

    /// <summary>What becomes of a turn whose process dies; <see cref="OnCrash.MarkInterrupted"/> by default.</summary>
    public OnCrash OnCrash { get; set; }
}

/// <summary>What becomes of a turn whose process dies in its middle.</summary>
public enum OnCrash
{
    /// <summary>It ends as interrupted, with what it had said so far; its user may have it run again.</summary>
    MarkInterrupted,

    /// <summary>
    /// The handler runs again when the server is back. What it has done through its session, its collections and its task client is not done again: those
    /// calls return what they returned before, so that the handler comes to where it was and goes on from there. So the handler must do the same every
    /// time: clocks, random values and everything outside of the app belong into <see cref="Session.StepAsync{T}(string, Func{CancellationToken, Task{T}}, CancellationToken)"/>,
    /// and effects are awaited one at a time. A handler that does something else than before ends as interrupted.
    /// </summary>
    Replay,
}

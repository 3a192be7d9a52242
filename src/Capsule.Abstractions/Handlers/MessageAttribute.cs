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
}

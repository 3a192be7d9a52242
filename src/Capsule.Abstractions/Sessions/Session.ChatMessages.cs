using Microsoft.Extensions.AI;

namespace Capsule;

/// <content>The conversation as a chat model wants it.</content>
public abstract partial class Session
{
    /// <summary>
    /// The history and the message being handled as alternating <c>user</c> and <c>assistant</c> messages: neighbours of the same role are merged.
    /// What the app has already said in this turn follows the current message.
    /// </summary>
    /// <param name="current">The message being handled.</param>
    /// <param name="options">A system text, limits, the separator.</param>
    public IList<ChatMessage> ChatMessages(Message current, ChatMessagesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(current);
        return ModelConversation.Build(History, current, options ?? ChatMessagesOptions.Default);
    }

    /// <summary>The same conversation in a type of your own, for other model libraries.</summary>
    /// <param name="current">The message being handled.</param>
    /// <param name="create">Makes one message from its role (<c>system</c>, <c>user</c> or <c>assistant</c>) and text.</param>
    /// <param name="options">A system text, limits, the separator.</param>
    public IList<T> ChatMessages<T>(Message current, Func<string, string, T> create, ChatMessagesOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(create);
        return [.. ChatMessages(current, options).Select(message => create(message.Role.Value, message.Text))];
    }
}

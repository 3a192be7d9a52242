using Microsoft.Extensions.AI;

namespace Capsule;

/// <summary>Turns a history and the current message into what a chat model takes.</summary>
internal static class ModelConversation
{
    public static List<ChatMessage> Build(IReadOnlyList<Message> history, Message current, ChatMessagesOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxTurns ?? 1, 1, nameof(options.MaxTurns));
        ArgumentOutOfRangeException.ThrowIfNegative(options.MaxCharacters ?? 0, nameof(options.MaxCharacters));
        var merged = Merge(InOrder(history, current), options.Separator);
        var conversation = LatestTurns(merged, options);
        return options.System is null ? conversation : [new ChatMessage(ChatRole.System, options.System), .. conversation];
    }

    /// <summary>What the app has said in the current turn comes after the message that it answers.</summary>
    private static IEnumerable<Message> InOrder(IReadOnlyList<Message> history, Message current)
    {
        var others = history.Where(message => message.Id != current.Id).ToLookup(message => current.TurnId is not null && message.TurnId == current.TurnId);
        return [.. others[false], current, .. others[true]];
    }

    private static List<ChatMessage> Merge(IEnumerable<Message> messages, string separator)
    {
        var merged = new List<ChatMessage>();
        foreach (var message in messages)
        {
            var role = message.Sender == MessageSender.User ? ChatRole.User : ChatRole.Assistant;
            if (merged.Count > 0 && merged[^1].Role == role)
                Append(merged[^1], message, separator);
            else
                merged.Add(Convert(message, role));
        }
        return merged;
    }

    private static ChatMessage Convert(Message message, ChatRole role) =>
        new(role, [new TextContent(message.Text), .. Attachments(message)]) { MessageId = message.Id, CreatedAt = message.Timestamp };

    private static void Append(ChatMessage target, Message message, string separator)
    {
        var text = target.Contents.OfType<TextContent>().First();
        text.Text = text.Text.Length == 0 ? message.Text : message.Text.Length == 0 ? text.Text : text.Text + separator + message.Text;
        foreach (var attachment in Attachments(message))
            target.Contents.Add(attachment);
    }

    private static IEnumerable<AIContent> Attachments(Message message) =>
        message.Attachments.Select(attachment => new HostedFileContent(attachment.Id)
        {
            Name = attachment.Name,
            MediaType = attachment.ContentType,
        });

    private static List<ChatMessage> LatestTurns(List<ChatMessage> messages, ChatMessagesOptions options)
    {
        var start = messages.Count;
        var turns = 0;
        var characters = 0;
        for (var end = messages.Count; end > 0;)
        {
            var begin = messages.FindLastIndex(end - 1, message => message.Role == ChatRole.User);
            if (begin < 0)
                begin = 0;
            characters += messages[begin..end].Sum(message => message.Text.Length);
            if (turns > 0 && (turns >= options.MaxTurns || characters > options.MaxCharacters))
                break;
            turns++;
            start = end = begin;
        }
        return messages[start..];
    }
}

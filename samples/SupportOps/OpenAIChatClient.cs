using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace SupportOps;

/// <summary>Speaks to an OpenAI-compatible server: text in, streamed text out.</summary>
internal sealed class OpenAIChatClient(ChatClient client) : IChatClient
{
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var request = messages.Select(Translate).ToList();
        await foreach (var update in client.CompleteChatStreamingAsync(request, cancellationToken: cancellationToken))
        {
            foreach (var part in update.ContentUpdate)
                yield return new ChatResponseUpdate(ChatRole.Assistant, part.Text) { ResponseId = update.CompletionId, ModelId = update.Model };
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType == typeof(ChatClient) && serviceKey is null ? client : null;

    public void Dispose()
    {
    }

    private static OpenAI.Chat.ChatMessage Translate(ChatMessage message) => message.Role.Value switch
    {
        "system" => new SystemChatMessage(message.Text),
        "assistant" => new AssistantChatMessage(message.Text),
        _ => new UserChatMessage(message.Text),
    };
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace SupportOps;

/// <summary>Stands in for a model where there is none: streams an answer word by word, without a network.</summary>
internal sealed class DemoChatClient(TimeProvider clock) : IChatClient
{
    private static readonly TimeSpan betweenWords = TimeSpan.FromMilliseconds(40);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var question = messages.LastOrDefault(message => message.Role == ChatRole.User)?.Text ?? "";
        var responseId = Guid.NewGuid().ToString("N");
        foreach (var word in Answer(question).Split(' '))
        {
            await Task.Delay(betweenWords, clock, cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, word + " ") { ResponseId = responseId, ModelId = "demo" };
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }

    private static string Answer(string question) => $"""
        You said: *{question.ReplaceLineEndings(" ")}*

        I am the demo model and can do no better. Set `OPENAI_API_KEY` for a real one, or try a command:

        - `sync` starts a task and shows its card
        - `upload`, `approve`, `image`, `browser` show other cards
        - `title`, `remember`, `notes`, `history`, `whoami` show what a session knows
        - `slow` streams for ten seconds
        """;
}

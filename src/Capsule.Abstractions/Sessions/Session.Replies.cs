using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Capsule;

/// <content>Text to the user.</content>
public abstract partial class Session
{
    /// <summary>Sends a whole reply.</summary>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract Task ReplyAsync(string text, CancellationToken cancellationToken = default);

    /// <summary>Shows what is going on. Each notification replaces the one before; none is part of the history. Without any text it does nothing.</summary>
    /// <param name="text">A few words, for example <c>Thinking...</c>.</param>
    /// <param name="detail">More of it, where the client has room.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract Task NotifyAsync(string text, string? detail = null, CancellationToken cancellationToken = default);

    /// <summary>Opens a reply that grows while you write to it. Dispose it with <c>await using</c>.</summary>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract ReplyStream StreamReply();

    /// <summary>Sends chunks as one reply that grows.</summary>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public Task StreamAsync(IAsyncEnumerable<string> chunks, CancellationToken cancellationToken = default) =>
        StreamReplyFromAsync(chunks, StreamContent.Deltas, cancellationToken);

    /// <summary>Sends a model's text stream as one reply that grows, and returns the full text. An exception of the source passes through after what came before it is recorded.</summary>
    /// <param name="source">The stream; null items are ignored.</param>
    /// <param name="content">Whether each item is the text that is new, or all the text so far.</param>
    /// <param name="cancellationToken">Cancels reading; the turn's own token does so too.</param>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    /// <exception cref="InvalidOperationException">An item of <see cref="StreamContent.Snapshots"/> does not continue the text before it.</exception>
    public async Task<string> StreamReplyFromAsync(
        IAsyncEnumerable<string> source, StreamContent content = StreamContent.Deltas, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        return await PipeAsync(
            source,
            (item, reply) => content == StreamContent.Deltas ? item : Continuation(item, reply.Text),
            static reply => reply.Text,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends the text of a chat model's updates as one reply that grows, and returns the updates as one response.</summary>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public async Task<ChatResponse> StreamReplyFromAsync(IAsyncEnumerable<ChatResponseUpdate> source, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(source);
        var updates = new List<ChatResponseUpdate>();
        return await PipeAsync(
            source,
            (update, _) =>
            {
                updates.Add(update);
                return update.Text;
            },
            reply => Response(updates, reply),
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<TResult> PipeAsync<TItem, TResult>(
        IAsyncEnumerable<TItem> source,
        Func<TItem, ReplyStream, string> newText,
        Func<ReplyStream, TResult> result,
        CancellationToken cancellationToken)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, CancellationToken);
        var reply = StreamReply();
        await using (reply.ConfigureAwait(false))
        {
            if (reply.IsRecorded)
            {
                reply.ThrowIfCutOff();
                return result(reply);
            }
            try
            {
                await foreach (var item in source.WithCancellation(linked.Token).ConfigureAwait(false))
                {
                    if (item is not null)
                        await reply.WriteAsync(newText(item, reply), linked.Token).ConfigureAwait(false);
                }
                return result(reply);
            }
            catch
            {
                reply.MarkPartial();
                throw;
            }
        }
    }

    private static ChatResponse Response(List<ChatResponseUpdate> updates, ReplyStream reply)
    {
        var type = (JsonTypeInfo<ChatResponse>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ChatResponse));
        if (reply.IsRecorded)
            return JsonSerializer.Deserialize(reply.Result!, type)!;
        var response = updates.ToChatResponse();
        if (reply.KeepsResult)
            reply.Result = JsonSerializer.Serialize(response, type);
        return response;
    }

    private static string Continuation(string snapshot, string written) =>
        snapshot.StartsWith(written, StringComparison.Ordinal)
            ? snapshot[written.Length..]
            : throw new InvalidOperationException("A snapshot does not continue the text before it. Use StreamContent.Deltas for a stream of pieces.");
}

/// <summary>What the items of a text stream are.</summary>
public enum StreamContent
{
    /// <summary>Each item is the text that is new.</summary>
    Deltas,

    /// <summary>Each item is all the text so far.</summary>
    Snapshots,
}

using System.Buffers;
using Capsule.Hosting.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Capsule.Hosting.Channels;

/// <summary>Writes journals as Server-Sent Events. One timer makes the heartbeats of all streams.</summary>
internal sealed class EventStreams : IDisposable
{
    private static readonly TimeSpan heartbeat = TimeSpan.FromSeconds(15);

    private readonly SessionHub hub;
    private readonly CancellationToken stopping;
    private readonly TimeProvider time;
    private readonly ITimer timer;
    private TaskCompletionSource beat = NewBeat();

    public EventStreams(SessionHub hub, IHostApplicationLifetime lifetime, TimeProvider time)
    {
        this.hub = hub;
        stopping = lifetime.ApplicationStopping;
        this.time = time;
        timer = time.CreateTimer(_ => Interlocked.Exchange(ref beat, NewBeat()).SetResult(), null, heartbeat, heartbeat);
    }

    /// <summary>Whether a request asks for a stream.</summary>
    public static bool IsWanted(HttpRequest request) =>
        request.GetTypedHeaders().Accept.Any(accept => accept.MediaType.Equals("text/event-stream", StringComparison.OrdinalIgnoreCase));

    /// <summary>Writes a session's events after a <c>seq</c> until the client leaves, its sign-in expires, the server stops, the session is deleted or <paramref name="isLast"/>.</summary>
    /// <param name="context">The request.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="after">Where to begin.</param>
    /// <param name="isWanted">Which events to write.</param>
    /// <param name="isLast">Whether a wanted event ends the stream.</param>
    public async Task WriteAsync(
        HttpContext context, string sessionId, long after, Func<JournalEvent, bool> isWanted, Func<JournalEvent, bool> isLast)
    {
        var response = context.Response;
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        response.Headers["X-Accel-Buffering"] = "no";
        using var expired = new CancellationTokenSource(TimeOfSignIn(context), time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping, expired.Token);
        using var subscription = hub.Subscribe(sessionId, after);
        try
        {
            await response.Body.FlushAsync(ended.Token);
            while (true)
            {
                var nextBeat = Volatile.Read(ref beat).Task;
                // A client that comes back to a deleted session gets 404.
                if (await subscription.ReadAsync(ended.Token) is not { } events)
                    return;
                var ends = false;
                // All that is there goes out at once: a reader that comes back after thousands of events waits for their sum, not for each.
                foreach (var journalEvent in events.Where(isWanted).TakeWhile(_ => !ends))
                {
                    response.BodyWriter.Write(journalEvent.Frame.Span);
                    ends = isLast(journalEvent);
                }
                if (events.Count > 0)
                    await response.BodyWriter.FlushAsync(ended.Token);
                if (ends)
                    return;
                if (events.Count == 0)
                    await WaitAsync(response, subscription.WaitAsync(), nextBeat, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client has left, or has to sign in again, or the server stops: it comes back with the last id that it saw.
        }
    }

    public void Dispose() => timer.Dispose();

    /// <summary>How long the caller's cookie or token holds, as far as a timer counts; the authentication has looked at it once.</summary>
    private TimeSpan TimeOfSignIn(HttpContext context)
    {
        if (context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc is not { } end)
            return Timeout.InfiniteTimeSpan;
        var left = end - time.GetUtcNow();
        return left < TimeSpan.Zero ? TimeSpan.Zero : left > TimerLimits.Longest ? Timeout.InfiniteTimeSpan : left;
    }

    private static async Task WaitAsync(HttpResponse response, Task changed, Task nextBeat, CancellationToken ended)
    {
        if (await Task.WhenAny(changed, nextBeat).WaitAsync(ended) == nextBeat && !changed.IsCompleted)
            await response.BodyWriter.WriteAsync(": \n\n"u8.ToArray(), ended);
    }

    private static TaskCompletionSource NewBeat() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using System.Globalization;

namespace Capsule.Benchmarks.Chat;

/// <summary>The app that is measured.</summary>
public static class Answers
{
    [Message]
    public static Task Handle(Session session, Message message, CancellationToken cancellationToken) => message.Text.Split(' ') switch
    {
        ["notify", var count] => NotifyAsync(session, int.Parse(count, CultureInfo.InvariantCulture), cancellationToken),
        ["stream", var pieces] => StreamAsync(session, int.Parse(pieces, CultureInfo.InvariantCulture), cancellationToken),
        ["think", ..] => ThinkAsync(session, cancellationToken),
        _ => session.ReplyAsync("An answer of about the same length.", cancellationToken),
    };

    private static Task NotifyAsync(Session session, int count, CancellationToken cancellationToken) =>
        Task.WhenAll(Enumerable.Range(0, count).Select(number => session.NotifyAsync($"Step {number}", cancellationToken: cancellationToken)));

    /// <summary>Waits one to three seconds before it answers, as for a model: turns that begin together do not end together.</summary>
    private static async Task ThinkAsync(Session session, CancellationToken cancellationToken)
    {
        await Task.Delay(Random.Shared.Next(1000, 3000), cancellationToken);
        await session.ReplyAsync("An answer of about the same length.", cancellationToken);
    }

    /// <summary>Writes twenty times a second, as a model does.</summary>
    private static async Task StreamAsync(Session session, int pieces, CancellationToken cancellationToken)
    {
        await using var reply = session.StreamReply();
        for (var piece = 0; piece < pieces; piece++)
        {
            await reply.WriteAsync("a few words ", cancellationToken);
            await Task.Delay(TimeSpan.FromMilliseconds(50), cancellationToken);
        }
    }
}

using System.Text;
using System.Text.Json;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>
/// A reply that grows in the journal. Text gathers into deltas: the first goes out at once, then one every 50 ms or 2,048 characters while at most
/// one is being stored. When it ends, one message takes the place of its deltas. A reply that was cut off by the end of the server and is written again
/// goes on after what its readers have; where it says something else, its message replaces that in the end.
/// </summary>
internal sealed class HostReplyStream : ReplyStream
{
    private const int DeltaCharacters = 2048;
    private const int MostUnstoredCharacters = 64 * 1024;

    private static readonly TimeSpan interval = TimeSpan.FromMilliseconds(50);

    private readonly SessionOutput output;
    private readonly Effect? effect;
    private readonly string known;
    private readonly StringBuilder text = new();
    private ITimer? timer;
    private TaskCompletionSource? progress;
    private string? wholeText = "";
    private int sent;
    private int stored;
    private int storing;
    private bool due;
    private bool differs;
    private bool partial;
    private bool ended;
    private Task ending = Task.CompletedTask;

    /// <param name="output">Where it goes.</param>
    /// <param name="message">The message that it becomes.</param>
    /// <param name="effect">What to record with its end; null for nothing.</param>
    /// <param name="known">What its readers have of it already.</param>
    public HostReplyStream(SessionOutput output, Message message, Effect? effect, string known)
    {
        this.output = output;
        this.effect = effect;
        this.known = known;
        sent = stored = known.Length;
        Message = message;
    }

    /// <summary>The message that it becomes; without text yet.</summary>
    public Message Message { get; }

    public override string Text
    {
        get
        {
            lock (output.Gate)
                return wholeText ??= text.ToString();
        }
    }

    public override void Write(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return;
        lock (output.Gate)
        {
            output.ThrowIfEnded();
            ObjectDisposedException.ThrowIf(ended, this);
            this.text.Append(text);
            wholeText = null;
            Compare(text.Length);
            Advance();
        }
    }

    public override async ValueTask WriteAsync(string? text, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(text);
        while (NextProgress() is { } next)
            await next.WaitAsync(cancellationToken);
    }

    public override void MarkPartial()
    {
        lock (output.Gate)
            partial = true;
    }

    internal override bool KeepsResult => effect is not null;

    public override async ValueTask DisposeAsync()
    {
        lock (output.Gate)
        {
            var isFirst = !ended;
            var message = End(text.ToString());
            if (isFirst && !output.IsSuspended)
                ending = StoreEndAsync(message);
        }
        await ending;
    }

    /// <summary>Ends it before its time, under the output's gate: the message that remains, if any.</summary>
    public NewEvent? CutOff()
    {
        partial = true;
        return End(differs || text.Length > known.Length ? text.ToString() : known);
    }

    /// <summary>Sends what has gathered now, under the output's gate.</summary>
    public void PushOut()
    {
        var count = differs ? 0 : text.Length - sent;
        if (count > 0 && char.IsHighSurrogate(text[^1]))
            count--;
        if (count > 0)
            _ = StoreAsync(text.ToString(sent, count));
    }

    private async Task StoreEndAsync(NewEvent? message)
    {
        var end = effect is null ? null : effect with { Result = JsonSerializer.Serialize(Ended(), EffectJson.Default.EndedReply) };
        if (message is null)
        {
            if (end is not null)
                await output.Store.RecordEffectAsync(end, CancellationToken.None);
            return;
        }
        try
        {
            await output.Store.AppendAsync(output.SessionId, message with { Effect = end }, CancellationToken.None);
        }
        catch (StorageException)
        {
            output.LeaveBehind(message);
            throw;
        }
    }

    private EndedReply Ended() => new(text.ToString(), Message.Timestamp, partial, Result);

    private NewEvent? End(string text)
    {
        if (ended)
            return null;
        ended = true;
        timer?.Dispose();
        progress?.TrySetResult();
        return output.Close(this, text, partial);
    }

    /// <summary>Finds out, under the gate, whether text that was just added still says what the readers have.</summary>
    private void Compare(int added)
    {
        for (var at = text.Length - added; at < text.Length && at < known.Length && !differs; at++)
            differs = text[at] != known[at];
    }

    /// <summary>Decides, under the gate, whether to send now, on the timer, or when what is being stored is stored.</summary>
    private void Advance()
    {
        if (ended || differs || sent >= text.Length)
            return;
        if (storing == 0 && (sent == 0 || due || text.Length - sent >= DeltaCharacters))
        {
            due = false;
            PushOut();
        }
        else if (timer is null)
        {
            timer = output.Time.CreateTimer(static state => ((HostReplyStream)state!).OnTimer(), this, interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        lock (output.Gate)
        {
            timer?.Dispose();
            timer = null;
            due = true;
            Advance();
        }
    }

    private async Task StoreAsync(string delta)
    {
        output.Speaks();
        sent += delta.Length;
        storing++;
        var storage = output.Store.AppendAsync(output.SessionId, Events.Delta(Message.Id, delta, output.TurnId), CancellationToken.None);
        await storage.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        lock (output.Gate)
        {
            storing--;
            stored += delta.Length;
            // What comes after a delta that could not be stored waits for the message that ends the reply: it has all of the text, or fails for the handler to see.
            differs |= !storage.IsCompletedSuccessfully;
            progress?.TrySetResult();
            progress = null;
            Advance();
        }
    }

    private Task? NextProgress()
    {
        lock (output.Gate)
        {
            if (ended || differs || text.Length - stored < MostUnstoredCharacters)
                return null;
            progress ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return progress.Task;
        }
    }
}

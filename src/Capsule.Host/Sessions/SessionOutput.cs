using System.Text.Json;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>
/// Where a session's handler writes: one order for everything it sends. Whole outputs push out what growing replies have gathered before them.
/// </summary>
internal sealed class SessionOutput(
    SessionRecord session,
    string? turnId,
    ISessionStore store,
    TimeProvider time,
    Action<Message> said,
    EffectLog? effects,
    CancellationToken turnStopped)
{
    /// <summary>Replies that had begun before the handler ran again, and that it has not come to yet.</summary>
    private readonly Dictionary<string, UnfinishedReply> waiting = new(effects?.Recorded.Replies ?? new Dictionary<string, UnfinishedReply>());
    private readonly List<HostReplyStream> growing = [];
    private readonly List<NewEvent> leftBehind = [];
    private readonly long opened = time.GetTimestamp();
    private bool saidAnything;
    private bool ended;
    private bool endedEarly;

    /// <summary>Guards the order of outputs and the growing replies.</summary>
    public Lock Gate { get; } = new();

    public ISessionStore Store => store;

    public TimeProvider Time => time;

    public string SessionId => session.Id;

    public string? TurnId => turnId;

    /// <summary>Whether another process takes over what the handler does: what has not ended yet does not end here.</summary>
    public bool IsSuspended => effects is { IsSuspended: true };

    /// <summary>Stores one output after all earlier ones.</summary>
    public Task SendAsync(Func<Task> store)
    {
        lock (Gate)
        {
            ThrowIfEnded();
            PushOut();
            return store();
        }
    }

    /// <summary>Stores what is no output; also that ends with the turn.</summary>
    public Task StoreAsync(Func<Task> store)
    {
        lock (Gate)
        {
            ThrowIfEnded();
            return store();
        }
    }

    public Task ReplyAsync(string text, RunningEffect effect, CancellationToken cancellationToken)
    {
        var message = NewMessage(text);
        if (effect.IsRecorded)
            message = message with { Timestamp = JsonSerializer.Deserialize(effect.Result!, EffectJson.Default.DateTimeOffset) };
        lock (Gate)
        {
            ThrowIfEnded();
            PushOut();
            said(message);
            if (effect.IsRecorded)
                return Task.CompletedTask;
            Speaks();
            var record = effect.Records ? effect.Record(JsonSerializer.Serialize(message.Timestamp, EffectJson.Default.DateTimeOffset)) : null;
            return store.AppendAsync(session.Id, ToEvent(message, partial: false) with { Effect = record }, cancellationToken);
        }
    }

    /// <summary>Opens a reply: a new one, one that was cut off and goes on, or one that had ended before.</summary>
    public ReplyStream Open(RunningEffect effect)
    {
        var message = NewMessage("");
        lock (Gate)
        {
            ThrowIfEnded();
            if (effect.Result is { } result)
            {
                var ended = JsonSerializer.Deserialize(result, EffectJson.Default.EndedReply)!;
                return new RecordedReply(ended, () => Repeat(message with { Text = ended.Text, Timestamp = ended.At }));
            }
            waiting.Remove(message.Id, out var cutOff);
            if (cutOff is not null)
                message = message with { Timestamp = cutOff.StartedAt };
            var reply = new HostReplyStream(this, message, effect.Record(), cutOff?.Text ?? "");
            growing.Add(reply);
            return reply;
        }
    }

    /// <summary>Ends a growing reply, under <see cref="Gate"/>: its message, or null when it has no text or had ended before.</summary>
    public NewEvent? Close(HostReplyStream reply, string text, bool partial)
    {
        if (!growing.Remove(reply) || text.Length == 0)
            return null;
        var message = reply.Message with { Text = text };
        said(message);
        return ToEvent(message, partial || turnStopped.IsCancellationRequested);
    }

    private void Repeat(Message message)
    {
        lock (Gate)
        {
            if (message.Text.Length > 0)
                said(message);
        }
    }

    /// <summary>Keeps the message of an ended reply that could not be stored, for the end of the turn.</summary>
    public void LeaveBehind(NewEvent message)
    {
        lock (Gate)
            leftBehind.Add(message with { Effect = null });
    }

    /// <summary>Nothing can be sent any more. Returns what replies leave behind: those that grow, and those whose end could not be stored.</summary>
    public IReadOnlyList<NewEvent> End()
    {
        lock (Gate)
        {
            ended = true;
            endedEarly = turnStopped.IsCancellationRequested;
            return [.. leftBehind, .. growing.ToArray().Select(reply => reply.CutOff()).OfType<NewEvent>(), .. waiting.Values.Select(Events.Remains)];
        }
    }

    /// <exception cref="OperationCanceledException">The turn was stopped.</exception>
    /// <exception cref="InvalidOperationException">The turn has ended.</exception>
    public void ThrowIfEnded()
    {
        if (!ended)
            return;
        if (endedEarly)
            throw new OperationCanceledException(turnStopped);
        throw new InvalidOperationException("The handler has ended: its session sends nothing any more. Submit a task for work that goes on.");
    }

    /// <summary>Tells, under <see cref="Gate"/>, that text goes out: the first of a turn is measured.</summary>
    public void Speaks()
    {
        if (saidAnything || turnId is null)
            return;
        saidAnything = true;
        CapsuleTelemetry.FirstText(time.GetElapsedTime(opened));
    }

    private void PushOut()
    {
        foreach (var reply in growing)
            reply.PushOut();
    }

    private Message NewMessage(string text) => new()
    {
        Id = Ids.New("msg_"),
        Text = text,
        Sender = MessageSender.App,
        ChannelType = session.Channel,
        Timestamp = time.GetUtcNow(),
        TurnId = turnId,
    };

    private static NewEvent ToEvent(Message message, bool partial) => Events.Message(new MessageData
    {
        Id = message.Id,
        Sender = Conversation.App,
        Text = message.Text,
        Timestamp = message.Timestamp,
        TurnId = message.TurnId,
        Partial = partial ? true : null,
    });
}

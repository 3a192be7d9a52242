using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>
/// The effects of a turn that runs again after a crash, in the order in which its handler has them: first those that are recorded, which are not done
/// again, then new ones. One at a time, because only then is their order the same each time.
/// </summary>
internal sealed class EffectLog(TurnRecord turn, TurnLog recorded, ISessionStore store, RunningTurn running)
{
    private readonly Lock gate = new();
    private int next;
    private bool busy;
    private int madeBefore;
    private int madeWithin;
    private Task latest = Task.CompletedTask;

    /// <summary>What is recorded from before.</summary>
    public TurnLog Recorded => recorded;

    /// <summary>How this run differs from the one before, for the log; null when it does not.</summary>
    public string? Mismatch { get; private set; }

    /// <summary>Why nothing more is done, if the handler has two effects at a time.</summary>
    public InvalidOperationException? Refusal { get; private set; }

    /// <summary>Whether documents were written, whose own record can go when the turn has ended.</summary>
    public bool WritesDocuments { get; private set; }

    /// <summary>Whether the handler is left on purpose, so that another process runs it again: nothing it does now counts.</summary>
    public bool IsSuspended => running.Reason == StopReason.ServerStops;

    /// <summary>Begins the next effect.</summary>
    /// <exception cref="OperationCanceledException">The server stops, or the handler does something else than before.</exception>
    /// <exception cref="InvalidOperationException">Another effect is still going on.</exception>
    public RunningEffect Begin(string kind, params ReadOnlySpan<string?> arguments)
    {
        var hash = ArgumentHash.Of(arguments);
        lock (gate)
        {
            if (Refusal is not null)
                throw Refusal;
            if (IsSuspended || Mismatch is not null)
                throw new OperationCanceledException(running.Stopped);
            if (busy)
            {
                throw Refusal = new InvalidOperationException(
                    $"A handler with OnCrash.Replay has one effect at a time: await the one before this {kind}. "
                    + "Task.WhenAll over calls of the session, its collections or its tasks can't be replayed.");
            }
            var effect = new Effect(turn.Id, turn.Attempt, next, kind, hash);
            var isRecorded = next < recorded.Effects.Count;
            if (isRecorded)
            {
                var before = recorded.Effects[next];
                if (before.Kind != kind || before.Hash != hash)
                    throw Differ($"effect {next} was a {before.Kind} and is {(before.Kind == kind ? "one with other arguments" : $"a {kind}")} now");
                effect = before;
            }
            WritesDocuments |= kind is EffectKinds.Insert or EffectKinds.Update or EffectKinds.Delete;
            busy = true;
            next++;
            return new RunningEffect(this, effect, isRecorded);
        }
    }

    /// <summary>Ends an effect; one that was not done gives its place to the next.</summary>
    public void End(Effect effect, bool completed)
    {
        lock (gate)
        {
            busy = false;
            if (completed)
                (madeBefore, madeWithin) = (0, 0);
            else
                next = effect.Ordinal;
        }
    }

    /// <summary>Records an effect that nobody has to wait for: one that is lost takes all later ones with it.</summary>
    public void RecordLater(Effect effect)
    {
        var storing = store.RecordEffectAsync(effect, CancellationToken.None);
        _ = storing.ContinueWith(static failed => failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        lock (gate)
            latest = storing;
    }

    /// <summary>Records an effect that stores elsewhere what it does.</summary>
    public Task RecordAsync(Effect effect) => store.RecordEffectAsync(effect, CancellationToken.None);

    /// <summary>Waits until what was recorded so far is stored.</summary>
    /// <exception cref="StorageException">It is not.</exception>
    public Task FlushAsync()
    {
        lock (gate)
            return latest;
    }

    /// <summary>The run differs from the one before: it ends. Returns what to throw.</summary>
    public OperationCanceledException Differ(string how)
    {
        lock (gate)
            Mismatch ??= how;
        running.Stop(StopReason.Differs);
        return new OperationCanceledException(running.Stopped);
    }

    /// <summary>How the handler's end differs from the run before; null when it does not.</summary>
    public string? DifferenceAtEnd()
    {
        lock (gate)
        {
            return Mismatch
                ?? (next < recorded.Effects.Count ? $"the handler ended before effect {next}, which was a {recorded.Effects[next].Kind}" : null);
        }
    }

    /// <summary>
    /// An id that is the same each time the turn runs: by its place between the effects, so that ids made within an effect that is not done again don't
    /// matter, nor those of one that failed and was tried again. Null for files, which exist from the moment they have an id.
    /// </summary>
    public string? NewId(string prefix, int bytes)
    {
        if (prefix == "fil_")
            return null;
        string place;
        lock (gate)
        {
            var (stretch, made) = busy ? ((2 * next) - 1, madeWithin++) : (2 * next, madeBefore++);
            place = string.Create(CultureInfo.InvariantCulture, $"{turn.Id}/{turn.Attempt}/{stretch}/{made}");
        }
        return prefix + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(place)).AsSpan(0, bytes));
    }
}

namespace Capsule;

/// <summary>
/// A reply that grows. Disposing ends it: what was written becomes one message of the conversation, also when the handler left by an exception.
/// Nothing written, nothing recorded.
/// </summary>
#pragma warning disable CA1816 // There is nothing to finalise.
public abstract class ReplyStream : IAsyncDisposable
{
    /// <summary>Everything written so far.</summary>
    public abstract string Text { get; }

    /// <summary>Adds text without waiting; empty text is ignored. Use <see cref="WriteAsync"/> where text comes faster than it can be stored.</summary>
    /// <exception cref="ObjectDisposedException">The reply has ended.</exception>
    public abstract void Write(string? text);

    /// <summary>Adds text, waiting while too much of it is not stored yet.</summary>
    /// <exception cref="ObjectDisposedException">The reply has ended.</exception>
    public abstract ValueTask WriteAsync(string? text, CancellationToken cancellationToken = default);

    /// <summary>Records that the reply ends before its time, so that readers see it as cut off.</summary>
    public abstract void MarkPartial();

    /// <summary>Whether it was written before the server ended and the handler ran again: what it says is known, and nothing more is added to it.</summary>
    internal virtual bool IsRecorded => false;

    /// <summary>Throws when what <see cref="IsRecorded"/> was cut off by an exception of its source, which nobody can raise again.</summary>
    internal virtual void ThrowIfCutOff()
    {
    }

    /// <summary>Whether <see cref="Result"/> is kept with it.</summary>
    internal virtual bool KeepsResult => false;

    /// <summary>What the handler got together with the text, as JSON.</summary>
    internal virtual string? Result { get; set; }

    /// <summary>Ends the reply and waits until it is stored.</summary>
    public abstract ValueTask DisposeAsync();
}

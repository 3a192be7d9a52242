namespace Capsule.Hosting.Sessions;

/// <summary>A reply that had ended before the server did. It says what it said; what the handler writes to it now is ignored.</summary>
internal sealed class RecordedReply(EndedReply ended, Action said) : ReplyStream
{
    private bool isDisposed;

    public override string Text => ended.Text;

    internal override bool IsRecorded => true;

    internal override string? Result => ended.Result;

    public override void Write(string? text) => ObjectDisposedException.ThrowIf(isDisposed, this);

    public override ValueTask WriteAsync(string? text, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Write(text);
        return ValueTask.CompletedTask;
    }

    public override void MarkPartial()
    {
    }

    internal override void ThrowIfCutOff()
    {
        if (ended.Partial)
            throw new InvalidOperationException("The source of this reply failed before the server ended; what came of it is kept.");
    }

    public override ValueTask DisposeAsync()
    {
        if (!isDisposed)
            said();
        isDisposed = true;
        return ValueTask.CompletedTask;
    }
}

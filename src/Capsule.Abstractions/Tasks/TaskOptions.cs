namespace Capsule;

/// <summary>How a task is submitted, beside its arguments. At most one of <see cref="Delay"/> and <see cref="At"/>.</summary>
public sealed record TaskOptions
{
    /// <summary>How long to wait before the first run.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>When to run first.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>
    /// Runs the task again and again, this long after each run has ended; the first run comes after one interval unless
    /// <see cref="Delay"/> or <see cref="At"/> says otherwise. Ends when the task is cancelled.
    /// </summary>
    public TimeSpan? Every { get; init; }

    /// <summary>
    /// An idempotency key: while a task of the same name and key is kept, submitting again gives that task's handle and runs nothing new.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>What a task card calls this task; its name by default.</summary>
    public string? DisplayName { get; init; }
}

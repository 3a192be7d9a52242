namespace Capsule;

/// <summary>Lets a running task say how far it is; what it says is stored and shown on the task's card.</summary>
public abstract class TaskProgress
{
    /// <summary>The running task's id.</summary>
    public abstract string TaskId { get; }

    /// <summary>1 for the first try, 2 for the first retry, and so on.</summary>
    public abstract int Attempt { get; }

    /// <summary>Stores how far the task is.</summary>
    /// <param name="percent">From 0 to 100; null leaves it as it was.</param>
    /// <param name="text">What the task is doing; null leaves it as it was.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="percent"/> is not within 0 and 100.</exception>
    public abstract Task ReportAsync(double? percent = null, string? text = null, CancellationToken cancellationToken = default);
}

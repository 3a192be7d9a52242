namespace Capsule;

/// <summary>Where a task stands.</summary>
public enum TaskState
{
    /// <summary>Waits for a worker, or for its lock.</summary>
    Pending,

    /// <summary>Waits for its time.</summary>
    Scheduled,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Failed and waits for its next try.</summary>
    Retry,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Failed for good.</summary>
    Failed,

    /// <summary>Was cancelled.</summary>
    Cancelled,

    /// <summary>Took longer than its limit.</summary>
    Timeout,
}

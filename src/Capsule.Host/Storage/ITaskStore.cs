namespace Capsule.Hosting.Storage;

/// <summary>Keeps submitted tasks. What a call has returned is durable; nothing is told through <see cref="Changed"/> before it is.</summary>
internal interface ITaskStore
{
    /// <summary>
    /// A task was submitted, changed its state or progress, or was asked to stop. Raised after the commit, in order; a subscriber must not block or throw.
    /// </summary>
    event Action<TaskChange>? Changed;

    /// <summary>Stores a submission. Returns the id of the task that has its key already, if one has, and stores no other then.</summary>
    Task<string> AddAsync(NewTask task, CancellationToken cancellationToken);

    /// <summary>What is stored of a user's task; null when the user has none of that id.</summary>
    TaskSnapshot? Find(string userId, string id);

    /// <summary>The ids of a user's tasks of a name, newest first.</summary>
    IReadOnlyList<string> Find(string userId, string name, TaskState? state, int limit, int skip);

    /// <summary>The number of a user's tasks of a name.</summary>
    int Count(string userId, string name, TaskState? state);

    /// <summary>
    /// Cancels a user's tasks that have not ended: of an id, or of a name and state, or of a session. One that waits ends at once; one that runs is asked to stop.
    /// Returns how many there were.
    /// </summary>
    Task<int> CancelAsync(string userId, TaskSelection selection, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>
    /// Takes tasks that are due and whose lock is free, those due first before others and for each at most one run at a time, and marks them as running. Those of
    /// a session that is being deleted stay.
    /// </summary>
    /// <param name="names">The names of tasks that this app has.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="now">The present.</param>
    /// <param name="leaseEnd">When another worker may take them over unless the lease is renewed.</param>
    Task<IReadOnlyList<ClaimedTask>> ClaimAsync(IReadOnlyList<string> names, int limit, DateTimeOffset now, DateTimeOffset leaseEnd);

    /// <summary>How many tasks have not ended whose names are none of those known, by name.</summary>
    IReadOnlyDictionary<string, int> CountUnknown(IReadOnlyList<string> known);

    /// <summary>When the next waiting task becomes due; null without one.</summary>
    DateTimeOffset? NextDue(DateTimeOffset now);

    /// <summary>Extends leases. Returns those that are lost, because somebody else took the task over.</summary>
    Task<IReadOnlyList<TaskLease>> RenewAsync(IReadOnlyList<TaskLease> leases, DateTimeOffset leaseEnd);

    /// <summary>Stores how far a run is. Does nothing when its lease is lost.</summary>
    Task ReportAsync(TaskLease lease, double? percent, string? text);

    /// <summary>Stores how a run ended. False, and nothing is stored, when its lease is lost.</summary>
    Task<bool> EndAsync(TaskLease lease, TaskOutcome outcome, DateTimeOffset now);

    /// <summary>
    /// Makes tasks whose worker died wait for another run, or gives them up when <paramref name="mostCrashes"/> workers died with them, and forgets
    /// those that ended before <paramref name="keepSince"/>. Returns how many were left by a dead worker.
    /// </summary>
    /// <param name="now">The present: leases that ended before are lost.</param>
    /// <param name="all">Whether every running task was left behind: at the start, when no other worker can be alive.</param>
    /// <param name="mostCrashes">How many workers may die.</param>
    /// <param name="keepSince">What ended before is forgotten.</param>
    Task<int> RecoverAsync(DateTimeOffset now, bool all, int mostCrashes, DateTimeOffset keepSince);
}

/// <summary>A submission.</summary>
internal sealed record NewTask
{
    public required string Id { get; init; }

    public required string Name { get; init; }

    public required UserInfo User { get; init; }

    public string? SessionId { get; init; }

    /// <summary>The arguments as a JSON object.</summary>
    public required string Arguments { get; init; }

    public string? Key { get; init; }

    public string? LockKey { get; init; }

    public string? DisplayName { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public TimeSpan? Every { get; init; }

    /// <summary>What to record with it, if anything; its result is the id that the call returns.</summary>
    public Effect? Effect { get; init; }
}

/// <summary>Which of a user's tasks: one by its id, or those of a name or of a session, in a state if given.</summary>
internal sealed record TaskSelection(string? Id = null, string? Name = null, TaskState? State = null, string? SessionId = null);

/// <summary>The right to run a task and to write about it, until somebody else gets a higher <paramref name="Fence"/>.</summary>
internal sealed record TaskLease(string TaskId, long Fence);

/// <summary>A task to run now.</summary>
internal sealed record ClaimedTask
{
    public required TaskLease Lease { get; init; }

    public required string Name { get; init; }

    public required UserInfo User { get; init; }

    public string? SessionId { get; init; }

    public required string Arguments { get; init; }

    public TimeSpan? Every { get; init; }

    /// <summary>How many runs have begun, this one included.</summary>
    public required int Attempt { get; init; }

    /// <summary>How many runs have failed since the last that did not.</summary>
    public required int Failures { get; init; }
}

/// <summary>How a run ended.</summary>
/// <param name="State">The state the task is in now; one that waits again runs at <see cref="DueAt"/>.</param>
internal sealed record TaskOutcome(TaskState State)
{
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>How many runs have failed by now since the last that did not.</summary>
    public int Failures { get; init; }

    public string? ResultJson { get; init; }

    public string? Error { get; init; }

    public double? Percent { get; init; }

    public string? ProgressText { get; init; }
}

/// <summary>A committed change of a task.</summary>
/// <param name="Id">The task.</param>
/// <param name="State">Its state now.</param>
/// <param name="StopRequested">Whether its run is asked to stop.</param>
internal sealed record TaskChange(string Id, TaskState State, bool StopRequested = false);

internal static class TaskStates
{
    /// <summary>Whether nothing more happens to a task.</summary>
    public static bool HasEnded(this TaskState state) =>
        state is TaskState.Completed or TaskState.Failed or TaskState.Cancelled or TaskState.Timeout;

    /// <summary>Whether a task waits for a run.</summary>
    public static bool IsWaiting(this TaskState state) => state is TaskState.Pending or TaskState.Scheduled or TaskState.Retry;
}

namespace Capsule.Hosting.Storage;

/// <summary>Keeps what schedules have done and have yet to do. A schedule has at most one row for each planned time.</summary>
internal interface IScheduleStore
{
    /// <summary>Up to which time a schedule's planned times are dealt with, and how it was defined then; null for a schedule never seen.</summary>
    ScheduleMark? FindMark(string name);

    /// <summary>
    /// Makes planned times wait for their runs and moves the mark; times that are known already stay as they are. Those that an earlier definition
    /// planned and that have not begun are forgotten.
    /// </summary>
    Task PlanAsync(string name, ScheduleMark mark, IReadOnlyList<DateTimeOffset> plannedTimes);

    /// <summary>Makes runs wait again that were going on when their process died.</summary>
    Task RecoverAsync(string name);

    /// <summary>The planned times that wait for their runs, oldest first.</summary>
    IReadOnlyList<DateTimeOffset> FindWaiting(string name);

    /// <summary>
    /// Deals with a planned time, once: begins its run (the first, or another after a crash), or records that it is left out when another run of the
    /// schedule is going on or waits. Moves the mark.
    /// </summary>
    Task<ScheduleClaim> ClaimAsync(string name, DateTimeOffset plannedTime, DateTimeOffset now);

    /// <summary>Records how a run ended (one that waits again does not count as an attempt), and forgets all but the latest <paramref name="keep"/> of the schedule's runs.</summary>
    Task EndAsync(ScheduleRun run, ScheduleRunState state, string? error, DateTimeOffset now, int keep);

    /// <summary>What is kept of a schedule's runs, latest planned time first.</summary>
    IReadOnlyList<RecordedRun> FindRuns(string name, int limit);
}

/// <summary>What became of a claim: a run that begins now, or none: because the time is left out now, or was dealt with before.</summary>
internal sealed record ScheduleClaim(ScheduleRun? Run, bool Skipped);

/// <summary>How far a schedule is.</summary>
/// <param name="Definition">Its expression and zone.</param>
/// <param name="Until">Planned times up to here are dealt with.</param>
internal sealed record ScheduleMark(string Definition, DateTimeOffset Until);

/// <summary>Where one run of a schedule stands.</summary>
internal enum ScheduleRunState
{
    /// <summary>Waits for its run.</summary>
    Waiting,

    /// <summary>Runs.</summary>
    Running,

    /// <summary>Ended well.</summary>
    Completed,

    /// <summary>Ended with an exception.</summary>
    Failed,

    /// <summary>Was left out because the run before it was still going on.</summary>
    Skipped,
}

/// <summary>One run as it was recorded.</summary>
internal sealed record RecordedRun(
    DateTimeOffset PlannedTime, ScheduleRunState State, int Attempt, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Error);

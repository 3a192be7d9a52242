namespace Capsule;

/// <summary>One run of a schedule.</summary>
/// <param name="Name">The schedule's name.</param>
/// <param name="PlannedTime">The time the cron expression gave, in UTC; the run itself may start a little later.</param>
/// <param name="Attempt">1 for the first try, 2 when a crash ended the first, and so on.</param>
public sealed record ScheduleRun(string Name, DateTimeOffset PlannedTime, int Attempt);

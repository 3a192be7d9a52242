using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

internal static partial class ScheduleLog
{
    [LoggerMessage(1, LogLevel.Information, "Schedule {ScheduleName} missed planned times while no server ran; it makes up for {Count}.")]
    public static partial void CatchingUp(this ILogger logger, string scheduleName, int count);

    [LoggerMessage(2, LogLevel.Warning, "Schedule {ScheduleName} leaves out {PlannedTime}: its last run is still going on.")]
    public static partial void Overlapped(this ILogger logger, string scheduleName, DateTimeOffset plannedTime);

    [LoggerMessage(3, LogLevel.Error, "Schedule {ScheduleName} failed at {PlannedTime} (attempt {Attempt}).")]
    public static partial void ScheduleFailed(this ILogger logger, Exception exception, string scheduleName, DateTimeOffset plannedTime, int attempt);

    [LoggerMessage(4, LogLevel.Error, "Schedule {ScheduleName} gives up {PlannedTime}: the server stopped each of the {Attempts} times it ran.")]
    public static partial void ScheduleGivenUp(this ILogger logger, string scheduleName, DateTimeOffset plannedTime, int attempts);

    [LoggerMessage(5, LogLevel.Error, "Schedule {ScheduleName} could not be read or written; this is tried again.")]
    public static partial void ScheduleStorageFailed(this ILogger logger, Exception exception, string scheduleName);

    [LoggerMessage(6, LogLevel.Information, "Schedule {ScheduleName} was added to the running app.")]
    public static partial void ScheduleAdded(this ILogger logger, string scheduleName);

    [LoggerMessage(7, LogLevel.Information, "Schedule {ScheduleName} was removed from the running app.")]
    public static partial void ScheduleRemoved(this ILogger logger, string scheduleName);
}

using Microsoft.Extensions.Logging;

namespace Capsule.Hosting;

internal static partial class TaskLog
{
    [LoggerMessage(1, LogLevel.Warning, "{Count} tasks were running when the server last stopped; they run again.")]
    public static partial void Recovered(this ILogger logger, int count);

    [LoggerMessage(2, LogLevel.Error, "Task {TaskId} ({TaskName}) failed at run {Attempt}.")]
    public static partial void Failed(this ILogger logger, Exception exception, string taskId, string taskName, int attempt);

    [LoggerMessage(3, LogLevel.Warning, "Task {TaskId} ({TaskName}) failed at run {Attempt} and is tried again in {Delay}.")]
    public static partial void WillRetry(this ILogger logger, Exception exception, string taskId, string taskName, int attempt, TimeSpan delay);

    [LoggerMessage(4, LogLevel.Information, "Task {TaskId} ({TaskName}) was stopped: {Reason}.")]
    public static partial void Stopped(this ILogger logger, Exception exception, string taskId, string taskName, StopReason reason);

    [LoggerMessage(5, LogLevel.Warning, "Task {TaskId} ({TaskName}) was asked to stop ({Reason}) and goes on; it is given up. Does it pass its CancellationToken on?")]
    public static partial void GivenUp(this ILogger logger, string taskId, string taskName, StopReason reason);

    [LoggerMessage(6, LogLevel.Warning, "Task {TaskId} ({TaskName}) came too late with {State}: another worker has taken it over.")]
    public static partial void OutcomeTooLate(this ILogger logger, string taskId, string taskName, TaskState state);

    [LoggerMessage(7, LogLevel.Error, "Task {TaskId} ({TaskName}) ended as {State}, which can't be stored; this is tried again.")]
    public static partial void OutcomeNotStored(this ILogger logger, Exception exception, string taskId, string taskName, TaskState state);

    [LoggerMessage(8, LogLevel.Warning, "The progress of task {TaskId} could not be stored.")]
    public static partial void ProgressNotStored(this ILogger logger, Exception exception, string taskId);

    [LoggerMessage(9, LogLevel.Error, "Tasks could not be read or written; this is tried again.")]
    public static partial void StorageFailed(this ILogger logger, Exception exception);

    [LoggerMessage(10, LogLevel.Warning, "{Count} submissions of the task {TaskName} wait, and this app has no such task any more. They are kept until it does.")]
    public static partial void UnknownTask(this ILogger logger, string taskName, int count);
}

namespace Capsule;

/// <summary>A task's result was asked for, but the task ended without one.</summary>
/// <param name="task">What is stored of the task.</param>
public sealed class TaskFailedException(TaskSnapshot task)
    : Exception($"Task '{task.Name}' ({task.Id}) ended as {task.State}{(task.Error is null ? "." : ": " + task.Error)}")
{
    /// <summary>What is stored of the task.</summary>
    public TaskSnapshot Task { get; } = task;
}

/// <summary>A task was asked for that does not exist, or not for this user.</summary>
/// <param name="id">The id that was asked for.</param>
public sealed class TaskNotFoundException(string id) : Exception($"There is no task '{id}' for this user.");

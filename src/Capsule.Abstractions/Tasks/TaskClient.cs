using System.ComponentModel;
using System.Text.Json;

namespace Capsule;

/// <summary>
/// Submits and looks up background tasks, on behalf of one user and, when it comes from a session, bound to that session.
/// Each <c>[Task]</c> method adds a property of its name.
/// </summary>
public abstract class TaskClient
{
    /// <summary>How arguments and results are written as JSON.</summary>
    protected internal abstract JsonSerializerOptions SerializerOptions { get; }

    /// <summary>The handle of a task that was submitted before; nothing is looked up until the handle is used.</summary>
    /// <param name="id">The task's id.</param>
    public TaskHandle Get(string id) => new(this, id);

    /// <summary>Stores a submission and returns the task's id. Called by generated code.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract Task<string> SubmitAsync(
        string name, TaskArguments arguments, TaskOptions? options, CancellationToken cancellationToken);

    /// <summary>The ids of tasks of a name, newest first. Called by <see cref="TaskDefinition"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract Task<IReadOnlyList<string>> FindAsync(
        string name, TaskState? state, int limit, int skip, CancellationToken cancellationToken);

    /// <summary>The number of tasks of a name. Called by <see cref="TaskDefinition"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract Task<int> CountAsync(string name, TaskState? state, CancellationToken cancellationToken);

    /// <summary>Cancels all tasks of a name that have not ended and returns how many. Called by <see cref="TaskDefinition"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract Task<int> CancelAllAsync(string name, TaskState? state, CancellationToken cancellationToken);

    /// <summary>Cancels one task. Called by <see cref="TaskHandle"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract Task<bool> CancelAsync(string id, CancellationToken cancellationToken);

    /// <summary>Gives a running task its full time again. Called by <see cref="TaskHandle"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract Task<bool> RefreshAsync(string id, CancellationToken cancellationToken);

    /// <summary>What is stored of a task; null when there is no such task for this client's user. Called by <see cref="TaskHandle"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract Task<TaskSnapshot?> GetAsync(string id, CancellationToken cancellationToken);

    /// <summary>Waits until a task has ended. Called by <see cref="TaskHandle"/>.</summary>
    [EditorBrowsable(EditorBrowsableState.Never)]
    protected internal abstract Task<TaskSnapshot> WaitAsync(string id, CancellationToken cancellationToken);
}

using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Capsule;

/// <summary>A submitted task.</summary>
public class TaskHandle
{
    private protected readonly TaskClient client;

    internal TaskHandle(TaskClient client, string id)
    {
        this.client = client;
        Id = id;
    }

    /// <summary>The task's id.</summary>
    public string Id { get; }

    /// <summary>What is stored of the task now.</summary>
    /// <exception cref="TaskNotFoundException">There is no such task for this user.</exception>
    public async Task<TaskSnapshot> GetAsync(CancellationToken cancellationToken = default) =>
        await client.GetAsync(Id, cancellationToken).ConfigureAwait(false) ?? throw new TaskNotFoundException(Id);

    /// <summary>Where the task stands now.</summary>
    /// <exception cref="TaskNotFoundException">There is no such task for this user.</exception>
    public async Task<TaskState> GetStateAsync(CancellationToken cancellationToken = default) =>
        (await GetAsync(cancellationToken).ConfigureAwait(false)).State;

    /// <summary>Cancels the task: a waiting one never runs, a running one has its token cancelled. False when it had ended already.</summary>
    public Task<bool> CancelAsync(CancellationToken cancellationToken = default) => client.CancelAsync(Id, cancellationToken);

    /// <summary>Gives a running task its full <see cref="TaskAttribute.TimeoutSeconds"/> again, from now. False when it is not running.</summary>
    public Task<bool> RefreshAsync(CancellationToken cancellationToken = default) => client.RefreshAsync(Id, cancellationToken);

    /// <summary>Waits until the task has ended, in whatever way, and returns how.</summary>
    /// <exception cref="TaskNotFoundException">There is no such task for this user.</exception>
    public async Task<TaskState> WaitAsync(CancellationToken cancellationToken = default) =>
        (await client.WaitAsync(Id, cancellationToken).ConfigureAwait(false)).State;
}

/// <summary>A submitted task with a result.</summary>
/// <typeparam name="TResult">What the task returns.</typeparam>
public sealed class TaskHandle<TResult> : TaskHandle
{
    internal TaskHandle(TaskClient client, string id)
        : base(client, id)
    {
    }

    /// <summary>Waits until the task has ended and returns its result.</summary>
    /// <exception cref="TaskFailedException">The task failed, was cancelled or took too long.</exception>
    /// <exception cref="TaskNotFoundException">There is no such task for this user.</exception>
    public async Task<TResult> GetResultAsync(CancellationToken cancellationToken = default)
    {
        var ended = await client.WaitAsync(Id, cancellationToken).ConfigureAwait(false);
        if (ended.State != TaskState.Completed)
            throw new TaskFailedException(ended);
        var type = (JsonTypeInfo<TResult>)client.SerializerOptions.GetTypeInfo(typeof(TResult));
        return JsonSerializer.Deserialize(ended.ResultJson ?? "null", type)!;
    }
}

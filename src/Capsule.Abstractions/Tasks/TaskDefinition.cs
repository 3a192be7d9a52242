namespace Capsule;

/// <summary>The base of a generated task, and of the property of <see cref="TaskClient"/> that stands for it.</summary>
public abstract class TaskDefinition
{
    private protected readonly TaskClient client;

    /// <param name="client">Where it is submitted.</param>
    /// <param name="name">The task's name.</param>
    protected TaskDefinition(TaskClient client, string name)
    {
        this.client = client;
        Name = name;
    }

    /// <summary>The task's name: that of its method.</summary>
    public string Name { get; }

    /// <summary>This user's tasks of this name, newest first.</summary>
    /// <param name="state">Only tasks in this state; null for all.</param>
    /// <param name="limit">At most so many.</param>
    /// <param name="skip">Leaves out so many of the newest.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<IReadOnlyList<TaskHandle>> FindAsync(
        TaskState? state = null, int limit = 100, int skip = 0, CancellationToken cancellationToken = default)
    {
        var ids = await client.FindAsync(Name, state, limit, skip, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => new TaskHandle(client, id))];
    }

    /// <summary>The number of this user's tasks of this name.</summary>
    /// <param name="state">Only tasks in this state; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<int> CountAsync(TaskState? state = null, CancellationToken cancellationToken = default) =>
        client.CountAsync(Name, state, cancellationToken);

    /// <summary>Cancels this user's tasks of this name that have not ended, and returns how many there were.</summary>
    /// <param name="state">Only tasks in this state; null for all.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<int> CancelAsync(TaskState? state = null, CancellationToken cancellationToken = default) =>
        client.CancelAllAsync(Name, state, cancellationToken);

    /// <summary>An empty set of arguments.</summary>
    protected TaskArguments NewArguments() => new(client.SerializerOptions);

    /// <summary>Stores a submission.</summary>
    protected async Task<TaskHandle> SubmitAsync(TaskArguments arguments, TaskOptions? options, CancellationToken cancellationToken) =>
        new(client, await client.SubmitAsync(Name, arguments, options, cancellationToken).ConfigureAwait(false));
}

/// <summary>The base of a generated task with a result: its handles give the result as well.</summary>
/// <typeparam name="TResult">What the task returns.</typeparam>
/// <param name="client">Where it is submitted.</param>
/// <param name="name">The task's name.</param>
public abstract class TaskDefinition<TResult>(TaskClient client, string name) : TaskDefinition(client, name)
{
    /// <inheritdoc cref="TaskDefinition.FindAsync"/>
    public new async Task<IReadOnlyList<TaskHandle<TResult>>> FindAsync(
        TaskState? state = null, int limit = 100, int skip = 0, CancellationToken cancellationToken = default)
    {
        var ids = await client.FindAsync(Name, state, limit, skip, cancellationToken).ConfigureAwait(false);
        return [.. ids.Select(id => new TaskHandle<TResult>(client, id))];
    }

    /// <inheritdoc cref="TaskDefinition.SubmitAsync"/>
    protected new async Task<TaskHandle<TResult>> SubmitAsync(TaskArguments arguments, TaskOptions? options, CancellationToken cancellationToken) =>
        new(client, await client.SubmitAsync(Name, arguments, options, cancellationToken).ConfigureAwait(false));
}

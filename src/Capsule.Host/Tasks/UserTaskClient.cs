using System.Text.Json;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting;

/// <summary>The tasks of one user. What it submits is bound to a session when it belongs to one.</summary>
internal sealed class UserTaskClient(UserInfo user, string? sessionId, TaskServices services, CancellationToken stopped) : TaskClient
{
    protected internal override JsonSerializerOptions SerializerOptions => services.SerializerOptions;

    private ITaskStore Store => services.Store;

    protected internal override Task<string> SubmitAsync(string name, TaskArguments arguments, TaskOptions? options, CancellationToken cancellationToken) =>
        SubmitAsync(name, arguments, options, effect: null, cancellationToken);

    /// <summary>Stores a submission together with its record.</summary>
    public Task<string> SubmitAsync(string name, TaskArguments arguments, TaskOptions? options, Effect? effect, CancellationToken cancellationToken)
    {
        var handler = services.Handlers.Find(name) ?? throw new InvalidOperationException($"This app has no task '{name}'.");
        options ??= new TaskOptions();
        var now = services.Time.GetUtcNow();
        var json = arguments.ToJson();
        return Store.AddAsync(
            new NewTask
            {
                Id = Ids.New("task_"),
                Name = name,
                User = user,
                SessionId = sessionId,
                Arguments = json,
                Key = options.Key,
                LockKey = handler.Lock is null ? null : LockKey.Fill(handler.Lock, json),
                DisplayName = options.DisplayName,
                CreatedAt = now,
                DueAt = DueAt(options, now),
                Every = options.Every,
                Effect = effect,
            },
            cancellationToken);
    }

    protected internal override Task<IReadOnlyList<string>> FindAsync(string name, TaskState? state, int limit, int skip, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        return Task.FromResult(Store.Find(user.Id, name, state, limit, skip));
    }

    protected internal override Task<int> CountAsync(string name, TaskState? state, CancellationToken cancellationToken) =>
        Task.FromResult(Store.Count(user.Id, name, state));

    protected internal override Task<int> CancelAllAsync(string name, TaskState? state, CancellationToken cancellationToken) =>
        Store.CancelAsync(user.Id, new TaskSelection(Name: name, State: state), services.Time.GetUtcNow(), cancellationToken);

    protected internal override async Task<bool> CancelAsync(string id, CancellationToken cancellationToken) =>
        await Store.CancelAsync(user.Id, new TaskSelection(Id: id), services.Time.GetUtcNow(), cancellationToken) > 0;

    protected internal override Task<bool> RefreshAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(Store.Find(user.Id, id)?.State == TaskState.Running && services.Running.Refresh(id));

    protected internal override Task<TaskSnapshot?> GetAsync(string id, CancellationToken cancellationToken) => Task.FromResult(Store.Find(user.Id, id));

    protected internal override async Task<TaskSnapshot> WaitAsync(string id, CancellationToken cancellationToken)
    {
        using var ending = services.Endings.Expect(id);
        var task = Store.Find(user.Id, id) ?? throw new TaskNotFoundException(id);
        if (task.State.HasEnded())
            return task;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopped);
        await ending.Ended.WaitAsync(enough.Token);
        return Store.Find(user.Id, id) ?? throw new TaskNotFoundException(id);
    }

    private static DateTimeOffset DueAt(TaskOptions options, DateTimeOffset now)
    {
        if (options.Delay is not null && options.At is not null)
            throw new ArgumentException("A task has a Delay or a time (At), not both.", nameof(options));
        if (options.Delay < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(nameof(options), options.Delay, "The Delay of a task can't be negative.");
        if (options.Every < TimeSpan.FromMilliseconds(1))
            throw new ArgumentOutOfRangeException(nameof(options), options.Every, "A task can't run again (Every) after less than a millisecond.");
        return options.At ?? now + (options.Delay ?? options.Every ?? TimeSpan.Zero);
    }
}

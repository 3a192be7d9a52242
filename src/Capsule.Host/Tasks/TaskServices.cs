using System.Text.Json;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>What all task clients share.</summary>
internal sealed class TaskServices(
    ITaskStore store, TaskHandlers handlers, RunningTasks running, TaskEndings endings, TimeProvider time, IOptions<JsonOptions> json) : ITaskClients
{
    public ITaskStore Store { get; } = store;

    public TaskHandlers Handlers { get; } = handlers;

    public RunningTasks Running { get; } = running;

    public TaskEndings Endings { get; } = endings;

    public TimeProvider Time { get; } = time;

    public JsonSerializerOptions SerializerOptions { get; } = json.Value.SerializerOptions;

    public TaskClient For(UserInfo user, string? sessionId, EffectLog? effects = null, CancellationToken stopped = default)
    {
        var client = new UserTaskClient(user, sessionId, this, stopped);
        return effects is null ? client : new RecordedTaskClient(client, effects);
    }

    public async Task StopAsync(UserInfo user, string sessionId)
    {
        await Store.CancelAsync(user.Id, new TaskSelection(SessionId: sessionId), Time.GetUtcNow(), CancellationToken.None);
        await Task.WhenAll(Running.All.Where(run => run.Claimed.SessionId == sessionId).Select(run => run.Ended));
    }
}

/// <summary>The app's tasks by name.</summary>
internal sealed class TaskHandlers(HandlerRegistry registry)
{
    private readonly Dictionary<string, TaskHandler> byName = registry.Tasks.ToDictionary(handler => handler.Name, StringComparer.Ordinal);

    public IReadOnlyList<string> Names { get; } = [.. registry.Tasks.Select(handler => handler.Name)];

    public TaskHandler? Find(string name) => byName.GetValueOrDefault(name);
}

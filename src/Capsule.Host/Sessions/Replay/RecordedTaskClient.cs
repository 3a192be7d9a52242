using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Capsule.Hosting.Sessions;

/// <summary>Tasks as a turn sees them that runs again after a crash: what was submitted is not submitted again, and what was read reads the same.</summary>
internal sealed class RecordedTaskClient(UserTaskClient tasks, EffectLog effects) : TaskClient
{
    protected internal override JsonSerializerOptions SerializerOptions => tasks.SerializerOptions;

    protected internal override async Task<string> SubmitAsync(
        string name, TaskArguments arguments, TaskOptions? options, CancellationToken cancellationToken)
    {
        using var effect = effects.Begin(EffectKinds.Submit, name, arguments.ToJson(), options?.ToString());
        if (effect.IsRecorded)
            return effect.Result!;
        var id = await tasks.SubmitAsync(name, arguments, options, effect.Record(), cancellationToken);
        effect.Complete();
        return id;
    }

    protected internal override Task<IReadOnlyList<string>> FindAsync(
        string name, TaskState? state, int limit, int skip, CancellationToken cancellationToken) =>
        RunAsync(
            EffectKinds.ReadTasks,
            [name, state?.ToString(), Number(limit), Number(skip)],
            () => tasks.FindAsync(name, state, limit, skip, cancellationToken),
            EffectJson.Default.IReadOnlyListString);

    protected internal override Task<int> CountAsync(string name, TaskState? state, CancellationToken cancellationToken) =>
        RunAsync(EffectKinds.ReadTasks, ["count", name, state?.ToString()], () => tasks.CountAsync(name, state, cancellationToken), EffectJson.Default.Int32);

    protected internal override Task<int> CancelAllAsync(string name, TaskState? state, CancellationToken cancellationToken) =>
        RunAsync(EffectKinds.Cancel, ["all", name, state?.ToString()], () => tasks.CancelAllAsync(name, state, cancellationToken), EffectJson.Default.Int32);

    protected internal override Task<bool> CancelAsync(string id, CancellationToken cancellationToken) =>
        RunAsync(EffectKinds.Cancel, [id], () => tasks.CancelAsync(id, cancellationToken), EffectJson.Default.Boolean);

    protected internal override Task<bool> RefreshAsync(string id, CancellationToken cancellationToken) =>
        RunAsync(EffectKinds.Refresh, [id], () => tasks.RefreshAsync(id, cancellationToken), EffectJson.Default.Boolean);

    protected internal override Task<TaskSnapshot?> GetAsync(string id, CancellationToken cancellationToken) =>
        RunAsync(EffectKinds.ReadTasks, ["get", id], () => tasks.GetAsync(id, cancellationToken), EffectJson.Default.TaskSnapshot!);

    protected internal override Task<TaskSnapshot> WaitAsync(string id, CancellationToken cancellationToken) =>
        RunAsync(EffectKinds.ReadTasks, ["wait", id], () => tasks.WaitAsync(id, cancellationToken), EffectJson.Default.TaskSnapshot);

    /// <summary>Does what may be done twice when the process dies in between, and keeps what it returned.</summary>
    private async Task<T> RunAsync<T>(string kind, string?[] arguments, Func<Task<T>> run, JsonTypeInfo<T> type)
    {
        using var effect = effects.Begin(kind, arguments);
        if (effect.IsRecorded)
            return JsonSerializer.Deserialize(effect.Result!, type)!;
        var result = await run();
        effects.RecordLater(effect.Record(JsonSerializer.Serialize(result, type))!);
        effect.Complete();
        return result;
    }

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}

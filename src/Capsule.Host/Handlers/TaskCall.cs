using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Capsule.Hosting;

/// <summary>One run of a task, as generated code sees it.</summary>
/// <param name="session">The session it was submitted from; null for none.</param>
/// <param name="arguments">The arguments as a JSON object.</param>
/// <param name="progress">Where it says how far it is.</param>
/// <param name="options">How arguments are read and the result is written.</param>
public sealed class TaskCall(Session? session, JsonElement arguments, TaskProgress progress, JsonSerializerOptions options)
{
    /// <summary>The session it was submitted from; null for none.</summary>
    public Session? Session { get; } = session;

    /// <summary>Where it says how far it is.</summary>
    public TaskProgress Progress { get; } = progress;

    /// <summary>A required argument.</summary>
    /// <exception cref="TaskArgumentException">It is missing or not a <typeparamref name="T"/>.</exception>
    public T Argument<T>(string name) =>
        arguments.TryGetProperty(name, out var value) ? Read<T>(name, value) : throw new TaskArgumentException(name, null);

    /// <summary>An argument with a default, which counts when the submission (of an older version, say) does not have it.</summary>
    /// <exception cref="TaskArgumentException">It is not a <typeparamref name="T"/>.</exception>
    public T Argument<T>(string name, T defaultValue) =>
        arguments.TryGetProperty(name, out var value) ? Read<T>(name, value) : defaultValue;

    /// <summary>Writes a result.</summary>
    public string Result<T>(T value) => JsonSerializer.Serialize(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));

    private T Read<T>(string name, JsonElement value)
    {
        try
        {
            return value.Deserialize((JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)))!;
        }
        catch (JsonException exception)
        {
            throw new TaskArgumentException(name, exception);
        }
    }
}

/// <summary>A stored submission does not fit its task any more. Not worth another try.</summary>
/// <param name="name">The argument's name.</param>
/// <param name="inner">Why it could not be read; null when it is missing.</param>
public sealed class TaskArgumentException(string name, Exception? inner)
    : Exception(inner is null ? $"The task's argument '{name}' is missing." : $"The task's argument '{name}' can't be read.", inner);

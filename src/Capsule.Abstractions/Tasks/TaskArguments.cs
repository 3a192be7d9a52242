using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Capsule;

/// <summary>The arguments of a submission, by name, as JSON. Filled by generated code.</summary>
/// <param name="options">How values are written.</param>
public sealed class TaskArguments(JsonSerializerOptions options)
{
    private readonly JsonObject values = [];

    /// <summary>Adds one argument.</summary>
    /// <exception cref="NotSupportedException">The serialiser does not know <typeparamref name="T"/>.</exception>
    public TaskArguments Add<T>(string name, T value)
    {
        values[name] = JsonSerializer.SerializeToNode(value, (JsonTypeInfo<T>)options.GetTypeInfo(typeof(T)));
        return this;
    }

    /// <summary>The arguments as one JSON object.</summary>
    public string ToJson() => values.ToJsonString();
}

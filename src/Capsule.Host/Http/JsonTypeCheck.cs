using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Metadata;

namespace Capsule.Hosting;

/// <summary>
/// Where JSON is written without reflection (trimmed and native apps), each type must be in a <c>JsonSerializerContext</c>. This finds at start those that
/// are in none, all at once: one by one they would come up as failed requests.
/// </summary>
internal sealed class JsonTypeCheck(JsonSerializerOptions options)
{
    private readonly SortedDictionary<string, string> missing = new(StringComparer.Ordinal);

    /// <summary>Whether there is anything to check: reflection knows every type.</summary>
    public static bool IsNeeded => !JsonSerializer.IsReflectionEnabledByDefault;

    /// <summary>Checks what an endpoint says that it reads and writes as JSON. False when something of it is missing.</summary>
    public bool Check(EndpointBuilder endpoint, HttpHandler handler)
    {
        var before = missing.Count;
        foreach (var body in endpoint.Metadata.OfType<IAcceptsMetadata>())
        {
            if (body.RequestType is { } type && IsJson(body.ContentTypes))
                Check(type, handler.Id);
        }
        foreach (var response in endpoint.Metadata.OfType<IProducesResponseTypeMetadata>())
        {
            if (response.Type is { } type && type != typeof(void) && IsJson(response.ContentTypes))
                Check(type, handler.Id);
        }
        return missing.Count == before;
    }

    /// <summary>Checks the arguments and results of tasks, and documents.</summary>
    public void Check(HandlerRegistry handlers)
    {
        foreach (var task in handlers.Tasks)
        {
            foreach (var type in task.JsonTypes)
                Check(type, task.Id);
        }
        foreach (var document in handlers.Documents)
            Check(document.ClrType, $"[Document(\"{document.Name}\")]");
    }

    /// <exception cref="InvalidOperationException">Types are missing; the message names all of them.</exception>
    public void ThrowIfAnyIsMissing()
    {
        if (missing.Count == 0)
            return;
        var list = string.Concat(missing.Select(type => $"{Environment.NewLine}  {type.Key} ({type.Value})"));
        throw new InvalidOperationException(
            "These types are in no JsonSerializerContext that the JSON options know. Add [JsonSerializable(typeof(…))] for each to a context, and the context to "
            + $"the TypeInfoResolverChain with ConfigureHttpJsonOptions:{list}");
    }

    private void Check(Type type, string user)
    {
        if (!options.TryGetTypeInfo(type, out _))
            missing.TryAdd(type.ToString(), user);
    }

    private static bool IsJson(IEnumerable<string> contentTypes) => contentTypes.Any(type => type.Contains("json", StringComparison.OrdinalIgnoreCase));
}

using System.Text.Json;

namespace Capsule.Contract.Testing;

/// <summary>What can be called, as the app's own OpenAPI document has it: a new operation is in it without a test having to know.</summary>
/// <param name="Method">How.</param>
/// <param name="Path">Where.</param>
/// <param name="Headers">The headers that it reads.</param>
public sealed record Operation(HttpMethod Method, string Path, IReadOnlyList<string> Headers)
{
    public bool IsUnsafe => Method != HttpMethod.Get && Method != HttpMethod.Head && Method != HttpMethod.Options;

    public override string ToString() => $"{Method} {Path}";

    /// <summary>The path with its parameters filled in.</summary>
    public string With(params (string Name, string Value)[] parameters) =>
        parameters.Aggregate(Path, (path, parameter) => path.Replace($"{{{parameter.Name}}}", parameter.Value, StringComparison.Ordinal));

    /// <summary>All operations of an app.</summary>
    public static async Task<IReadOnlyList<Operation>> ReadAsync(Caller caller) =>
    [
        .. (await caller.GetJsonAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(
                call => new Operation(new HttpMethod(call.Name.ToUpperInvariant()), path.Name, [.. HeadersOf(call.Value)]))),
    ];

    private static IEnumerable<string> HeadersOf(JsonElement call) => call.Has("parameters")
        ? call.GetProperty("parameters").EnumerateArray().Where(parameter => parameter.Text("in") == "header").Select(parameter => parameter.Text("name"))
        : [];
}

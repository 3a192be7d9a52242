using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Names operations after their method (<c>GetThreadsAsync</c> is <c>getThreads</c>), or after verb and path when the method is a lambda or several
/// have its name. A chosen name stays.
/// </summary>
internal sealed partial class OperationIds : IOpenApiOperationTransformer, IOpenApiDocumentTransformer
{
    /// <summary>Notes that a name was chosen, and not made up here.</summary>
    private const string Chosen = "capsule-chosen-name";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        if (operation.OperationId is not null)
            (operation.Metadata ??= new Dictionary<string, object>()).Add(Chosen, true);
        else
            operation.OperationId = MethodName(context.Description.ActionDescriptor.EndpointMetadata);
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var operations =
            from path in document.Paths
            from operation in path.Value.Operations ?? []
            group (Path: path.Key, Verb: operation.Key, Operation: operation.Value) by operation.Value.OperationId into same
            from one in same
            where same.Key is null || (same.Count() > 1 && one.Operation.Metadata?.ContainsKey(Chosen) != true)
            select one;
        var unnamed = operations.ToList();
        var taken = document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>())
            .Except(unnamed.Select(one => one.Operation))
            .Select(operation => operation.OperationId!)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var (path, verb, operation) in unnamed)
        {
            var name = VerbAndPath(verb.Method, path);
            for (var number = 2; !taken.Add(name); number++)
                name = VerbAndPath(verb.Method, path) + number.ToString(CultureInfo.InvariantCulture);
            operation.OperationId = name;
        }
        return Task.CompletedTask;
    }

    private static string? MethodName(IList<object> metadata)
    {
        if (metadata.OfType<MethodInfo>().LastOrDefault() is not { } method || method.Name.Contains('<', StringComparison.Ordinal))
            return null;
        const string suffix = "Async";
        var name = method.Name;
        if (name.Length > suffix.Length && name.EndsWith(suffix, StringComparison.Ordinal))
            name = name[..^suffix.Length];
        return JsonNamingPolicy.CamelCase.ConvertName(name);
    }

    private static string VerbAndPath(string verb, string path)
    {
        var words = Word().Matches(path).Select(match => char.ToUpperInvariant(match.Value[0]) + match.Value[1..]);
        return verb.ToLowerInvariant() + string.Concat(words);
    }

    [GeneratedRegex("[A-Za-z0-9]+")]
    private static partial Regex Word();
}

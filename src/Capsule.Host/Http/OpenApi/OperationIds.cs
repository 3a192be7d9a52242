using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Names operations after their method (<c>GetThreadsAsync</c> is <c>getThreads</c>), or after verb and path when the method is a lambda or several
/// have its name. A name the author has chosen stays.
/// </summary>
internal sealed partial class OperationIds : IOpenApiOperationTransformer, IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.OperationId ??= MethodName(context.Description.ActionDescriptor.EndpointMetadata);
        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        var operations =
            from path in document.Paths
            from operation in path.Value.Operations ?? []
            group (Path: path.Key, Verb: operation.Key, Operation: operation.Value) by operation.Value.OperationId into same
            where same.Key is null || same.Count() > 1
            from one in same
            select one;
        foreach (var (path, verb, operation) in operations.ToList())
            operation.OperationId = VerbAndPath(verb.Method, path);
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

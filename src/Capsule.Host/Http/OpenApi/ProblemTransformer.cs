using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Describes the answers that any operation can give when a request is bad or the app fails, and that every error is a problem document.</summary>
internal sealed class ProblemTransformer : IOpenApiOperationTransformer
{
    /// <summary>What the schema of a problem document is called.</summary>
    public const string SchemaName = "ProblemDetails";

    private const string ContentType = "application/problem+json";

    /// <summary>What an error means where nobody says more.</summary>
    private static readonly Dictionary<string, string> texts = new()
    {
        ["400"] = "The request is not valid.",
        ["401"] = "The caller is not signed in.",
        ["403"] = "The caller may not do this, or the call carries a cookie and comes from another site.",
        ["404"] = "There is no such thing, or it belongs to somebody else.",
        ["409"] = "It does not fit what is there already.",
        ["413"] = "The body is too large.",
        ["415"] = "The body is of another media type.",
        ["429"] = "Too much at a time. `Retry-After` says when to try again.",
        ["500"] = "The app has failed. The `traceId` finds the reason in its logs.",
        ["503"] = "Not now. `Retry-After` says when to try again.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var responses = operation.Responses ??= [];
        // Also where nothing is bound: the server refuses what is no HTTP, or is meant for another host.
        responses.TryAdd("400", new OpenApiResponse());
        if (operation.RequestBody is { } body && !IsRaw(body))
            responses.TryAdd("415", new OpenApiResponse());
        if (context.Description.HttpMethod is { } method && !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method) && !HttpMethods.IsOptions(method) && !HttpMethods.IsTrace(method))
            responses.TryAdd("403", new OpenApiResponse());
        responses.TryAdd("500", new OpenApiResponse());

        foreach (var (status, response) in responses)
        {
            if (status is not ['4' or '5', ..] || response is not OpenApiResponse error)
                continue;
            if (error.Description is null || error.Description == ReasonPhrases.GetReasonPhrase(int.Parse(status, CultureInfo.InvariantCulture)))
                error.Description = texts.GetValueOrDefault(status, "It can't be done.");
            if (error.Content is null or { Count: 0 } || error.Content.ContainsKey(ContentType))
                error.Content = new Dictionary<string, OpenApiMediaType> { [ContentType] = new() { Schema = Reference(context.Document!) } };
        }
        operation.Responses = InOrder(responses);
        return Task.CompletedTask;
    }

    /// <summary>A body that the handler reads itself.</summary>
    private static bool IsRaw(IOpenApiRequestBody body) => body.Content?.Values.All(content => content.Schema is { Type: JsonSchemaType.String, Format: "binary" }) == true;

    private static OpenApiResponses InOrder(OpenApiResponses responses)
    {
        var ordered = new OpenApiResponses { Extensions = responses.Extensions };
        foreach (var (status, response) in responses.OrderBy(response => response.Key, StringComparer.Ordinal))
            ordered[status] = response;
        return ordered;
    }

    private static OpenApiSchemaReference Reference(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSchema>(SchemaName, Schema());
        return new OpenApiSchemaReference(SchemaName, document);
    }

    private static OpenApiSchema Schema() => new()
    {
        Type = JsonSchemaType.Object,
        Description = "What went wrong (RFC 9457).",
        Required = new HashSet<string> { "status", "traceId" },
        Properties = new Dictionary<string, IOpenApiSchema>
        {
            ["type"] = Text("A link to what the status means."),
            ["title"] = Text("The kind of problem."),
            ["status"] = new OpenApiSchema { Type = JsonSchemaType.Integer, Format = "int32", Description = "The HTTP status." },
            ["detail"] = Text("What to do about it."),
            ["instance"] = Text("Where it happened."),
            ["traceId"] = Text("Finds this answer in the server's logs."),
            ["errors"] = new OpenApiSchema
            {
                Type = JsonSchemaType.Object,
                Description = "What is wrong with each field.",
                AdditionalProperties = new OpenApiSchema { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
    };

    private static OpenApiSchema Text(string description) => new() { Type = JsonSchemaType.String, Description = description };
}

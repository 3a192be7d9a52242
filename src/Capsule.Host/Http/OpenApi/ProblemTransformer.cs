using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Describes the answers that any operation can give when a request is bad, and that every error is a problem document.</summary>
internal sealed class ProblemTransformer : IOpenApiOperationTransformer
{
    private const string SchemaName = "ProblemDetails";
    private const string ContentType = "application/problem+json";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var responses = operation.Responses ??= [];
        if (operation.RequestBody is not null || operation.Parameters?.Any(parameter => parameter.In != ParameterLocation.Path) == true)
            responses.TryAdd("400", new OpenApiResponse { Description = "The request is not valid." });
        if (operation.RequestBody is not null)
            responses.TryAdd("415", new OpenApiResponse { Description = "The body is of another media type." });
        if (context.Description.HttpMethod is { } method && !HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
            responses.TryAdd("403", new OpenApiResponse { Description = "The call carries a cookie and comes from another site." });

        foreach (var (status, response) in responses)
        {
            if (status is ['4' or '5', ..] && response is OpenApiResponse error && (error.Content is null or { Count: 0 } || error.Content.ContainsKey(ContentType)))
                error.Content = new Dictionary<string, OpenApiMediaType> { [ContentType] = new() { Schema = Reference(context.Document!) } };
        }
        return Task.CompletedTask;
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

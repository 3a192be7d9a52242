using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>The OpenAPI 3.1 document of the app's handlers and of the chat API, at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiSetup
{
    private const string DocumentName = "v1";

    public static void AddOpenApiDocument(this IServiceCollection services) =>
        services.AddOpenApi(DocumentName, static options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            options.CreateSchemaReferenceId = SchemaName;
            var operationIds = new OperationIds();
            options.AddOperationTransformer(operationIds);
            options.AddDocumentTransformer(operationIds);
            options.AddOperationTransformer<HandlerTexts>();
            options.AddOperationTransformer<ReadByHandTransformer>();
            options.AddOperationTransformer<FormAlternatives>();
            options.AddOperationTransformer<SecurityTransformer>();
            options.AddOperationTransformer<ProblemTransformer>();
            options.AddSchemaTransformer<AbsentInsteadOfNull>();
            options.AddSchemaTransformer<AllowedValuesTransformer>();
            options.AddSchemaTransformer(FreeMembers);
            options.AddDocumentTransformer<DocumentInfoTransformer>();
            options.AddDocumentTransformer<EventSchemas>();
            options.AddDocumentTransformer<UnusedSchemas>();
        });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json");

    /// <summary>An object of which nothing is known may have any member; without this word some readers take it for one that has none.</summary>
    private static Task FreeMembers(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(JsonObject))
            schema.AdditionalProperties = new OpenApiSchema();
        return Task.CompletedTask;
    }

    /// <summary>What means a piece of JSON or of a body in .NET means nothing to other languages: such schemas stand where they are used.</summary>
    private static string? SchemaName(JsonTypeInfo type) =>
        type.Type == typeof(JsonObject) || type.Type == typeof(JsonElement) || type.Type == typeof(Stream)
            ? null
            : OpenApiOptions.CreateDefaultSchemaReferenceId(type);
}

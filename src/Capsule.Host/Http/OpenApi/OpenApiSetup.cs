using Microsoft.AspNetCore.Builder;
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
            var operationIds = new OperationIds();
            options.AddOperationTransformer(operationIds);
            options.AddDocumentTransformer(operationIds);
            options.AddOperationTransformer<HandlerTexts>();
            options.AddOperationTransformer<ReadByHandTransformer>();
            options.AddOperationTransformer<SecurityTransformer>();
            options.AddOperationTransformer<ProblemTransformer>();
            options.AddSchemaTransformer<AbsentInsteadOfNull>();
            options.AddDocumentTransformer<DocumentInfoTransformer>();
            options.AddDocumentTransformer<EventSchemas>();
        });

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json");
}

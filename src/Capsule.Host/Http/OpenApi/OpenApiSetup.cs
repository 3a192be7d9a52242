using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>The OpenAPI 3.1 document of the app's handlers and of the chat API, at <c>/openapi/v1.json</c>.</summary>
internal static class OpenApiSetup
{
    /// <summary>What the document is called in its address.</summary>
    public const string DocumentName = "v1";

    public static void AddOpenApiDocument(this IServiceCollection services)
    {
        services.AddSingleton<SchemaNames>();
        services.AddSingleton<CommentedTypes>();
        services.AddOptions<OpenApiOptions>(DocumentName)
            .Configure<SchemaNames>(static (options, names) => options.CreateSchemaReferenceId = names.Of);
        services.AddOpenApi(DocumentName, static options =>
        {
            options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            var operationIds = new OperationIds();
            options.AddOperationTransformer(operationIds);
            options.AddDocumentTransformer(operationIds);
            options.AddOperationTransformer<HandlerTexts>();
            options.AddOperationTransformer<HandlerParameters>();
            options.AddOperationTransformer<HandlerForms>();
            options.AddOperationTransformer<TextParameters>();
            options.AddOperationTransformer<ReadByHandTransformer>();
            options.AddOperationTransformer<FormAlternatives>();
            options.AddOperationTransformer<StreamedResults>();
            options.AddOperationTransformer<SecurityTransformer>();
            options.AddOperationTransformer<ProblemTransformer>();
            options.AddSchemaTransformer<AbsentInsteadOfNull>();
            options.AddSchemaTransformer(NamedConstants);
            options.AddSchemaTransformer<ValidationLimits>();
            options.AddSchemaTransformer<SchemaTexts>();
            options.AddSchemaTransformer(UnwritableDefaults);
            options.AddSchemaTransformer(DefaultsOfUses);
            options.AddSchemaTransformer(FreeMembers);
            options.AddDocumentTransformer<DocumentInfoTransformer>();
            options.AddDocumentTransformer<EventSchemas>();
            options.AddDocumentTransformer<InlineFiles>();
            options.AddDocumentTransformer<UnusedSchemas>();
        });
        services.AllowStructDefaults(DocumentName);
        services.TryAddEnumerable(ServiceDescriptor.Transient<IApiDescriptionProvider, WritableDefaults>());
        services.Replace(ServiceDescriptor.Singleton<IApiDescriptionGroupCollectionProvider, LiveApiDescriptions>());
    }

    public static void MapOpenApiDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json");

    /// <summary>An enum whose constants are written by name is text.</summary>
    private static Task NamedConstants(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema is not { Type: null, Enum: { Count: > 0 } constants })
            return Task.CompletedTask;
        // Where null is a value, that is said beside the reference.
        schema.Enum = [.. constants.Where(static constant => constant?.GetValueKind() is not (null or JsonValueKind.Null))];
        if (schema.Enum.All(static constant => constant.GetValueKind() == JsonValueKind.String))
            schema.Type = JsonSchemaType.String;
        return Task.CompletedTask;
    }

    /// <summary>What stands in for a default that JSON can't hold goes.</summary>
    private static Task UnwritableDefaults(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonPropertyInfo?.AssociatedParameter?.AttributeProvider is ParameterInfo { HasDefaultValue: true } parameter && WritableDefaults.IsNoNumber(parameter.DefaultValue))
            schema.Default = null;
        return Task.CompletedTask;
    }

    /// <summary>The default of one member is none of its type's: it goes beside the reference.</summary>
    private static Task DefaultsOfUses(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (schema is { Default: { } value, Metadata: { } metadata } && schema.IsComponent() && context.JsonPropertyInfo?.AssociatedParameter is { HasDefaultValue: true })
        {
            metadata.TryAdd(SchemaMetadata.ReferenceDefault, value);
            schema.Default = null;
        }
        return Task.CompletedTask;
    }

    /// <summary>An object of which nothing is known may have any member; without this word some readers take it for one that has none.</summary>
    private static Task FreeMembers(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Type == typeof(JsonObject))
            schema.AdditionalProperties = new OpenApiSchema();
        return Task.CompletedTask;
    }
}

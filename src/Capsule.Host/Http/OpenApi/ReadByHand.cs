using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Describes an optional query parameter or header that an endpoint reads itself, so that the framework can't know of it.</summary>
internal sealed record ReadByHand(string Name, ParameterLocation In, JsonSchemaType Type, string Description);

internal static class ReadByHandExtensions
{
    public static TBuilder ReadsQuery<TBuilder>(this TBuilder endpoint, string name, JsonSchemaType type, string description)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ReadByHand(name, ParameterLocation.Query, type, description));

    public static TBuilder ReadsHeader<TBuilder>(this TBuilder endpoint, string name, JsonSchemaType type, string description)
        where TBuilder : IEndpointConventionBuilder => endpoint.WithMetadata(new ReadByHand(name, ParameterLocation.Header, type, description));
}

/// <summary>Puts them into the document.</summary>
internal sealed class ReadByHandTransformer : IOpenApiOperationTransformer
{
    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        foreach (var read in context.Description.ActionDescriptor.EndpointMetadata.OfType<ReadByHand>())
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(new OpenApiParameter
            {
                Name = read.Name,
                In = read.In,
                Description = read.Description,
                Schema = new OpenApiSchema { Type = read.Type, Format = read.Type == JsonSchemaType.Integer ? "int64" : null },
            });
        }
        return Task.CompletedTask;
    }
}

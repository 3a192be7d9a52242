using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Marks operations whose caller must be signed in.</summary>
internal sealed class SecurityTransformer(IOptions<CapsuleOptions> options) : IOpenApiOperationTransformer
{
    private const string SchemeName = "cookie";

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (!metadata.OfType<IAuthorizeData>().Any() || metadata.OfType<IAllowAnonymous>().Any())
            return Task.CompletedTask;

        var document = context.Document!;
        document.AddComponent<IOpenApiSecurityScheme>(SchemeName, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Cookie,
            Name = AppCookies.Name(options.Value, "user"),
            Description = "The cookie that signing in sets.",
        });
        operation.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(SchemeName, document)] = [] }];
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse { Description = "The caller is not signed in." });
        operation.Responses.TryAdd("403", new OpenApiResponse { Description = "The caller may not do this, or the call comes from another site." });
        return Task.CompletedTask;
    }
}

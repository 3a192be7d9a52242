using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>Marks operations whose caller must be signed in, with the ways to be so that the app has set up.</summary>
internal sealed class SecurityTransformer(
    IAuthenticationSchemeProvider schemes, IAuthorizationPolicyProvider policies, IEnumerable<IConfigureOptions<CookieAuthenticationOptions>> cookies)
    : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<IAllowAnonymous>().Any())
            return;
        var policy = await AuthorizationPolicy.CombineAsync(policies, metadata.OfType<IAuthorizeData>(), metadata.OfType<AuthorizationPolicy>());
        policy ??= await policies.GetFallbackPolicyAsync();
        if (policy is null)
            return;

        var document = context.Document!;
        operation.Security = [];
        foreach (var scheme in await SchemesOf(policy))
        {
            var name = Describe(scheme, document);
            operation.Security.Add(new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(name, document)] = [] });
        }
        operation.Responses ??= [];
        operation.Responses.TryAdd("401", new OpenApiResponse());
        operation.Responses.TryAdd("403", new OpenApiResponse());
    }

    /// <summary>Those that the policy names, else the default one. One that only hands over to others stands for those.</summary>
    private async Task<IReadOnlyList<AuthenticationScheme>> SchemesOf(AuthorizationPolicy policy)
    {
        var named = new List<AuthenticationScheme>();
        foreach (var name in policy.AuthenticationSchemes)
        {
            if (await schemes.GetSchemeAsync(name) is { } scheme)
                named.Add(scheme);
        }
        if (named.Count == 0 && await schemes.GetDefaultAuthenticateSchemeAsync() is { } standard)
            named.Add(standard);
        return named.Exists(IsForwarding)
            ? [.. (await schemes.GetAllSchemesAsync()).Where(scheme => !IsForwarding(scheme) && !IsRemote(scheme))]
            : named;
    }

    private string Describe(AuthenticationScheme scheme, OpenApiDocument document)
    {
        var described = SchemeOf(scheme);
        // What a client is asked for, not what the app calls it, unless two would be called the same.
        var name = described is { Type: SecuritySchemeType.Http } ? "bearer" : described is { In: ParameterLocation.Cookie } ? "cookie" : scheme.Name;
        if (document.Components?.SecuritySchemes?.TryGetValue(name, out var known) == true && known.Name != described.Name)
            name = scheme.Name;
        document.AddComponent<IOpenApiSecurityScheme>(name, described);
        return name;
    }

    private OpenApiSecurityScheme SchemeOf(AuthenticationScheme scheme)
    {
        if (typeof(CookieAuthenticationHandler).IsAssignableFrom(scheme.HandlerType))
        {
            return new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.ApiKey,
                In = ParameterLocation.Cookie,
                Name = CookieName(scheme.Name),
                Description = "The cookie that signing in sets.",
            };
        }
        // The handler of JSON web tokens is in a package that is not referenced here, the framework's own is internal.
        var isWebToken = scheme.HandlerType.Name == "JwtBearerHandler";
        if (isWebToken || scheme.HandlerType.Name == "BearerTokenHandler")
        {
            return new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = isWebToken ? "JWT" : null,
                Description = "A token in the header `Authorization`.",
            };
        }
        return new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = "Authorization",
            Description = scheme.DisplayName ?? "Credentials in the header `Authorization`.",
        };
    }

    /// <summary>The finished options would hold keys to protect cookies with; to make those would be an effect of asking for a document.</summary>
    private string CookieName(string scheme)
    {
        var options = new CookieAuthenticationOptions();
        foreach (var configure in cookies)
        {
            if (configure is IConfigureNamedOptions<CookieAuthenticationOptions> named)
                named.Configure(scheme, options);
            else if (scheme == Options.DefaultName)
                configure.Configure(options);
        }
        return options.Cookie.Name ?? CookieAuthenticationDefaults.CookiePrefix + Uri.EscapeDataString(scheme);
    }

    private static bool IsForwarding(AuthenticationScheme scheme) => typeof(PolicySchemeHandler).IsAssignableFrom(scheme.HandlerType);

    /// <summary>Signing in somewhere else is what a person does; a call then carries what came of it.</summary>
    private static bool IsRemote(AuthenticationScheme scheme) => typeof(IAuthenticationRequestHandler).IsAssignableFrom(scheme.HandlerType);
}

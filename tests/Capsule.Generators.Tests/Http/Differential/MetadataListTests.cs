using System.Reflection;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>
/// What an endpoint says of itself is what a minimal API of the same method says, item by item and in the same order. Ours says nothing of parameters that no
/// client supplies (ASP.NET Core's description of an API would take a <c>RequestContext</c> for a body), has none of antiforgery (see
/// <c>no-antiforgery-token</c>), and what it says of cookie redirects comes with <c>MapCapsule</c>.
/// </summary>
public class MetadataListTests(Twins twins) : IClassFixture<Twins>
{
    /// <summary>Show <c>sign-in-by-default</c> and <c>verbs-in-small-letters</c>.</summary>
    private static readonly string[] departing = ["GET /d/sign-in", "GET /d/small"];

    private static readonly string[] injected =
        ["HttpContext", "HttpRequest", "HttpResponse", "ClaimsPrincipal", "CancellationToken", "Stream", "PipeReader", "IServiceProvider", "Registered", "TellingService", "IEnumerable`1"];

    [Fact]
    public async Task Endpoints_have_the_same_metadata()
    {
        var app = await twins.AppAsync(throwOnBadRequest: false);
        var expected = app.Endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/r/", StringComparison.Ordinal)).ToDictionary(KeyOf);
        var differences = new List<string>();
        var count = 0;
        foreach (var endpoint in app.Endpoints.Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/c/", StringComparison.Ordinal)))
        {
            if (!expected.TryGetValue(KeyOf(endpoint), out var twin) || departing.Contains(KeyOf(endpoint)))
                continue;
            count++;
            var (minimal, capsule) = (string.Join("\n    ", ItemsOf(twin)), string.Join("\n    ", ItemsOf(endpoint)));
            if (minimal != capsule)
                differences.Add($"{KeyOf(endpoint)}\n  minimal API\n    {minimal}\n  Capsule\n    {capsule}");
        }

        Assert.True(differences.Count == 0, $"{differences.Count} of {count} differ.\n{string.Join('\n', differences)}");
        Assert.True(count >= 1000, $"{count} pairs were compared.");
    }

    private static string KeyOf(RouteEndpoint endpoint) => $"{endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods[0]} {endpoint.RoutePattern.RawText![2..]}";

    private static IEnumerable<string> ItemsOf(RouteEndpoint endpoint)
    {
        var ofClass = endpoint.Metadata.GetMetadata<MethodInfo>()!.DeclaringType!.GetCustomAttributes().Select(attribute => attribute.GetType()).ToHashSet();
        return endpoint.Metadata
            .Where(item => item.GetType().Assembly != typeof(Capsule.Hosting.HttpHandler).Assembly || item is IParameterBindingMetadata)
            .Where(item => item is not (IAntiforgeryMetadata or IDisableCookieRedirectMetadata) && !ofClass.Contains(item.GetType()))
            .Where(item => item is not IParameterBindingMetadata parameter || IsSupplied(parameter.ParameterInfo))
            .Select(Describe);
    }

    private static string Describe(object item) => item switch
    {
        IParameterBindingMetadata parameter => $"parameter {parameter.Name} of {parameter.ParameterInfo.ParameterType} {parameter.ParameterInfo.Name} {parameter.HasTryParse} {parameter.HasBindAsync} {parameter.IsOptional}",
        IAcceptsMetadata accepts => $"accepts {accepts.RequestType} {accepts.IsOptional} {string.Join(", ", accepts.ContentTypes)}",
        IProducesResponseTypeMetadata produces => $"produces {produces.StatusCode} {produces.Type} {string.Join(", ", produces.ContentTypes)}",
        IRouteDiagnosticsMetadata => "route",
        _ => $"{item.GetType()} {item}",
    };

    private static bool IsSupplied(ParameterInfo parameter) =>
        !injected.Contains(parameter.ParameterType.Name) && !parameter.GetCustomAttributes().Any(attribute => attribute is IFromServiceMetadata or FromKeyedServicesAttribute);
}

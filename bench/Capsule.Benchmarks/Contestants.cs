using Capsule.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Benchmarks;

/// <summary>One way of answering a request.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Endpoint">Its endpoint, without a server.</param>
internal sealed record Contestant(string Name, Endpoint Endpoint);

/// <summary>The endpoints of one app by route, made in each way with the same JSON options.</summary>
internal sealed class Contestants
{
    private readonly HandWritten handWritten;
    private readonly List<(string Name, Dictionary<string, Endpoint> Endpoints)> made;

    public Contestants()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ReportJson.Default));
        builder.Services.AddControllers().AddJsonOptions(json => json.JsonSerializerOptions.TypeInfoResolverChain.Insert(0, ReportJson.Default));
        var app = builder.Build();
        Services = app.Services;
        var json = Services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        handWritten = new HandWritten((System.Text.Json.Serialization.Metadata.JsonTypeInfo<Report>)json.GetTypeInfo(typeof(Report)));
        made =
        [
            ("Capsule", ByRoute(Capsule())),
            ("minimal API", ByRoute(Mapped(MinimalApi.Map))),
            ("RequestDelegateGenerator", ByRoute(Mapped(GeneratedMinimalApi.Map))),
            ("MVC controller", ByRoute(Mapped(routes => routes.MapControllers()))),
        ];
    }

    public IServiceProvider Services { get; }

    /// <summary>All that answer a route; the first is what the others are compared with.</summary>
    public IReadOnlyList<Contestant> For(string route) =>
    [
        new("hand-written", new Endpoint(handWritten.For(route), EndpointMetadataCollection.Empty, route)),
        .. made.Select(way => new Contestant(way.Name, way.Endpoints[route])),
    ];

    private HandlerEndpointDataSource Capsule()
    {
        var manifest = typeof(Contestants).Assembly.GetCustomAttributes(typeof(CapsuleManifestAttribute), inherit: false).Cast<CapsuleManifestAttribute>().Single();
        var registry = new HandlerRegistry();
        registry.Include(manifest.Create());
        return new HandlerEndpointDataSource(registry.Http, Services);
    }

    private EndpointDataSource Mapped(Action<IEndpointRouteBuilder> map)
    {
        var routes = new Routes(Services);
        map(routes);
        return routes.DataSources.Single();
    }

    private static Dictionary<string, Endpoint> ByRoute(EndpointDataSource source) => source.Endpoints.Cast<RouteEndpoint>().ToDictionary(
        endpoint => $"{endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0]} /{endpoint.RoutePattern.RawText?.TrimStart('/')}",
        Endpoint (endpoint) => endpoint);

    private sealed class Routes(IServiceProvider services) : IEndpointRouteBuilder
    {
        public IServiceProvider ServiceProvider => services;

        public ICollection<EndpointDataSource> DataSources { get; } = [];

        public IApplicationBuilder CreateApplicationBuilder() => new ApplicationBuilder(services);
    }
}

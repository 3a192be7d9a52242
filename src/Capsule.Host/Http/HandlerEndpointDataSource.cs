using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace Capsule.Hosting;

/// <summary>Makes endpoints of HTTP handlers, alone or in a route group. Conventions added to it apply to all of them.</summary>
internal sealed class HandlerEndpointDataSource(IReadOnlyList<HttpHandler> handlers, IServiceProvider services)
    : EndpointDataSource, IEndpointConventionBuilder
{
    private static readonly RoutePattern NoPrefix = RoutePatternFactory.Parse("");

    private readonly List<Action<EndpointBuilder>> conventions = [];
    private readonly List<Action<EndpointBuilder>> finalConventions = [];
    private IReadOnlyList<HttpHandler> handlers = handlers;
    private IReadOnlyList<Endpoint>? endpoints;
    private ConfigurationReloadToken changed = new();

    /// <summary>The endpoints; conventions must have been added before they are first asked for.</summary>
    public override IReadOnlyList<Endpoint> Endpoints => endpoints ??= BuildAll(NoPrefix, [], [], services);

    /// <summary>Makes endpoints of other handlers from now on; routing follows.</summary>
    public void Replace(IReadOnlyList<HttpHandler> handlers)
    {
        this.handlers = handlers;
        endpoints = null;
        Interlocked.Exchange(ref changed, new ConfigurationReloadToken()).OnReload();
    }

    public void Add(Action<EndpointBuilder> convention) => conventions.Add(convention);

    public void Finally(Action<EndpointBuilder> finallyConvention) => finalConventions.Add(finallyConvention);

    public override IReadOnlyList<Endpoint> GetGroupedEndpoints(RouteGroupContext context) =>
        BuildAll(context.Prefix, context.Conventions, context.FinallyConventions, context.ApplicationServices);

    public override IChangeToken GetChangeToken() => changed;

    private List<Endpoint> BuildAll(
        RoutePattern prefix,
        IReadOnlyList<Action<EndpointBuilder>> groupConventions,
        IReadOnlyList<Action<EndpointBuilder>> groupFinalConventions,
        IServiceProvider application)
    {
        var isService = application.GetService<IServiceProviderIsService>();
        var validation = application.GetService<HandlerValidation>();
        var json = new JsonWriters(application.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions);
        var types = JsonTypeCheck.IsNeeded ? new JsonTypeCheck(json.Options) : null;
        types?.Check(application.GetRequiredService<HandlerRegistry>());
        var faults = new HandlerFaults();
        var built = new List<Endpoint>(handlers.Count);
        foreach (var handler in handlers)
        {
            var pattern = RoutePatternFactory.Combine(prefix, RoutePatternFactory.Parse(handler.Pattern));
            var names = pattern.Parameters.Select(parameter => parameter.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            var builder = new RouteEndpointBuilder(requestDelegate: null, pattern, order: 0)
            {
                DisplayName = $"HTTP: {handler.HttpMethod} {pattern.RawText} => {handler.Id}",
                ApplicationServices = application,
            };
            var context = new HttpHandlerContext(isService, json, names, handler.Method, builder);
            HandlerMetadata.AddIntrinsic(builder, handler);
            Apply(groupConventions, builder);
            var faultsBefore = faults.Count;
            HandlerMetadata.AddDescription(builder, handler, context, faults);
            Apply(conventions, builder);
            if (faults.Count > faultsBefore || types?.Check(builder, handler) == false)
                continue;
            validation?.AddTo(builder, handler, context);
            builder.RequestDelegate ??= handler.Build(context);
            Apply(finalConventions, builder);
            Apply(groupFinalConventions, builder);
            built.Add(builder.Build());
        }
        faults.ThrowIfAny();
        types?.ThrowIfAnyIsMissing();
        return built;
    }

    private static void Apply(IEnumerable<Action<EndpointBuilder>> conventions, EndpointBuilder builder)
    {
        foreach (var convention in conventions)
            convention(builder);
    }
}

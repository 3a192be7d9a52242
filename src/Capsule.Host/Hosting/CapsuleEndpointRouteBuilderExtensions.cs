using Capsule.Hosting;
using Capsule.Hosting.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Capsule;

/// <summary>Maps Capsule's routes.</summary>
public static class CapsuleEndpointRouteBuilderExtensions
{
    /// <summary>Maps the app's <c>[Data]</c> and <c>[Endpoint]</c> handlers, the chat API, the chat page, health and the OpenAPI document.</summary>
    /// <param name="endpoints">
    /// The app, or a group whose conventions and endpoint filters then hold for all of it. The group may have a prefix; one with parameters stops the
    /// start, as it is part of addresses that Capsule gives out.
    /// </param>
    /// <returns>Adds conventions to all of these routes.</returns>
    /// <exception cref="InvalidOperationException">No handlers were found, a name is used twice, or <c>AddCapsule</c> was not called.</exception>
    /// <exception cref="OptionsValidationException">An option has an invalid value; the message names its key.</exception>
    public static IEndpointConventionBuilder MapCapsule(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var services = endpoints.ServiceProvider;
        var handlers = services.GetService<HandlerRegistry>()
            ?? throw new InvalidOperationException("Call builder.AddCapsule() before app.MapCapsule().");
        var options = services.GetRequiredService<IOptions<CapsuleOptions>>().Value;

        var group = endpoints.MapGroup("");
        group.WithMetadata(CapsuleEndpointMetadata.Instance);
        ((IEndpointConventionBuilder)group).Finally(GuestAdoption.Watch);
        ((IEndpointConventionBuilder)group).Finally(OriginCheck.Protect);

        var environment = services.GetRequiredService<IHostEnvironment>();
        var source = new HandlerEndpointDataSource(handlers.Http, services);
        handlers.Replaced += () => source.Replace(handlers.Http);
        ((IEndpointRouteBuilder)group).DataSources.Add(source);
#if !CAPSULE_WITHOUT_OPENAPI
        group.MapOpenApiDocument();
        if (options.OpenApi.Page ?? environment.IsDevelopment())
            group.MapOpenApiPage(options.AppName!);
#endif
        group.MapHealth();
        group.MapIdentity(environment);
        group.MapSessions();
        group.MapFiles();
        group.MapTasks();
        group.MapIntegrations();
        if (options.Page)
            group.MapChatPage(environment);
        return group;
    }
}

using Capsule.Hosting;
using Capsule.Hosting.Sessions;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Capsule;

/// <summary>Adds Capsule to an app.</summary>
public static class CapsuleBuilderExtensions
{
    /// <summary>
    /// Adds what the app's handlers need: sessions, tasks, schedules, collections, files, identity and the OpenAPI document.
    /// The handlers themselves are found through the manifest that the generator writes into the app's assembly.
    /// </summary>
    /// <param name="builder">The app's builder, full or slim.</param>
    /// <param name="configure">Sets options in code; it has the last word over the configuration section <c>Capsule</c>.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddCapsule<TBuilder>(this TBuilder builder, Action<CapsuleOptions>? configure = null)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddInertUnderDocumentTool(services => services.AddCapsule(configure));
        return builder;
    }

    private static void AddCapsule(this IServiceCollection services, Action<CapsuleOptions>? configure)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions(configure);
        services.TryAddSingleton(HandlerDiscovery.CreateRegistry);
        services.AddHostedService<AppEvents>();
        services.AddHostedService<LiveEditing>();

        services.AddStorage();
        services.AddIdentity();
        services.AddFiles();
        services.AddIntegrations();
        services.AddSessions();
        services.AddTasks();
        services.AddSchedules();
        services.AddCollections();

        services.AddJson();
        services.TryAddSingleton<HandlerValidation>();
        services.AddProblems();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IStartupFilter, EndpointsAtStart>());
        services.AddHealth();
#if !CAPSULE_WITHOUT_OPENAPI
        services.AddOpenApiDocument();
#endif
    }

    private static void AddOptions(this IServiceCollection services, Action<CapsuleOptions>? configure)
    {
        StartFailure.AnnouncePlainly();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<CapsuleOptions>, CapsuleSettings>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CapsuleOptions>, CapsuleSettings>());
        services.AddOptions<CapsuleOptions>()
            .Configure(configure ?? (static _ => { }))
            .PostConfigure<IHostEnvironment>(static (options, environment) => options.AppName ??= environment.ApplicationName)
            .ValidateOnStart();
        services.AddHostedService<UnknownSettings>();
    }
}

using Capsule.Hosting.Channels;
using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Capsule.Hosting.Sessions;

/// <summary>Registers sessions.</summary>
internal static class SessionServices
{
    /// <summary>
    /// Adds sessions. Needs <see cref="SqliteDatabase"/>, <see cref="IFileStore"/>, <see cref="ITaskClients"/>, <see cref="IDocumentDatabases"/>,
    /// <see cref="ICallerResolver"/>, <see cref="HandlerRegistry"/> and <see cref="TimeProvider"/>. Turns run between start and stop of the hosted services.
    /// </summary>
    internal static IServiceCollection AddSessions(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, ChannelJson.Default));
        services.TryAddSingleton<ISessionStore, SqliteSessionStore>();
        services.AddSingleton<SessionResources>();
        services.AddSingleton<SessionHub>();
        services.AddSingleton<PromptDesk>();
        services.AddSingleton<TurnHandler>();
        services.AddSingleton<TurnRunner>();
        services.AddSingleton<MessageIntake>();
        services.AddSingleton<EventStreams>();
        services.AddSingleton<ISessionProvider, SessionProvider>();
        services.AddSingleton<SessionDeletion>();
        services.AddSingleton<ISessionAdministration>(provider => provider.GetRequiredService<SessionDeletion>());
        services.AddHostedService(provider => provider.GetRequiredService<TurnRunner>());
        services.AddHostedService<SessionRetention>();
        return services;
    }
}

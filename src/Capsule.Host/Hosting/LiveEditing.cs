using System.Reflection.Metadata;
using Capsule.Hosting;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

[assembly: MetadataUpdateHandler(typeof(LiveEditing.Edits))]

namespace Capsule.Hosting;

/// <summary>
/// Has edits to the running app (<c>dotnet watch</c>, a debugger) take part at once: the manifest, whose code is edited with the author's, is read again, and
/// routes, chats, schedules and the OpenAPI document follow.
/// </summary>
internal sealed partial class LiveEditing(HandlerRegistry registry, IServiceProvider services, ILogger<LiveEditing> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        Edits.Applied += Follow;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Edits.Applied -= Follow;
        return Task.CompletedTask;
    }

    private void Follow()
    {
        try
        {
            var fresh = HandlerDiscovery.CreateRegistry(services);
            foreach (var schedule in fresh.Schedules)
                _ = new ScheduleDefinition(schedule);
            var needsRestart = Names(registry).Except(Names(fresh)).Concat(Names(fresh).Except(Names(registry))).ToList();
            registry.Replace(fresh);
            LogFollowed(registry.Messages.Count, registry.Http.Count, registry.Schedules.Count);
            if (needsRestart.Count > 0)
                LogNeedsRestart(string.Join(", ", needsRestart));
        }
        catch (Exception exception)
        {
            // Half-written code: the app goes on with what it had until the next edit.
            LogNotFollowed(exception);
        }
    }

    /// <summary>What is set up at start only.</summary>
    private static IEnumerable<string> Names(HandlerRegistry handlers) =>
        handlers.Tasks.Select(task => $"the task '{task.Name}'").Concat(handlers.Documents.Select(document => $"the document '{document.Name}'"));

    [LoggerMessage(1, LogLevel.Information, "The app was edited: it has {Chats} chats, {Routes} HTTP handlers and {Schedules} schedules now.")]
    private partial void LogFollowed(int chats, int routes, int schedules);

    [LoggerMessage(2, LogLevel.Warning, "The app was edited and has to be started again for {Names}.")]
    private partial void LogNeedsRestart(string names);

    [LoggerMessage(3, LogLevel.Error, "The app was edited, and its handlers can't be read: it goes on with those it had.")]
    private partial void LogNotFollowed(Exception exception);

    /// <summary>What the runtime calls after an edit; it finds the method by its name.</summary>
    internal static class Edits
    {
        public static event Action? Applied;

        /// <summary>The types that were edited are not looked at: a handler may have changed in any of them.</summary>
        public static void UpdateApplication(Type[]? updatedTypes) => Applied?.Invoke();
    }
}

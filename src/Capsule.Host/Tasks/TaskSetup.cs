using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Capsule.Hosting;

internal static class TaskSetup
{
    /// <summary>Tasks that are stored, run in the background and can be waited for.</summary>
    internal static IServiceCollection AddTasks(this IServiceCollection services)
    {
        services.TryAddSingleton<ITaskStore, SqliteTaskStore>();
        services.TryAddSingleton<TaskRunnerSettings>();
        services.AddSingleton<TaskHandlers>();
        services.AddSingleton<RunningTasks>();
        services.AddSingleton<TaskEndings>();
        services.AddSingleton<TaskServices>();
        services.AddSingleton<ITaskClients>(static provider => provider.GetRequiredService<TaskServices>());
        services.AddSingleton<TaskExecutor>();
        services.AddHostedService<TaskRunner>();
        services.ConfigureHttpJsonOptions(static options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, TaskJson.Default));
        return services;
    }
}

using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Capsule.Hosting;

internal static class ScheduleSetup
{
    /// <summary>Schedules that fire at the times of their cron expressions.</summary>
    internal static IServiceCollection AddSchedules(this IServiceCollection services)
    {
        services.TryAddSingleton<IScheduleStore, SqliteScheduleStore>();
        services.AddSingleton<ScheduleExecutor>();
        services.AddHostedService<ScheduleRunner>();
        return services;
    }
}

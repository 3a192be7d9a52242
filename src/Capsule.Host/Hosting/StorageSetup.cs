using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Hosting;

internal static class StorageSetup
{
    /// <summary>The data directory and the database in it. Neither is touched before the app starts.</summary>
    public static void AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<DataDirectory>();
        services.AddSingleton(static provider => SqliteDatabase.Open(
            provider.GetRequiredService<DataDirectory>().PathOf(CapsuleDatabase.FileName), CapsuleDatabase.Migrations));
    }
}

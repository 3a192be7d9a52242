using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

internal static class CollectionSetup
{
    /// <summary>Collections of documents. Their file is created when it is first needed.</summary>
    internal static IServiceCollection AddCollections(this IServiceCollection services)
    {
        services.TryAddSingleton<IDocumentStore>(static provider =>
        {
            var directory = Path.Combine(
                provider.GetRequiredService<IHostEnvironment>().ContentRootPath, provider.GetRequiredService<IOptions<CapsuleOptions>>().Value.DataDirectory);
            Directory.CreateDirectory(directory);
            return new SqliteDocumentStore(CollectionsDatabase.Open(Path.Combine(directory, CollectionsDatabase.FileName)));
        });
        services.AddSingleton<IDocumentDatabases, DocumentDatabases>();
        return services;
    }
}

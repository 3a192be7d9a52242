using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Capsule.Hosting;

internal static class CollectionSetup
{
    /// <summary>Collections of documents. Their file is created when it is first needed.</summary>
    internal static IServiceCollection AddCollections(this IServiceCollection services)
    {
        services.TryAddSingleton<IDocumentStore>(static provider => new SqliteDocumentStore(
            CollectionsDatabase.Open(provider.GetRequiredService<DataDirectory>().PathOf(CollectionsDatabase.FileName))));
        services.AddSingleton<IDocumentDatabases, DocumentDatabases>();
        return services;
    }
}

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>The program behind two apps, one for each setting of <c>ThrowOnBadRequest</c>. They start when they are needed.</summary>
public sealed class Twins : IAsyncLifetime
{
    private readonly TwinApp?[] apps = new TwinApp?[2];

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        foreach (var app in apps.OfType<TwinApp>())
            await app.DisposeAsync();
    }

    internal async Task<TwinApp> AppAsync(bool throwOnBadRequest)
    {
        var setting = throwOnBadRequest ? 1 : 0;
        if (apps[setting] is not { } app)
        {
            app = new TwinApp(TwinProgram.Assembly, throwOnBadRequest, inMemory: true);
            await app.InitializeAsync();
            apps[setting] = app;
        }
        return app;
    }

    internal async Task<TwinComparison> CompareAsync(bool throwOnBadRequest, IEnumerable<(string Name, TwinRequest Request)> requests)
    {
        var comparison = new TwinComparison(await AppAsync(throwOnBadRequest));
        foreach (var (name, request) in requests)
            await comparison.CompareAsync(name, request);
        return comparison;
    }
}

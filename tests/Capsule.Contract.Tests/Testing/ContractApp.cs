using Capsule.Contract.App;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.AI;

namespace Capsule.Contract.Testing;

/// <summary>The app of this project on Kestrel, with a data directory of its own, in Development.</summary>
public class ContractApp : IAsyncLifetime
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("capsule-contract-");
    private WebApplication? app;

    /// <summary>What the environment is called.</summary>
    public string Environment { get; protected init; } = Environments.Development;

    /// <summary>Configuration besides the data directory.</summary>
    public Dictionary<string, string?> Settings { get; } = [];

    /// <summary>Services besides those of the app.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Where this app's handlers come from, when it is not this project.</summary>
    public Action<WebApplicationBuilder>? Add { get; init; }

    public LogLines Log { get; } = new();

    public string DataDirectory => Path.Combine(directory.FullName, "data");

    public Signals Signals => app!.Services.GetRequiredService<Signals>();

    public ScriptBook Scripts => app!.Services.GetRequiredService<ScriptBook>();

    /// <summary>Everything that is mapped, documented or not.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => app!.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

    public Uri Address => new(app!.Urls.Single());

    public Task InitializeAsync() => StartAsync();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ContractApp).Assembly.GetName().Name,
            EnvironmentName = Environment,
            ContentRootPath = directory.FullName,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders().AddProvider(Log);
        builder.Services.AddSingleton<Signals>();
        builder.Services.AddSingleton<ScriptBook>();
        builder.Services.AddScoped<RequestScope>();
        builder.Services.AddKeyedSingleton("utc", new Zone("utc"));
        builder.Services.AddSingleton<IChatClient, EchoModel>();
        builder.Services.AddAuthorizationBuilder().AddPolicy("adults", policy => policy.RequireAssertion(
            context => context.User.HasClaim(claim => claim.Value.StartsWith("adult", StringComparison.Ordinal))));
        Services?.Invoke(builder.Services);
        if (Add is null)
            builder.AddCapsule();
        else
            Add(builder);
        app = builder.Build();
        app.MapCapsule();
        await app.StartAsync();
    }

    /// <summary>A caller without identity, with cookies of its own.</summary>
    public Caller Guest() => new(Address);

    /// <summary>A caller of before a restart, with the same cookies.</summary>
    public Caller Resume(Caller caller)
    {
        var resumed = Guest();
        foreach (System.Net.Cookie cookie in caller.Cookies.GetAllCookies())
            resumed.Cookies.Add(Address, new System.Net.Cookie(cookie.Name, cookie.Value));
        return resumed;
    }

    /// <summary>A caller who has signed in.</summary>
    public async Task<Caller> UserAsync(string? email = null, string? org = null)
    {
        var caller = Guest();
        await caller.SignInAsync(email ?? $"{Guid.NewGuid():N}@example.com", org);
        return caller;
    }

    /// <summary>Runs a piece of a test in a request of a caller.</summary>
    public async Task RunAsync(Caller caller, Func<RequestContext, Task> script)
    {
        Exception? failure = null;
        var name = Scripts.Add(async context =>
        {
            try
            {
                await script(context);
            }
            catch (Exception exception)
            {
                failure = exception;
            }
        });
        using var response = await caller.Http.PostAsync($"/scripts/{name}", null);
        Assert.Null(failure);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public async Task StopAsync()
    {
        if (app is null)
            return;
        await app.StopAsync();
        await app.DisposeAsync();
        app = null;
    }

    /// <summary>Stops and starts again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await StopAsync();
        directory.Delete(recursive: true);
    }
}

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Hosting;

/// <summary>A Capsule app on a real server and a free port, with a data directory of its own.</summary>
internal sealed class TestApp : IAsyncDisposable
{
    private readonly TemporaryDirectory? ownDirectory;

    private TestApp(WebApplication app, TemporaryDirectory? ownDirectory)
    {
        this.ownDirectory = ownDirectory;
        App = app;
        Client = NewClient();
    }

    public WebApplication App { get; }

    /// <summary>A browser's worth of cookies.</summary>
    public HttpClient Client { get; }

    public static async Task<TestApp> StartAsync(
        Action<HandlerRegistry>? handlers = null,
        Action<CapsuleOptions>? options = null,
        Action<WebApplicationBuilder>? builder = null,
        Action<WebApplication>? routes = null,
        Action<WebApplication>? map = null,
        string environment = "Production",
        bool slim = true,
        string? dataDirectory = null)
    {
        var ownDirectory = dataDirectory is null ? new TemporaryDirectory() : null;
        var appOptions = new WebApplicationOptions { EnvironmentName = environment, ApplicationName = "Test.App" };
        var appBuilder = slim ? WebApplication.CreateSlimBuilder(appOptions) : WebApplication.CreateBuilder(appOptions);
        appBuilder.WebHost.UseUrls("http://127.0.0.1:0");
        appBuilder.Logging.ClearProviders();
        var registry = new HandlerRegistry();
        handlers?.Invoke(registry);
        appBuilder.Services.AddSingleton(registry);
        builder?.Invoke(appBuilder);
        appBuilder.AddCapsule(capsule =>
        {
            capsule.DataDirectory = dataDirectory ?? ownDirectory!.Path;
            options?.Invoke(capsule);
        });
        var app = appBuilder.Build();
        try
        {
            routes?.Invoke(app);
            if (map is null)
                app.MapCapsule();
            else
                map(app);
            await app.StartAsync();
            return new TestApp(app, ownDirectory);
        }
        catch
        {
            await app.DisposeAsync();
            ownDirectory?.Dispose();
            throw;
        }
    }

    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new Uri(App.Urls.Single()) };

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        ownDirectory?.Dispose();
    }
}

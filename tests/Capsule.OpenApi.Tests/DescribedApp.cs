using System.Text.Json;
using Microsoft.AspNetCore.Hosting;

namespace Capsule.OpenApi.Tests;

/// <summary>The app of this project, on Kestrel, and the document it serves.</summary>
public sealed class DescribedApp : IAsyncLifetime
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("capsule-openapi-");
    private readonly FailureLog failures = new();
    private readonly WebApplication app;

    public DescribedApp()
        : this(null)
    {
    }

    internal DescribedApp(Action<WebApplicationBuilder>? setUp)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(DescribedApp).Assembly.GetName().Name,
            ContentRootPath = directory.FullName,
        });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddProvider(failures);
        setUp?.Invoke(builder);
        builder.AddCapsule();
        app = builder.Build();
        app.MapCapsule();
    }

    public HttpClient Client { get; } = new();

    public JsonElement Document { get; private set; }

    public JsonElement Schemas => Document.GetProperty("components").GetProperty("schemas");

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        Client.BaseAddress = new Uri(app.Urls.Single());
        var response = await Client.GetAsync("/openapi/v1.json");
        Assert.True(response.IsSuccessStatusCode, failures.ToString());
        Document = JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.DisposeAsync();
        directory.Delete(recursive: true);
    }

    /// <summary>An operation by verb and path.</summary>
    internal JsonElement Operation(string verb, string path) => Document.GetProperty("paths").GetProperty(path).GetProperty(verb);
}

/// <summary>What went wrong in the app, since no answer says it.</summary>
internal sealed class FailureLog : ILoggerProvider, ILogger
{
    private readonly System.Collections.Concurrent.ConcurrentQueue<Exception> exceptions = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null)
            exceptions.Enqueue(exception);
    }

    public void Dispose()
    {
    }

    public override string ToString() => string.Join('\n', exceptions);
}

using System.Collections.Concurrent;
using Capsule.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Generators.Tests.Http;

/// <summary>The same handlers twice behind one server: generated under <c>/c</c>, by ASP.NET Core's RequestDelegateFactory under <c>/r</c>.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes it asynchronously.")]
public sealed class TwinApp : IAsyncLifetime
{
    private readonly WebApplication _app;
    private readonly BindingEvents _events = new();

    public TwinApp()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(_events);
        builder.Services.AddSingleton(new Clock("clock"));
        builder.Services.AddKeyedSingleton("utc", new Clock("utc"));
        builder.Services.AddSingleton(Life);
        _app = builder.Build();
        Handlers = GeneratedHandlers();
        ((IEndpointRouteBuilder)_app.MapGroup("/c")).DataSources.Add(new HandlerEndpointDataSource(Handlers, _app.Services));
        MapMinimalApis(_app.MapGroup("/r"));
    }

    internal IReadOnlyList<HttpHandler> Handlers { get; }

    /// <summary>What happened to the objects of instance handlers.</summary>
    internal Life Life { get; } = new();

    public async Task InitializeAsync() => await _app.StartAsync();

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _events.Dispose();
    }

    internal async Task<Answer> SendAsync(string prefix, string request, string? body, string? contentType, params (string Name, string Value)[] headers)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        using var client = new HttpClient { BaseAddress = new Uri(_app.Urls.First()) };
        using var message = new HttpRequestMessage(new HttpMethod(request[..space]), prefix + request[(space + 1)..]);
        if (body is not null)
        {
            message.Content = new StringContent(body);
            message.Content.Headers.ContentType = contentType is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        }
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        using var response = await client.SendAsync(message);
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(),
            string.Join("; ", _events.Take()));
    }

    internal static IReadOnlyList<HttpHandler> GeneratedHandlers()
    {
        var attribute = typeof(TwinApp).Assembly.GetCustomAttributes(typeof(CapsuleManifestAttribute), inherit: false).Cast<CapsuleManifestAttribute>().Single();
        var registry = new HandlerRegistry();
        registry.Include(attribute.Create());
        return registry.Http;
    }

    private static void MapMinimalApis(RouteGroupBuilder group)
    {
        group.MapGet("/int/{id}", BindingHandlers.RouteInt);
        group.MapGet("/text/{name}", BindingHandlers.RouteText);
        group.MapGet("/optional/{name?}", BindingHandlers.OptionalRoute);
        group.MapGet("/query", BindingHandlers.Query);
        group.MapGet("/numbers", BindingHandlers.Numbers);
        group.MapGet("/kinds", BindingHandlers.Kinds);
        group.MapGet("/arrays", BindingHandlers.Arrays);
        group.MapGet("/header", BindingHandlers.Header);
        group.MapGet("/named/{first}", BindingHandlers.Named);
        group.MapPost("/body", BindingHandlers.Body);
        group.MapPost("/explicit", BindingHandlers.ExplicitBody);
        group.MapPut("/body/{id}", BindingHandlers.BodyAndValues);
        group.MapPost("/service", BindingHandlers.ServiceOrBody);
        group.MapGet("/service", BindingHandlers.Service);
        group.MapGet("/parts", BindingHandlers.Parts);
        group.MapPost("/stream", BindingHandlers.Raw);
        group.MapGet("/nothing", BindingHandlers.Nothing);
        group.MapGet("/task", BindingHandlers.Waits);
        group.MapGet("/results", BindingHandlers.Union);
        group.MapGet("/any", BindingHandlers.Any);
        group.MapGet("/shape", BindingHandlers.Polymorphic);
        group.MapGet("/plain-shape", BindingHandlers.Derived);
        group.MapGet("/null", BindingHandlers.Null);
        group.MapGet("/items", BindingHandlers.Items);
    }
}

/// <summary>What a client and an operator see of one request.</summary>
internal sealed record Answer(int Status, string? ContentType, string Body, string Events);

/// <summary>Keeps the events of ASP.NET Core's binding. Tests of one app run one after the other.</summary>
internal sealed class BindingEvents : ILoggerProvider
{

    private readonly ConcurrentQueue<string> _events = new();

    public IReadOnlyList<string> Take()
    {
        var taken = new List<string>();
        while (_events.TryDequeue(out var text))
            taken.Add(text);
        return taken;
    }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName == "Microsoft.AspNetCore.Http.RequestDelegateFactory");

    public void Dispose()
    {
    }

    private sealed class Logger(BindingEvents events, bool listens) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => listens;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (listens)
                events._events.Enqueue($"{eventId.Id} {eventId.Name}: {formatter(state, exception)}");
        }
    }
}

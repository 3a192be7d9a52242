using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Capsule.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Generators.Tests.Http;

/// <summary>The same handlers twice behind one server: generated under <c>/c</c>, by ASP.NET Core's RequestDelegateFactory under <c>/r</c>.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes it asynchronously.")]
public class TwinApp : IAsyncLifetime
{
    private readonly WebApplication _app;
    private readonly BindingEvents _events = new();
    private readonly HttpClient _client = new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <summary>The handlers of this project.</summary>
    public TwinApp()
        : this(typeof(TwinApp).Assembly, throwOnBadRequest: false)
    {
    }

    internal TwinApp(Assembly assembly, bool throwOnBadRequest, Action<RouteGroupBuilder>? configure = null, Action<IServiceCollection>? services = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(_events);
        builder.Services.AddSingleton(new Clock("clock"));
        builder.Services.AddKeyedSingleton("utc", new Clock("utc"));
        builder.Services.AddSingleton(Life);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = throwOnBadRequest);
        services?.Invoke(builder.Services);
        _app = builder.Build();
        _app.Use(ShowExceptions);
        _app.UseRouting();
        Handlers = GeneratedHandlers(assembly);
        ((IEndpointRouteBuilder)Group("/c")).DataSources.Add(new HandlerEndpointDataSource(Handlers, _app.Services));
        MapMinimalApis(Group("/r"), assembly);
        _app.UseEndpoints(_ => { });
        // What can't be mounted shows here, and not as the same error of both at each request.
        Assert.NotEmpty(((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints));

        RouteGroupBuilder Group(string prefix)
        {
            var group = _app.MapGroup(prefix);
            configure?.Invoke(group);
            return group;
        }
    }

    internal IReadOnlyList<HttpHandler> Handlers { get; }

    internal Uri Address => new(_app.Urls.First());

    /// <summary>What happened to the objects of instance handlers.</summary>
    internal Life Life { get; } = new();

    public async Task InitializeAsync() => await _app.StartAsync();

    public async Task DisposeAsync()
    {
        await _app.DisposeAsync();
        _client.Dispose();
        _events.Dispose();
    }

    internal async Task<Answer> SendAsync(string prefix, string request, string? body, string? contentType, params (string Name, string Value)[] headers)
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        using var message = new HttpRequestMessage(new HttpMethod(request[..space]), _app.Urls.First() + prefix + request[(space + 1)..]);
        if (body is not null)
        {
            message.Content = new StringContent(body);
            message.Content.Headers.ContentType = contentType is null ? null : System.Net.Http.Headers.MediaTypeHeaderValue.Parse(contentType);
        }
        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        using var response = await _client.SendAsync(message);
        return new Answer(
            (int)response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(),
            string.Join("; ", _events.Take()));
    }

    internal static IReadOnlyList<HttpHandler> GeneratedHandlers(Assembly? assembly = null)
    {
        var attribute = (assembly ?? typeof(TwinApp).Assembly).GetCustomAttributes(typeof(CapsuleManifestAttribute), inherit: false).Cast<CapsuleManifestAttribute>().Single();
        var registry = new HandlerRegistry();
        registry.Include(attribute.Create());
        return registry.Http;
    }

    /// <summary>An exception is part of the answer: its type, its status, and of a bad request its text.</summary>
    private static async Task ShowExceptions(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
        }
        catch (Exception exception)
        {
            var bad = exception as BadHttpRequestException;
            context.Response.Clear();
            context.Response.StatusCode = bad?.StatusCode ?? StatusCodes.Status500InternalServerError;
            await context.Response.WriteAsync($"{exception.GetType()} {bad?.Message} {exception.InnerException?.GetType()}");
        }
    }

    /// <summary>Static handlers only: a minimal API has no objects of its own.</summary>
    private static void MapMinimalApis(RouteGroupBuilder group, Assembly assembly)
    {
        foreach (var method in assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            if (method.GetCustomAttribute<EndpointAttribute>() is not { } endpoint || method.DeclaringType!.IsDefined(typeof(WithMiddlewareAttribute)))
                continue;
            var type = Expression.GetDelegateType([.. method.GetParameters().Select(parameter => parameter.ParameterType), method.ReturnType]);
            group.MapMethods(endpoint.Pattern, [endpoint.Method], method.CreateDelegate(type)).DisableAntiforgery();
        }
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

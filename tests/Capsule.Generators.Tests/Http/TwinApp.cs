using System.Globalization;
using System.Linq.Expressions;
using System.Reflection;
using System.Text;
using Capsule.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Capsule.Generators.Tests.Http;

/// <summary>The same handlers twice behind one server: generated under <c>/c</c>, by ASP.NET Core's RequestDelegateFactory under <c>/r</c>.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes it asynchronously.")]
public class TwinApp : IAsyncLifetime, IAsyncDisposable
{
    /// <summary>Names the culture of a request.</summary>
    internal const string CultureHeader = "X-Culture";

    private readonly WebApplication app;
    private readonly bool inMemory;
    private readonly BindingEvents events = new();
    private HttpClient? client;

    /// <summary>The handlers of this project, behind Kestrel.</summary>
    public TwinApp()
        : this(typeof(TwinApp).Assembly, throwOnBadRequest: false, inMemory: false)
    {
    }

    internal TwinApp(
        Assembly assembly, bool throwOnBadRequest, bool inMemory, Action<RouteGroupBuilder>? configure = null, Action<IServiceCollection>? services = null)
    {
        this.inMemory = inMemory;
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (inMemory)
            builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Debug).AddProvider(events);
        builder.Services.AddSingleton(new Clock("clock"));
        builder.Services.AddKeyedSingleton("utc", new Clock("utc"));
        builder.Services.AddSingleton(Life);
        assembly.GetType("Setup")?.GetMethod("AddTo")!.Invoke(null, [builder.Services]);
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = throwOnBadRequest);
        services?.Invoke(builder.Services);
        app = builder.Build();
        app.Use(ShowExceptions);
        app.Use(SetCulture);
        app.UseRouting();
        Handlers = GeneratedHandlers(assembly);
        ((IEndpointRouteBuilder)Group("/c")).DataSources.Add(new HandlerEndpointDataSource(Handlers, app.Services));
        MapMinimalApis(Group("/r"), assembly);
        app.UseEndpoints(_ => { });

        RouteGroupBuilder Group(string prefix)
        {
            var group = app.MapGroup(prefix);
            configure?.Invoke(group);
            return group;
        }
    }

    internal IReadOnlyList<HttpHandler> Handlers { get; }

    /// <summary>The endpoints of both.</summary>
    internal IReadOnlyList<RouteEndpoint> Endpoints => [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.Cast<RouteEndpoint>()];

    internal Uri Address => new(app.Urls.First());

    /// <summary>Patterns of handlers that can't be minimal APIs.</summary>
    internal Dictionary<string, Exception> Refused { get; } = [];

    /// <summary>What happened to the objects of instance handlers.</summary>
    internal Life Life { get; } = new();

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        // What can't be mounted shows here, and not as the same error of both at each request.
        Assert.NotEmpty(app.Services.GetRequiredService<EndpointDataSource>().Endpoints);
        client = inMemory
            ? app.GetTestClient()
            : new(new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 }) { BaseAddress = new(app.Urls.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        client?.Dispose();
        events.Dispose();
        GC.SuppressFinalize(this);
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    internal async Task<Answer> SendAsync(string prefix, TwinRequest request)
    {
        using var message = request.ToMessage(prefix);
        using var response = await client!.SendAsync(message);
        return await Answer.OfAsync(response, events.Take());
    }

    internal Task<Answer> SendAsync(string prefix, string request, string? body, string? contentType, params (string Name, string Value)[] headers) =>
        SendAsync(prefix, TwinRequest.Of(request) with { Body = body, ContentType = contentType, Headers = headers });

    internal static IReadOnlyList<HttpHandler> GeneratedHandlers(Assembly? assembly = null)
    {
        var attribute = (assembly ?? typeof(TwinApp).Assembly).GetCustomAttributes(typeof(CapsuleManifestAttribute), inherit: false).Cast<CapsuleManifestAttribute>().Single();
        var registry = new HandlerRegistry();
        registry.Include(attribute.Create());
        return registry.Http;
    }

    /// <summary>A request may name the culture in which it is handled, as request localization lets it.</summary>
    private static async Task SetCulture(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers[CultureHeader] is [{ } culture])
            CultureInfo.CurrentCulture = new CultureInfo(culture);
        await next(context);
    }

    /// <summary>An exception is part of the answer: its type, its status, and of a bad request its text, and the type of its cause where others can know it.</summary>
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
            await context.Response.WriteAsync($"{exception.GetType()} {bad?.Message} {(exception.InnerException?.GetType() is { IsPublic: true } cause ? cause : null)}");
        }
    }

    /// <summary>Static handlers only: a minimal API has no objects of its own.</summary>
    private void MapMinimalApis(RouteGroupBuilder group, Assembly assembly)
    {
        foreach (var method in assembly.GetTypes().SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly)))
        {
            if (method.GetCustomAttribute<EndpointAttribute>() is not { } endpoint || method.DeclaringType!.IsDefined(typeof(WithMiddlewareAttribute)))
                continue;
            if (Refusal(method, endpoint) is { } refusal)
            {
                Refused.Add(endpoint.Pattern, refusal);
                continue;
            }
            var type = Expression.GetDelegateType([.. method.GetParameters().Select(parameter => parameter.ParameterType), method.ReturnType]);
            var builder = group.MapMethods(endpoint.Pattern, [endpoint.Method], method.CreateDelegate(type));
            if (method.Name != "Antiforgery")
                builder.DisableAntiforgery();
        }
    }

    /// <summary>Why ASP.NET Core makes no minimal API of a method; null when it does.</summary>
    private Exception? Refusal(MethodInfo method, EndpointAttribute endpoint)
    {
        var options = new RequestDelegateFactoryOptions
        {
            ServiceProvider = app.Services,
            RouteParameterNames = RoutePatternFactory.Parse(endpoint.Pattern).Parameters.Select(parameter => parameter.Name),
            DisableInferBodyFromParameters = endpoint.Method is "GET" or "HEAD" or "DELETE" or "OPTIONS" or "TRACE" or "CONNECT",
        };
        try
        {
            RequestDelegateFactory.InferMetadata(method, options);
            // That form objects are no members of others shows only when the delegate is made.
            if (method.GetParameters().Any(parameter => parameter.IsDefined(typeof(AsParametersAttribute))))
                RequestDelegateFactory.Create(method, targetFactory: null, options);
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException or NotSupportedException)
        {
            return exception;
        }
    }
}

using System.Linq.Expressions;
using System.Net;
using System.Reflection;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Text.RegularExpressions;
using System.Threading.RateLimiting;
using Capsule.Hosting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Generators.Tests.Http;

/// <summary>An app with the middleware that reads metadata: handlers under <c>/c</c> as Capsule maps them, under <c>/r</c> as minimal APIs.</summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1001", Justification = "xunit disposes it asynchronously.")]
public sealed partial class MetadataApp : IAsyncLifetime
{
    /// <summary>The header that says who calls.</summary>
    public const string User = "X-User";

    private readonly string directory = Directory.CreateTempSubdirectory("capsule-").FullName;
    private readonly WebApplication app;

    public MetadataApp()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = 100);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(Handlers());
        builder.AddCapsule(options => options.DataDirectory = directory);
        builder.Services.AddAuthentication("Test")
            .AddScheme<AuthenticationSchemeOptions, HeaderAuthentication>("Test", null)
            .AddCookie("Other")
            .AddBearerToken();
        builder.Services.AddAuthorizationBuilder().AddPolicy("staff", policy => policy.RequireRole("staff"));
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limiter.AddPolicy("once", http => RateLimitPartition.GetFixedWindowLimiter(
                http.Request.Path.Value!, _ => new FixedWindowRateLimiterOptions { PermitLimit = 1, Window = TimeSpan.FromHours(1) }));
        });
        builder.Services.AddOutputCache();
        builder.Services.AddRequestTimeouts();
        builder.Services.AddCors(cors => cors.AddPolicy("friends", policy => policy.WithOrigins("https://friend.example")));
        app = builder.Build();
        app.UseRouting();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseOutputCache();
        app.UseRequestTimeouts();
        app.MapGroup("/c").MapCapsule();
        // Names of endpoints are unique in an app.
        foreach (var handler in Handlers().Http.Where(handler => !handler.Method.IsDefined(typeof(EndpointNameAttribute))))
            MapMinimalApi(app.MapGroup("/r"), handler);
        app.MapPost("/sign-in/{name}", (string name) => TypedResults.SignIn(Principal(name), authenticationScheme: "Other"));
    }

    public HttpClient Client { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        await app.StartAsync();
        Client = NewClient();
    }

    public async Task DisposeAsync()
    {
        Client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    public HttpClient NewClient() =>
        new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.Single()) };

    public static async Task<MetadataAnswer> ReadAsync(HttpResponseMessage response)
    {
        string[] incidental = ["Date", "Server", "Transfer-Encoding"];
        var headers = response.Headers.Where(header => !incidental.Contains(header.Key))
            .Select(header => $"{header.Key}: {string.Join(", ", header.Value)}\n").Order(StringComparer.Ordinal);
        var body = TraceId().Replace(await response.Content.ReadAsStringAsync(), "\"traceId\":\"…\"");
        return new(response.StatusCode, response.Content.Headers.ContentType?.ToString(), string.Concat(headers), body);
    }

    private static HandlerRegistry Handlers()
    {
        var registry = new HandlerRegistry();
        foreach (var handler in TwinApp.GeneratedHandlers().Where(handler => handler.Method.DeclaringType?.IsDefined(typeof(WithMiddlewareAttribute)) == true))
            registry.Add(handler);
        return registry;
    }

    private static void MapMinimalApi(RouteGroupBuilder group, HttpHandler handler)
    {
        var method = handler.Method;
        var type = Expression.GetDelegateType([.. method.GetParameters().Select(parameter => parameter.ParameterType), method.ReturnType]);
        // A minimal API has no class whose attributes would count.
        group.WithMetadata([.. method.DeclaringType!.GetCustomAttributes()]);
        var route = group.MapMethods(handler.Pattern, [handler.HttpMethod], method.CreateDelegate(type)).DisableAntiforgery().ExcludeFromDescription();
        if (handler.Policy is not null)
            route.RequireAuthorization(handler.Policy);
        else if (handler.RequiresAuthentication)
            route.RequireAuthorization();
    }

    private static ClaimsPrincipal Principal(string name) =>
        new(new ClaimsIdentity([new Claim("sub", name), new Claim(ClaimTypes.Role, name)], "Test"));

    [GeneratedRegex("\"traceId\":\"[^\"]+\"")]
    private static partial Regex TraceId();

    private sealed class HeaderAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(
            Request.Headers[User].ToString() is { Length: > 0 } name
                ? AuthenticateResult.Success(new AuthenticationTicket(Principal(name), Scheme.Name))
                : AuthenticateResult.NoResult());
    }
}

/// <summary>Marks handlers that need middleware, with which only <see cref="MetadataApp"/> mounts them.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class WithMiddlewareAttribute : Attribute;

public sealed record MetadataAnswer(HttpStatusCode Status, string? ContentType, string Headers, string Body);

using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Hosting;

public class StartTests
{
    [Fact]
    public async Task The_data_directory_is_made_on_first_start()
    {
        using var parent = new TemporaryDirectory();
        var directory = Path.Combine(parent.Path, "not", "there");
        await using var app = await TestApp.StartAsync(dataDirectory: directory);

        Assert.True(File.Exists(Path.Combine(directory, "capsule.db")));
        Assert.True(Directory.Exists(Path.Combine(directory, "files")));
        Assert.True(Directory.Exists(Path.Combine(directory, "keys")));
    }

    [Fact]
    public async Task What_is_in_the_data_directory_is_its_owner_s_alone()
    {
        using var parent = new TemporaryDirectory();
        var directory = Path.Combine(parent.Path, "data");
        await using var app = await TestApp.StartAsync(dataDirectory: directory);

        if (!OperatingSystem.IsWindows())
        {
            foreach (var made in (string[])["", "files", "keys"])
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(Path.Combine(directory, made)));
        }
    }

    [Fact]
    public async Task Two_apps_cannot_share_a_data_directory()
    {
        using var directory = new TemporaryDirectory();
        await using var first = await TestApp.StartAsync(dataDirectory: directory.Path);

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(dataDirectory: directory.Path));

        Assert.Contains("in use by another process", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Capsule:DataDirectory", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Routes_can_be_put_under_a_prefix()
    {
        await using var app = await TestApp.StartAsync(
            handlers => handlers.Add(new HttpHandler
            {
                Id = "Test.Hello",
                HttpMethod = "GET",
                Pattern = "/hello",
                RequiresAuthentication = false,
                Method = typeof(StartTests).GetMethod(nameof(Routes_can_be_put_under_a_prefix))!,
                Build = _ => context => context.Response.WriteAsync("hello"),
            }),
            map: routes => routes.MapGroup("/x").MapCapsule());

        Assert.Equal("hello", await app.Client.GetStringAsync("/x/hello"));
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/x/capsule/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/x/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/x/openapi/v1.json")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync("/hello")).StatusCode);
    }

    [Fact]
    public async Task A_handler_that_can_never_be_called_stops_the_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(handlers => handlers.Add(new HttpHandler
        {
            Id = "Test.Unfilled",
            HttpMethod = "GET",
            Pattern = "/unfilled",
            RequiresAuthentication = false,
            Method = typeof(StartTests).GetMethod(nameof(Unfilled), HttpHandler.DeclaredMethods)!,
            Parameters = [new HttpParameter(0, "missing", HttpParameterKind.Service, IsOptional: false)],
            Build = _ => _ => Task.CompletedTask,
        })));

        Assert.Contains("Test.Unfilled: 'missing' is no service, and GET infers no body. Register System.Version", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stopped_app_leaves_its_data_directory_to_the_next()
    {
        using var directory = new TemporaryDirectory();
        await (await TestApp.StartAsync(dataDirectory: directory.Path)).DisposeAsync();

        await using var next = await TestApp.StartAsync(dataDirectory: directory.Path);

        Assert.Equal(HttpStatusCode.OK, (await next.Client.GetAsync("/health")).StatusCode);
    }

    [Fact]
    public async Task Boot_runs_before_requests_are_accepted_and_Shutdown_after_they_end()
    {
        var order = new List<string>();
        await using (var app = await TestApp.StartAsync(
            handlers => { On(handlers, AppEvent.Boot, "boot"); On(handlers, AppEvent.Shutdown, "shutdown"); },
            builder: builder => builder.Services.AddHostedService(_ => new Recorder(order))))
        {
            Assert.Equal(["boot", "start"], order);
        }
        Assert.Equal(["boot", "start", "stop", "shutdown"], order);

        void On(HandlerRegistry handlers, AppEvent moment, string entry) => handlers.Add(new AppEventHandler
        {
            Id = entry,
            Event = moment,
            InvokeAsync = invocation =>
            {
                Assert.NotNull(invocation.Services.GetService<IHttpContextFactory>());
                order.Add(entry);
                return Task.CompletedTask;
            },
        });
    }

    [Fact]
    public async Task A_Boot_handler_that_fails_stops_the_start()
    {
        var failing = new AppEventHandler
        {
            Id = "Test.Boot",
            Event = AppEvent.Boot,
            InvokeAsync = _ => throw new InvalidOperationException("no licence"),
        };

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() => TestApp.StartAsync(handlers => handlers.Add(failing)));

        Assert.Equal("no licence", exception.Message);
    }

    [Fact]
    public void An_app_without_a_manifest_says_what_to_do()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.AddCapsule(options => options.Handlers.Add(typeof(string).Assembly));

        var exception = Assert.Throws<InvalidOperationException>(() => builder.Build().MapCapsule());

        Assert.Contains("has no Capsule handlers", exception.Message, StringComparison.Ordinal);
        Assert.Contains("options.Handlers.Add(assembly)", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapCapsule_without_AddCapsule_says_what_to_do()
    {
        var exception = Assert.Throws<InvalidOperationException>(() => WebApplication.CreateSlimBuilder().Build().MapCapsule());

        Assert.Equal("Call builder.AddCapsule() before app.MapCapsule().", exception.Message);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/health")]
    public async Task A_running_app_is_healthy(string path)
    {
        await using var app = await TestApp.StartAsync();

        var response = await app.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("healthy", (await response.JsonAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_check_of_the_author_makes_the_app_unhealthy()
    {
        await using var app = await TestApp.StartAsync(builder: builder =>
            builder.Services.AddHealthChecks().AddCheck("mail", () => Microsoft.Extensions.Diagnostics.HealthChecks.HealthCheckResult.Unhealthy()));

        var response = await app.Client.GetAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("mail", (await response.JsonAsync()).GetProperty("unhealthy")[0].GetString());
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/health/live")).StatusCode);
    }

    internal static void Unfilled(Version missing) => throw new InvalidOperationException($"Nobody has a {missing}.");

    private sealed class Recorder(List<string> order) : Microsoft.Extensions.Hosting.IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            order.Add("start");
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken)
        {
            order.Add("stop");
            return Task.CompletedTask;
        }
    }
}

using System.Globalization;
using System.Text.Json;
using Capsule.Generators.Tests.Http;
using Capsule.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Generators.Tests;

/// <summary>Generated calls of handlers that no HTTP request makes: arguments, services, results, and the object's life.</summary>
public class InvocationTests
{
    private static readonly HandlerRegistry Handlers = AllHandlers();

    [Theory]
    [InlineData("Sum", """{"left":1,"right":2}""", "13")]
    [InlineData("Sum", """{"left":1,"right":2,"more":3}""", "6")]
    [InlineData("Nothing", "{}", null)]
    [InlineData("Later", """{"text":"a"}""", "\"a clock\"")]
    [InlineData("Keyed", "{}", "\"utc none\"")]
    public async Task A_task_gets_its_arguments_and_services_and_gives_its_result(string name, string arguments, string? result) =>
        Assert.Equal(result, await RunAsync(name, arguments));

    [Fact]
    public async Task A_missing_argument_is_named()
    {
        var exception = await Assert.ThrowsAsync<TaskArgumentException>(() => RunAsync("Sum", """{"left":1}"""));

        Assert.Contains("right", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_handlers_object_is_made_for_the_call_and_given_up_after_it()
    {
        var life = new Life();

        Assert.Equal("\"called\"", await RunAsync("OfObject", "{}", life));
        Assert.Equal(["made", "called", "disposed"], life.Events);
    }

    [Fact]
    public void Retries_are_for_the_types_given_and_their_subclasses()
    {
        var isRetryable = Handlers.Tasks.Single(task => task.Name == "Keyed").IsRetryable;

        Assert.True(isRetryable(new FileNotFoundException()));
        Assert.True(isRetryable(new TimeoutException()));
        Assert.False(isRetryable(new InvalidOperationException()));
    }

    private static async Task<string?> RunAsync(string name, string arguments, Life? life = null)
    {
        await using var services = new ServiceCollection().AddSingleton(new Clock("clock")).AddSingleton(life ?? new Life())
            .AddKeyedSingleton("utc", new Clock("utc")).BuildServiceProvider();
        var task = Handlers.Tasks.Single(candidate => candidate.Name == name);
        return await task.InvokeAsync(
            new Invocation(services, tasks: null!, db: null!, CancellationToken.None),
            new TaskCall(session: null, JsonDocument.Parse(arguments).RootElement, progress: null!, JsonSerializerOptions.Web));
    }

    private static HandlerRegistry AllHandlers()
    {
        var registry = new HandlerRegistry();
        registry.Include(typeof(InvocationTests).Assembly.GetCustomAttributes(typeof(CapsuleManifestAttribute), inherit: false)
            .Cast<CapsuleManifestAttribute>().Single().Create());
        return registry;
    }
}

internal static class TaskHandlers
{
    [Task]
    public static int Sum(int left, int right, int more = 10) => left + right + more;

    [Task]
    public static void Nothing(Session? session) => Assert.Null(session);

    [Task]
    public static async ValueTask<string> LaterAsync(string text, [FromServices] Clock clock)
    {
        await Task.Yield();
        return $"{text} {clock.Name}";
    }

    [Task(RetryFor = [typeof(IOException), typeof(TimeoutException)])]
    public static Task<string> Keyed([FromKeyedServices("utc")] Clock clock, [FromServices] Missing? missing) =>
        Task.FromResult(string.Create(CultureInfo.InvariantCulture, $"{clock.Name} {missing?.Text ?? "none"}"));
}

public sealed class ObjectHandlers : IAsyncDisposable
{
    private readonly Life life;

    public ObjectHandlers(Life life)
    {
        this.life = life;
        life.Events.Add("made");
    }

    [Task]
    public async Task<string> OfObject()
    {
        await Task.Yield();
        life.Events.Add("called");
        return "called";
    }

    [Endpoint("GET", "/object", Authorized = false)]
    public string Get(int id) => id.ToString(CultureInfo.InvariantCulture) + string.Join(' ', life.Events);

    public ValueTask DisposeAsync()
    {
        life.Events.Add("disposed");
        return default;
    }
}

public sealed class Life
{
    public List<string> Events { get; } = [];
}

using System.Net;
using System.Text.Json.Nodes;
using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Tasks;

/// <summary><c>/capsule/tasks</c> over real HTTP.</summary>
public sealed class TaskEndpointsTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryDirectory directory = new();
    private readonly ManualTime time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private WebApplication app = null!;
    private SqliteDatabase database = null!;
    private HttpClient client = null!;

    public async Task InitializeAsync()
    {
        database = SqliteDatabase.Open(Path.Combine(directory.Path, CapsuleDatabase.FileName), CapsuleDatabase.Migrations);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddProblemDetails();
        builder.Services.AddSingleton<TimeProvider>(time);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton<ICallerResolver, CallerByHeader>();
        builder.Services.AddSingleton<ITaskStore, SqliteTaskStore>();
        app = builder.Build();
        app.MapTasks();
        await app.StartAsync();
        client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
        client.DefaultRequestHeaders.Add("User", "alice");
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await database.DisposeAsync();
    }

    public void Dispose()
    {
        client.Dispose();
        directory.Dispose();
    }

    private ITaskStore Store => app.Services.GetRequiredService<ITaskStore>();

    [Fact]
    public async Task A_task_is_shown_to_its_user_as_it_goes()
    {
        await SubmitAsync("task_1", displayName: "Sync inbox");
        Assert.Equal(
            """{"id":"task_1","name":"Sync","displayName":"Sync inbox","state":"pending","createdAt":"2026-01-01T00:00:00+00:00"}""",
            await client.GetStringAsync(new Uri("/capsule/tasks/task_1", UriKind.Relative)));

        var lease = (await Store.ClaimAsync(["Sync"], 1, time.GetUtcNow(), time.GetUtcNow().AddMinutes(1)))[0].Lease;
        await Store.ReportAsync(lease, 12.5, "reading");
        var running = JsonNode.Parse(await client.GetStringAsync(new Uri("/capsule/tasks/task_1", UriKind.Relative)))!;
        Assert.Equal(("running", 12.5, "reading"), ((string)running["state"]!, (double)running["progress"]!["percent"]!, (string)running["progress"]!["text"]!));
        Assert.Equal("2026-01-01T00:00:00+00:00", (string)running["startedAt"]!);

        await Store.EndAsync(lease, new TaskOutcome(TaskState.Failed) { Error = TaskErrors.Failed }, time.GetUtcNow());
        var failed = JsonNode.Parse(await client.GetStringAsync(new Uri("/capsule/tasks/task_1", UriKind.Relative)))!;
        Assert.Equal(("failed", "Something went wrong while the task ran."), ((string)failed["state"]!, (string)failed["error"]!));
    }

    [Fact]
    public async Task Nobody_else_finds_or_cancels_it()
    {
        await SubmitAsync("task_1");
        client.DefaultRequestHeaders.Remove("User");
        client.DefaultRequestHeaders.Add("User", "bob");
        await AssertProblemAsync(HttpStatusCode.NotFound, await client.GetAsync(new Uri("/capsule/tasks/task_1", UriKind.Relative)));
        await AssertProblemAsync(HttpStatusCode.NotFound, await client.PostAsync(new Uri("/capsule/tasks/task_1/cancel", UriKind.Relative), null));
        Assert.Equal(TaskState.Pending, Store.Find("alice", "task_1")!.State);
    }

    [Fact]
    public async Task Cancelling_works_once()
    {
        await SubmitAsync("task_1");
        var cancelled = await client.PostAsync(new Uri("/capsule/tasks/task_1/cancel", UriKind.Relative), null);
        Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
        Assert.Equal(TaskState.Cancelled, Store.Find("alice", "task_1")!.State);
        await AssertProblemAsync(HttpStatusCode.Conflict, await client.PostAsync(new Uri("/capsule/tasks/task_1/cancel", UriKind.Relative), null));
        await AssertProblemAsync(HttpStatusCode.NotFound, await client.PostAsync(new Uri("/capsule/tasks/task_2/cancel", UriKind.Relative), null));
    }

    [Fact]
    public void Each_call_is_described()
    {
        var described = app.Services.GetRequiredService<EndpointDataSource>().Endpoints.ToDictionary(
            endpoint => endpoint.Metadata.GetRequiredMetadata<IEndpointNameMetadata>().EndpointName,
            endpoint => endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(response => response.StatusCode).Order());
        Assert.Equal(["cancelTask", "getTask"], described.Keys.Order());
        Assert.Equal([200, 404], described["getTask"]);
        Assert.Equal([204, 404, 409], described["cancelTask"]);
    }

    private static async Task AssertProblemAsync(HttpStatusCode status, HttpResponseMessage response)
    {
        Assert.Equal((status, "application/problem+json"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync())!["detail"]);
    }

    private Task<string> SubmitAsync(string id, string? displayName = null) => Store.AddAsync(
        new NewTask
        {
            Id = id,
            Name = "Sync",
            User = new UserInfo { Id = "alice" },
            Arguments = "{}",
            DisplayName = displayName,
            CreatedAt = time.GetUtcNow(),
            DueAt = time.GetUtcNow(),
        },
        default);

    private sealed class CallerByHeader : ICallerResolver
    {
        public Caller Resolve(HttpContext context, bool remember = false) =>
            new(new UserInfo { Id = context.Request.Headers["User"].ToString() }, Authenticated: true);
    }
}

using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Capsule.Host.Tests.Hosting;

/// <summary>Capsule inside of a route group.</summary>
public class GroupTests
{
    [Fact]
    public async Task Addresses_that_the_host_gives_out_have_the_prefix_of_the_group()
    {
        await using var app = await TestApp.StartAsync(
            handlers => handlers.Add(new MessageHandler { Id = "Test", InvokeAsync = (_, _, _) => Task.CompletedTask }),
            map: app => app.MapGroup("/api").MapGroup("v1").MapCapsule());

        using var uploaded = await app.Client.UploadAsync("/api/v1/capsule/files", "a.txt", "content"u8.ToArray());
        var url = (await uploaded.JsonAsync()).GetProperty("url").GetString()!;
        Assert.StartsWith("/api/v1/capsule/files/", url, StringComparison.Ordinal);
        Assert.Equal(url, uploaded.Headers.Location?.ToString());
        Assert.Equal("content", await app.Client.GetStringAsync(url));

        using var created = await app.Client.PostAsync("/api/v1/capsule/sessions", null);
        using var session = await app.Client.GetAsync(created.Headers.Location);
        Assert.Equal(HttpStatusCode.OK, session.StatusCode);

        var document = await app.Client.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/openapi/v1.json");
        Assert.True(document.GetProperty("paths").TryGetProperty("/api/v1/capsule/files", out _));
    }

    [Fact]
    public async Task A_file_that_is_published_before_the_web_server_starts_has_the_prefix_too()
    {
        Early? early = null;
        await using var app = await TestApp.StartAsync(
            builder: builder => builder.Services.AddHostedService(services => early = new Early(services.GetRequiredService<IFileStore>())),
            map: app => app.MapGroup("/api").MapCapsule());

        var file = await early!.Saving!;

        Assert.Equal("/api/capsule/files/" + file.Id, file.Url);
    }

    [Fact]
    public async Task A_prefix_with_parameters_stops_the_start()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            TestApp.StartAsync(map: app => app.MapGroup("/{tenant}").MapCapsule()));

        Assert.Contains("{tenant}", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Filters_of_the_group_hold_for_the_host_s_own_routes()
    {
        await using var app = await TestApp.StartAsync(map: app => app.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            context.HttpContext.Response.Headers["X-Filtered"] = "yes";
            return await next(context);
        }).MapCapsule());

        using var answer = await app.Client.GetAsync("/capsule/me");

        Assert.Equal("yes", Assert.Single(answer.Headers.GetValues("X-Filtered")));
    }

    /// <summary>Publishes a file as a turn does that an earlier process has left: nobody waits for it.</summary>
    private sealed class Early(IFileStore files) : IHostedService
    {
        public Task<StoredFile>? Saving { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var content = new Content();
            Saving = files.SaveAsync("ann", "a.txt", "text/plain", content, 100, CancellationToken.None);
            await content.IsRead.Task;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Content : MemoryStream
    {
        public TaskCompletionSource IsRead { get; } = new();

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            IsRead.TrySetResult();
            return ValueTask.FromResult(0);
        }
    }
}

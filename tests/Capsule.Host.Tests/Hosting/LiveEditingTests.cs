using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Capsule.Host.Tests.Hosting;

/// <summary>Handlers that are replaced while the app runs.</summary>
public class LiveEditingTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/x")]
    public async Task Routes_and_the_openapi_document_follow(string prefix)
    {
        HandlerRegistry running = null!;
        await using var app = await TestApp.StartAsync(
            handlers =>
            {
                running = handlers;
                handlers.Add(Route("/old", "old"));
                handlers.Add(Route("/kept", "before"));
            },
            map: app => app.MapGroup(prefix).MapCapsule().Add(endpoint => endpoint.Metadata.Add("convention")));
        Assert.Equal("old", await app.Client.GetStringAsync(prefix + "/old"));
        Assert.True(await IsDescribed(app, prefix, "/old"));

        Edit(running, fresh =>
        {
            fresh.Add(Route("/kept", "after"));
            fresh.Add(Route("/new", "new"));
        });

        Assert.Equal(HttpStatusCode.NotFound, (await app.Client.GetAsync(prefix + "/old")).StatusCode);
        Assert.Equal("after", await app.Client.GetStringAsync(prefix + "/kept"));
        Assert.Equal("new", await app.Client.GetStringAsync(prefix + "/new"));
        Assert.Equal((false, true), (await IsDescribed(app, prefix, "/old"), await IsDescribed(app, prefix, "/new")));
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(prefix + "/capsule/me")).StatusCode);
    }

    [Fact]
    public async Task Chats_follow()
    {
        HandlerRegistry running = null!;
        await using var app = await TestApp.StartAsync(handlers => running = handlers);
        Assert.Equal(HttpStatusCode.BadRequest, await Begin(app, "second"));

        Edit(running, fresh => fresh.Add(new MessageHandler { Id = "Second", Name = "second", InvokeAsync = (_, _, _) => Task.CompletedTask }));

        Assert.Equal(HttpStatusCode.Created, await Begin(app, "second"));
    }

    [Fact]
    public async Task An_edit_that_can_t_be_followed_leaves_what_there_was()
    {
        // These handlers are from no manifest, so there is none to read again.
        await using var app = await TestApp.StartAsync(handlers => handlers.Add(Route("/old", "old")));

        LiveEditing.Edits.UpdateApplication(null);

        Assert.Equal("old", await app.Client.GetStringAsync("/old"));
    }

    private static void Edit(HandlerRegistry running, Action<HandlerRegistry> add)
    {
        var fresh = new HandlerRegistry();
        add(fresh);
        running.Replace(fresh);
    }

    private static async Task<bool> IsDescribed(TestApp app, string prefix, string pattern) =>
        (await app.Client.GetFromJsonAsync<JsonElement>(prefix + "/openapi/v1.json")).GetProperty("paths").TryGetProperty(prefix + pattern, out _);

    private static async Task<HttpStatusCode> Begin(TestApp app, string chat) =>
        (await app.Client.PostAsJsonAsync("/capsule/sessions", new { chat })).StatusCode;

    private static HttpHandler Route(string pattern, string text) => new()
    {
        Id = "Test" + pattern,
        HttpMethod = "GET",
        Pattern = pattern,
        RequiresAuthentication = false,
        Method = typeof(LiveEditingTests).GetMethod(nameof(Chats_follow))!,
        Build = _ => context => context.Response.WriteAsync(text),
    };
}

using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Capsule.Host.Tests.Hosting;
using Capsule.Host.Tests.Sessions;

namespace Capsule.Host.Tests.Identity;

/// <summary>A guest chats, signs in, and goes on as the user with all that it had.</summary>
public sealed class GuestSignInTests : IDisposable
{
    private static readonly Integration desk = Integration.Of("helpdesk");

    private readonly TemporaryDirectory directory = new();
    private readonly TaskCompletionSource begun = new();
    private readonly TaskCompletionSource release = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_guest_keeps_its_session_files_and_task_cards()
    {
        await using var app = await StartAsync();
        var (session, guestCookie) = await BeginAsync(app);
        await SayAsync(app, session, "work");
        release.SetResult();
        var (image, task) = await CardsAsync(app, session);
        await SignInAsync(app);

        Assert.Equal(session, Assert.Single((await JsonAsync(app, "/capsule/sessions")).GetProperty("items").EnumerateArray()).GetProperty("id").GetString());
        Assert.Equal("picture", await app.Client.GetStringAsync(image));
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/capsule/tasks/" + task)).StatusCode);
        await SayAsync(app, session, "who");
        await using var reader = new EventReader(app.Client, session, 0);
        await reader.UntilAsync(streamed => (string?)streamed.Data["text"] == "ada@example.com of analytical");

        using var guest = app.NewClient();
        guest.DefaultRequestHeaders.Add("Cookie", guestCookie);
        await (await guest.GetAsync("/capsule/sessions/" + session)).RequireProblemAsync(HttpStatusCode.NotFound);
        await (await guest.GetAsync(image)).RequireProblemAsync(HttpStatusCode.NotFound);
        await (await guest.GetAsync("/capsule/tasks/" + task)).RequireProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_a_turn_under_way_still_makes_is_the_users()
    {
        await using var app = await StartAsync();
        var (session, _) = await BeginAsync(app);
        await SayAsync(app, session, "work");
        await SayAsync(app, session, "who");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        await SignInAsync(app);
        release.SetResult();

        var (image, task) = await CardsAsync(app, session);
        Assert.Equal("picture", await app.Client.GetStringAsync(image));
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/capsule/tasks/" + task)).StatusCode);
        await using var reader = new EventReader(app.Client, session, 0);
        var events = await reader.UntilAsync(streamed => (string?)streamed.Data["text"] == "ada@example.com of analytical");
        Assert.Contains(events, streamed => (string?)streamed.Data["text"] == "done: Completed");
    }

    [Fact]
    public async Task An_account_that_a_turn_waits_for_can_be_connected_by_the_user()
    {
        await using var app = await StartAsync();
        var (session, _) = await BeginAsync(app);
        await SayAsync(app, session, "connect");
        await using var reader = new EventReader(app.Client, session, 0);
        var card = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1];

        await SignInAsync(app);
        using var answered = await app.Client.PostAsJsonAsync(
            $"/capsule/sessions/{session}/prompts/{card.Data["id"]}", new { fields = new { token = "a-token" } });

        Assert.Equal(HttpStatusCode.NoContent, answered.StatusCode);
        await using var later = new EventReader(app.Client, session, 0);
        await later.UntilAsync(streamed => (string?)streamed.Data["text"] == "connected by a-token");
    }

    [Fact]
    public async Task The_guests_id_is_retired()
    {
        await using var app = await StartAsync();
        var (_, guestCookie) = await BeginAsync(app);
        var id = (await JsonAsync(app, "/capsule/me")).GetProperty("id").GetString();
        await SignInAsync(app);

        using var guest = app.NewClient();
        guest.DefaultRequestHeaders.Add("Cookie", guestCookie);
        var me = await (await guest.GetAsync("/capsule/me")).JsonAsync();

        Assert.StartsWith("guest:", me.GetProperty("id").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(id, me.GetProperty("id").GetString());
    }

    private async Task<TestApp> StartAsync() => await TestApp.StartAsync(
        handlers =>
        {
            handlers.Add(new TaskHandler { Id = "App.Sync", Name = "Sync", InvokeAsync = (_, _) => Task.FromResult<string?>(null) });
            handlers.Add(ChatApp.Handler(HandleAsync));
        },
        options => options.Integrations.AddForm(desk, "Help desk", new IntegrationField("token", "API token")),
        environment: "Development",
        dataDirectory: directory.Path);

    private async Task HandleAsync(Session session, Message message)
    {
        if (message.Text == "who")
        {
            await session.ReplyAsync($"{session.User.Email} of {session.User.OrgId}");
            return;
        }
        if (message.Text == "connect")
        {
            await session.ReplyAsync("connected by " + (await session.RequireIntegrationAsync(desk)).Fields["token"]);
            return;
        }
        begun.SetResult();
        await release.Task;
        var picture = directory.File("a.png");
        await File.WriteAllTextAsync(picture, "picture");
        await session.ShowImageAsync(picture, "A picture");
        var task = await new AnyTask(session.Tasks, "Sync").SubmitAsync();
        await session.ShowTaskAsync(task);
        await session.ReplyAsync($"done: {await task.WaitAsync()}");
    }

    private static async Task<(string Session, string GuestCookie)> BeginAsync(TestApp app)
    {
        using var created = await app.Client.PostAsync("/capsule/sessions", null);
        var cookie = created.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
        return ((await created.JsonAsync()).GetProperty("id").GetString()!, cookie);
    }

    private static async Task SayAsync(TestApp app, string session, string text) =>
        Assert.Equal(HttpStatusCode.Accepted, (await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/messages", new { text })).StatusCode);

    private static async Task SignInAsync(TestApp app) =>
        Assert.Equal(
            HttpStatusCode.NoContent,
            (await app.Client.PostFormAsync("/capsule/signin", ("email", "ada@example.com"), ("org", "analytical"))).StatusCode);

    /// <summary>The address of the image and the id of the task that are shown.</summary>
    private static async Task<(string Image, string Task)> CardsAsync(TestApp app, string session)
    {
        await using var reader = new EventReader(app.Client, session, 0);
        var events = await reader.UntilAsync(streamed => streamed.Type == "turn" && (string?)streamed.Data["state"] is "completed" or "failed");
        var blocks = events.Where(streamed => streamed.Type == "block").ToDictionary(streamed => (string)streamed.Data["type"]!, streamed => streamed.Data["payload"]!);
        Assert.Equal("A picture", (string?)blocks["image"]["alt"]);
        return ((string)blocks["image"]["url"]!, (string)blocks["task_card"]["taskId"]!);
    }

    private static async Task<JsonElement> JsonAsync(TestApp app, string path) => await (await app.Client.GetAsync(path)).JsonAsync();
}

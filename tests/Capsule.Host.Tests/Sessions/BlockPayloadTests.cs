using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions;

/// <summary>What each <c>Show…</c> method puts into its block, member by member.</summary>
public sealed class BlockPayloadTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ShowTaskAsync_shows_the_tasks_id_and_a_message_if_there_is_one()
    {
        var cards = await ShowAsync(async session =>
        {
            await session.ShowTaskAsync("task_1", "Syncing");
            await session.ShowTaskAsync(session.Tasks.Get("task_2"));
            await session.ShowTaskAsync("task_3", "");
            await Assert.ThrowsAsync<ArgumentException>(() => session.ShowTaskAsync(""));
            await Assert.ThrowsAsync<ArgumentNullException>(() => session.ShowTaskAsync((TaskHandle)null!));
        });

        Assert.Equal(["""{"taskId":"task_1","message":"Syncing"}""", """{"taskId":"task_2"}""", """{"taskId":"task_3"}"""], Payloads(cards, "task_card"));
    }

    [Fact]
    public async Task ShowIntegrationAsync_shows_the_form_and_does_not_wait()
    {
        var cards = await ShowAsync(async session =>
        {
            await session.ShowIntegrationAsync(Integration.GitHub, "To read issues");
            await session.ShowIntegrationAsync(Integration.GitHub);
        });

        Assert.Equal(
            [
                """{"type":"github","title":"GitHub","reason":"To read issues","blocking":false,"mode":"secret","fields":[{"name":"token","label":"Token","secret":true,"required":true}]}""",
                """{"type":"github","title":"GitHub","reason":"","blocking":false,"mode":"secret","fields":[{"name":"token","label":"Token","secret":true,"required":true}]}""",
            ],
            Payloads(cards, "integration_prompt"));
    }

    [Fact]
    public async Task ShowBrowserAsync_shows_an_absolute_web_address_and_no_other()
    {
        var cards = await ShowAsync(async session =>
        {
            await session.ShowBrowserAsync(new Uri("https://example.org/a?b=c"), "Docs");
            await session.ShowBrowserAsync(new Uri("http://example.org"), mode: BrowserMode.Copilot);
            await session.ShowBrowserAsync(new Uri("http://example.org"), mode: BrowserMode.Preview);
            foreach (var address in (string[])["/relative", "ftp://example.org/", "file:///etc/passwd", "javascript:alert(1)", "data:text/html,x"])
                await Assert.ThrowsAsync<ArgumentException>(() => session.ShowBrowserAsync(new Uri(address, UriKind.RelativeOrAbsolute)));
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => session.ShowBrowserAsync(new Uri("http://example.org"), mode: (BrowserMode)9));
        });

        Assert.Equal(
            [
                """{"url":"https://example.org/a?b=c","title":"Docs","mode":"split"}""",
                """{"url":"http://example.org/","title":"","mode":"copilot"}""",
                """{"url":"http://example.org/","title":"","mode":"preview"}""",
            ],
            Payloads(cards, "browser_preview"));
    }

    [Fact]
    public async Task ShowImageAsync_passes_addresses_on_with_alt_and_width_if_given()
    {
        var cards = await ShowAsync(async session =>
        {
            await session.ShowImageAsync("https://example.org/a.png", "A picture", 320);
            await session.ShowImageAsync("HTTP://example.org/b.png");
            await session.ShowImageAsync("data:image/png;base64,AA==", "");
        });

        Assert.Equal(
            [
                """{"url":"https://example.org/a.png","alt":"A picture","width":320}""",
                """{"url":"HTTP://example.org/b.png"}""",
                """{"url":"data:image/png;base64,AA=="}""",
            ],
            Payloads(cards, "image"));
    }

    [Fact]
    public async Task ShowImageAsync_stores_a_local_file_first_and_shows_nothing_without_one()
    {
        var picture = folder.File("chart one.png");
        await File.WriteAllTextAsync(picture, "a picture");
        Exception? missing = null;
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            missing = await Record.ExceptionAsync(() => session.ShowImageAsync(folder.File("none.png")));
            await session.ShowImageAsync(picture, "Chart");
        });

        var card = Assert.Single(await app.ConverseAsync(await app.BeginAsync(), "go"), streamed => streamed.Type == "block");

        Assert.Equal(folder.File("none.png"), Assert.IsType<FileNotFoundException>(missing).FileName);
        var url = (string)card.Data["payload"]!["url"]!;
        Assert.StartsWith("/capsule/files/fil_", url, StringComparison.Ordinal);
        using var shown = await app.Client.GetAsync(url);
        Assert.Equal("image/png", shown.Content.Headers.ContentType?.ToString());
        Assert.Equal("a picture", await shown.Content.ReadAsStringAsync());
        Assert.Equal("chart one.png", shown.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
    }

    [Fact]
    public async Task Each_block_has_an_id_of_its_own_and_the_envelope_of_the_contract()
    {
        var cards = await ShowAsync(async session =>
        {
            await session.ShowTaskAsync("task_1");
            await session.ShowIntegrationAsync(Integration.GitHub);
            await session.ShowBrowserAsync(new Uri("https://example.org/"));
            await session.ShowImageAsync("https://example.org/a.png");
            await session.ShowAsync(new Block("my_own", new JsonObject { ["innerName"] = new JsonObject { ["snake_case"] = 1 } }));
        });

        Assert.Equal(5, cards.Select(card => (string)card["id"]!).Distinct().Count());
        Assert.All(cards, card => Assert.Matches("^blk_[0-9a-f]{12}$", (string)card["id"]!));
        Assert.All(cards, card => Assert.Equal(["id", "type", "payload"], card.Select(member => member.Key)));
        Assert.Equal("""{"innerName":{"snake_case":1}}""", cards[^1]["payload"]!.ToJsonString());
    }

    [Fact]
    public async Task ShowAsync_replaces_a_block_of_the_same_id_in_place_also_from_a_later_turn()
    {
        var shown = 0;
        await using var app = await ChatApp.StartAsync(
            folder, (session, _) => session.ShowAsync(new Block("counter", new JsonObject { ["value"] = ++shown }, "blk_000000000001")));
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "once");
        await app.ConverseAsync(session, "twice");

        var blocks = (await app.EventsAsync(session)).Where(streamed => streamed.Type == "block").Select(streamed => streamed.Data).ToList();
        Assert.Equal(["blk_000000000001", "blk_000000000001"], blocks.Select(block => (string?)block["id"]));
        Assert.Equal(2, (int?)blocks[^1]["payload"]!["value"]);
    }

    private async Task<List<JsonObject>> ShowAsync(Func<Session, Task> show)
    {
        Exception? thrown = null;
        await using var app = await ChatApp.StartAsync(
            folder,
            handlers => handlers.Add(ChatApp.Handler(async (session, _) => thrown = await Record.ExceptionAsync(() => show(session)))),
            services: services => services.Configure<CapsuleOptions>(
                options => options.Integrations.AddForm(Integration.GitHub, null, new IntegrationField("token", "Token"))));
        var events = await app.ConverseAsync(await app.BeginAsync(), "go");
        Assert.Null(thrown);
        return [.. events.Where(streamed => streamed.Type == "block").Select(streamed => streamed.Data)];
    }

    private static IEnumerable<string> Payloads(List<JsonObject> cards, string type)
    {
        Assert.All(cards, card => Assert.Equal(type, (string?)card["type"]));
        return cards.Select(card => card["payload"]!.ToJsonString());
    }
}

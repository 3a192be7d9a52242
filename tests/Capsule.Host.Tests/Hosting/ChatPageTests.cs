using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;

namespace Capsule.Host.Tests.Hosting;

public partial class ChatPageTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/x")]
    public async Task The_page_and_what_it_loads_are_served_with_a_strict_policy(string prefix)
    {
        await using var app = await TestApp.StartAsync(map: app => app.MapGroup(prefix).MapCapsule());

        var page = await app.Client.GetAsync(prefix + "/");

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.StartsWith("default-src 'none'; script-src 'self';", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", page.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("no-cache", page.Headers.CacheControl!.ToString());
        var assets = Address().Matches(await page.Content.ReadAsStringAsync()).Select(match => match.Value).ToList();
        Assert.Contains(assets, asset => asset.EndsWith(".js", StringComparison.Ordinal));
        Assert.All(assets, asset => Assert.StartsWith(prefix + "/capsule/page/", asset, StringComparison.Ordinal));
        foreach (var asset in assets)
        {
            var response = await app.Client.GetAsync(asset);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.NotEmpty(await response.Content.ReadAsByteArrayAsync());
        }
        var script = await app.Client.GetAsync(assets.First(asset => asset.EndsWith(".js", StringComparison.Ordinal)));
        Assert.Contains("immutable", script.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.Equal("text/javascript; charset=utf-8", script.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task A_page_that_has_not_changed_is_not_sent_again()
    {
        await using var app = await TestApp.StartAsync();
        var tag = (await app.Client.GetAsync("/")).Headers.ETag!;

        using var again = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { IfNoneMatch = { tag } } };

        Assert.Equal(HttpStatusCode.NotModified, (await app.Client.SendAsync(again)).StatusCode);
    }

    [Fact]
    public async Task An_authors_own_root_wins()
    {
        await using var app = await TestApp.StartAsync(routes: routes => routes.MapGet("/", () => "mine"));

        Assert.Equal("mine", await app.Client.GetStringAsync("/"));
    }

    [Fact]
    public async Task Page_false_switches_it_off()
    {
        await using var app = await TestApp.StartAsync(options: options => options.Page = false);

        await (await app.Client.GetAsync("/")).RequireProblemAsync(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/capsule/page/nothing.js")]
    [InlineData("/capsule/page/")]
    [InlineData("/capsule/page/..%2f..%2fcapsule.db")]
    public async Task Other_paths_below_the_page_are_404(string path)
    {
        await using var app = await TestApp.StartAsync();

        await (await app.Client.GetAsync(path)).RequireProblemAsync(HttpStatusCode.NotFound);
    }

    [GeneratedRegex("[/a-z]*/capsule/page/[^\"]+")]
    private static partial Regex Address();
}

using System.Net;
using Capsule.Host.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Capsule.Host.Tests.OpenApi;

/// <summary>The page that shows the document.</summary>
public class OpenApiPageTests
{
    [Theory]
    [InlineData("Development", null, HttpStatusCode.OK)]
    [InlineData("Production", null, HttpStatusCode.NotFound)]
    [InlineData("Development", false, HttpStatusCode.NotFound)]
    [InlineData("Production", true, HttpStatusCode.OK)]
    public async Task It_is_served_in_development_unless_a_setting_says_otherwise(string environment, bool? setting, HttpStatusCode expected)
    {
        await using var app = await TestApp.StartAsync(environment: environment, options: options => options.OpenApi.Page = setting);

        using var response = await app.Client.GetAsync("/openapi");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task It_runs_nothing_but_its_own_files()
    {
        await using var app = await TestApp.StartAsync(environment: "Development");

        using var response = await app.Client.GetAsync("/openapi");

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("text/html; charset=utf-8", response.Content.Headers.ContentType!.ToString());
    }

    [Fact]
    public async Task In_a_group_and_below_a_path_its_addresses_begin_there()
    {
        await using var app = await TestApp.StartAsync(environment: "Development", map: routes =>
        {
            routes.UsePathBase("/base");
            routes.UseRouting();
            routes.MapGroup("/x").MapCapsule();
        });

        var html = await app.Client.GetStringAsync("/base/x/openapi/");

        Assert.Contains("/base/x/openapi/v1.json", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/base/x/openapi/v1.json")).StatusCode);
        // A build without Node.js has no files; its page says so.
        if (html.Contains("left out", StringComparison.Ordinal))
            return;
        Assert.Contains("/base/x/openapi/page/start.js", html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/base/x/openapi/page/start.js")).StatusCode);
    }
}

using System.Net;
using System.Text.RegularExpressions;

namespace Capsule.Host.Tests.Hosting;

/// <summary>What the host's own pages may do: run and load their own files, and nothing that is written into them.</summary>
public partial class PagePolicyTests
{
    [Theory]
    [InlineData("/")]
    [InlineData("/openapi")]
    public async Task No_page_runs_what_is_written_into_it(string path)
    {
        await using var app = await TestApp.StartAsync(environment: "Development");

        using var page = await app.Client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"))
            .Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .ToDictionary(directive => directive.Split(' ')[0], directive => directive.Split(' ')[1..], StringComparer.Ordinal);
        Assert.Equal(["'none'"], policy["default-src"]);
        Assert.Equal(["'self'"], policy["script-src"]);
        Assert.Equal(["'self'"], policy["style-src"]);
        Assert.Equal(["'self'"], policy["connect-src"]);
        Assert.Equal(["'none'"], policy["base-uri"]);
        Assert.Equal(["'none'"], policy["frame-ancestors"]);
        Assert.DoesNotContain(policy.Values.SelectMany(sources => sources), source => source.StartsWith("'unsafe", StringComparison.Ordinal) || source is "*" or "blob:");
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));

        var html = await page.Content.ReadAsStringAsync();
        Assert.DoesNotContain(Script().Matches(html), script => !script.Value.Contains("src=", StringComparison.Ordinal));
        Assert.DoesNotMatch("(?i)<style", html);
        Assert.DoesNotMatch("""(?i)<[a-z][^>]*\s(on\w+|style)\s*=""", html);
        Assert.DoesNotMatch("(?i)javascript:", html);
    }

    [GeneratedRegex("(?i)<script[^>]*>")]
    private static partial Regex Script();
}

using System.Text;

namespace Capsule.Generators.Tests.Http;

/// <summary>
/// JSON in and out is byte for byte what ASP.NET Core's own endpoints make of it: bodies in other encodings, in pieces, late, too large or damaged;
/// answers of every build, that stream, or that fail half-way.
/// </summary>
public class JsonWireTests(TwinApp app) : IClassFixture<TwinApp>
{
    private const string Todo = """{"title":"ä","priority":2}""";

    [Theory]
    [InlineData("application/json", "utf-8")]
    [InlineData("application/json;charset=utf-8", "utf-8")]
    [InlineData("application/json; charset=utf-8", "utf-8")]
    [InlineData("application/json; charset=UTF-8", "utf-8")]
    [InlineData("Application/JSON", "utf-8")]
    [InlineData("application/json; charset=utf-16", "utf-16")]
    [InlineData("application/json; charset=iso-8859-1", "iso-8859-1")]
    [InlineData("application/json", "utf-16")]
    [InlineData("application/json; charset=utf-8", "iso-8859-1")]
    [InlineData("application/json; charset=nonsense", "utf-8")]
    [InlineData("application/merge-patch+json", "utf-8")]
    [InlineData("application/json, application/json", "utf-8")]
    [InlineData("text/json", "utf-8")]
    [InlineData("application/x-www-form-urlencoded", "utf-8")]
    public Task A_body_in_an_encoding(string contentType, string encoding) =>
        AssertSameAsync("POST", "/json/echo", contentType, Encoding.GetEncoding(encoding).GetBytes(Todo));

    public static TheoryData<string, string> Bodies()
    {
        var bodies = new TheoryData<string, string>();
        foreach (var path in new[] { "echo", "number", "optional-number", "nullable-number", "list", "items", "anything", "shape", "converted" })
        {
            foreach (var body in new[]
            {
                "", " ", "null", "1", "\"a\"", "[]", "{}", Todo, $"[{Todo}]", "[1,2]", "{\"$type\":\"circle\",\"radius\":2}", "{\"radius\":2,\"$type\":\"circle\"}",
            })
            {
                bodies.Add($"/json/{path}", body);
            }
        }
        foreach (var body in new[]
        {
            $" {Todo} \r\n", $"\uFEFF{Todo}", "\uFEFF", $"{Todo} x", $"{Todo}{Todo}", "{\"title\":\"a\",}", "{/* no */\"title\":\"a\"}", "{\"title\":\"a\",\"title\":\"b\",\"more\":[1]}",
            "{\"TITLE\":\"a\",\"priority\":\"2\"}", "{\"title\":\"\\u00e4\\uD83D\\uDE00\"}", "{\"title\":\"\\uD83D\"}", "{\"title\":\"a\",\"priority\":99999999999}", "{\"title\":1}", "{'title':1}", "nul",
            $"{{\"title\":\"{new string('x', 100_000)}\",\"priority\":1}}", new string(' ', 70_000) + Todo, Todo + new string(' ', 70_000),
            $"{{\"more\":{new string('[', 70)}{new string(']', 70)}}}",
        })
        {
            bodies.Add("/json/echo", body);
        }
        return bodies;
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body(string path, string body)
    {
        foreach (var sending in new[] { Sending.AtOnce, Sending.Chunked })
            await AssertSameAsync("POST", path, "application/json", Encoding.UTF8.GetBytes(body), sending);
    }

    [Theory]
    [InlineData("/json/echo", Todo, Sending.WhenAsked)]
    [InlineData("/json/echo", "{\"title\"", Sending.WhenAsked)]
    [InlineData("/json/limited", Todo, Sending.AtOnce)]
    [InlineData("/json/limited", Todo + "                                        ", Sending.AtOnce)]
    [InlineData("/json/limited", Todo + "                                        ", Sending.Chunked)]
    [InlineData("/json/limited", Todo + "                                        ", Sending.WhenAsked)]
    public Task A_body_that_comes_late_or_is_too_large(string path, string body, Sending sending) =>
        AssertSameAsync("POST", path, "application/json", Encoding.UTF8.GetBytes(body), sending);

    [Fact]
    public Task Bytes_that_are_no_text() => AssertSameAsync("POST", "/json/echo", "application/json", [.. "{\"title\":\""u8, 0xC3, 0x28, .. "\"}"u8]);

    [Theory]
    [InlineData("GET", "/json/holder")]
    [InlineData("GET", "/json/nested")]
    [InlineData("GET", "/json/node")]
    [InlineData("GET", "/json/endless")]
    [InlineData("GET", "/json/open")]
    [InlineData("GET", "/json/extended")]
    [InlineData("GET", "/json/large")]
    [InlineData("GET", "/json/many")]
    [InlineData("GET", "/json/nothing")]
    [InlineData("HEAD", "/json/head")]
    [InlineData("GET", "/json/typed")]
    [InlineData("GET", "/json/begun")]
    [InlineData("GET", "/json/failing?length=1&isCancelled=false")]
    [InlineData("GET", "/json/failing?length=1&isCancelled=true")]
    [InlineData("GET", "/items")]
    [InlineData("GET", "/shape")]
    [InlineData("GET", "/plain-shape")]
    [InlineData("GET", "/any?kind=json")]
    public Task An_answer(string method, string path) => AssertSameAsync(method, path, null, null);

    [Fact]
    [Trait("Departure", "large-answers-that-fail")]
    public async Task A_large_answer_without_lists_that_fails_half_way_is_an_error_and_no_broken_success()
    {
        Assert.StartsWith("HTTP/1.1 200 ", await Wire.ExchangeAsync(app.Address, "GET /r/json/failing?length=100000&isCancelled=false"), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 500 ", await Wire.ExchangeAsync(app.Address, "GET /c/json/failing?length=100000&isCancelled=false"), StringComparison.Ordinal);
    }

    private async Task AssertSameAsync(string method, string path, string? contentType, byte[]? body, Sending sending = Sending.AtOnce)
    {
        var expected = await Wire.ExchangeAsync(app.Address, $"{method} /r{path}", contentType, body, sending);
        var actual = await Wire.ExchangeAsync(app.Address, $"{method} /c{path}", contentType, body, sending);

        Assert.Equal(expected, WithoutProblem(expected, actual));
    }

    /// <summary>Where a handler's refusal is empty, it is a problem document here: then the status is what must agree.</summary>
    private static string WithoutProblem(string expected, string actual)
    {
        var statusEnd = expected.IndexOf("\r\nContent-Length: 0\r\n", StringComparison.Ordinal);
        var isProblem = statusEnd > 0 && actual.Contains("application/problem+json", StringComparison.Ordinal);
        return isProblem && actual.StartsWith(expected[..(statusEnd + 2)], StringComparison.Ordinal) ? expected : actual;
    }
}

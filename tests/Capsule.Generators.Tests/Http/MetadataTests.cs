using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Generators.Tests.Http;

/// <summary>
/// Metadata attributes of ASP.NET Core, of a method and of its class, reach the endpoint and the middleware does what they say: the same as for a minimal
/// API with the same attributes.
/// </summary>
public class MetadataTests(MetadataApp app) : IClassFixture<MetadataApp>
{
    [Theory]
    [InlineData("/meta/signed-in", null, 401)]
    [InlineData("/meta/signed-in", "anna", 200)]
    [InlineData("/meta/anonymous", null, 200)]
    [InlineData("/meta/staff", null, 401)]
    [InlineData("/meta/staff", "anna", 403)]
    [InlineData("/meta/staff", "staff", 200)]
    [InlineData("/meta/role", null, 401)]
    [InlineData("/meta/role", "anna", 403)]
    [InlineData("/meta/role", "admin", 200)]
    [InlineData("/class/admins", null, 401)]
    [InlineData("/class/admins", "anna", 403)]
    [InlineData("/class/admins", "admin", 200)]
    [InlineData("/class/staff-admins", "admin", 403)]
    [InlineData("/class/open", null, 200)]
    [InlineData("/data/members", null, 401)]
    [InlineData("/data/members", "anna", 200)]
    [InlineData("/data/of-members", null, 401)]
    [InlineData("/data/of-members", "anna", 200)]
    [InlineData("/data/of-staff", null, 401)]
    [InlineData("/data/of-staff", "anna", 403)]
    [InlineData("/data/of-staff", "staff", 200)]
    public async Task Authorization(string path, string? user, int status)
    {
        var (expected, actual) = await SendAsync(HttpMethod.Get, path, user);

        Assert.Equal((HttpStatusCode)status, actual.Status);
        Assert.Equal(expected, actual);
        if (status >= 400)
            AssertProblem(actual);
    }

    [Theory]
    [InlineData("/meta/cookie", "")]
    [InlineData("/meta/bearer", "WWW-Authenticate: Bearer\n")]
    public async Task A_challenge_is_answered_with_a_problem_document_whatever_the_scheme(string path, string headers)
    {
        var (_, actual) = await SendAsync(HttpMethod.Get, path);

        Assert.Equal((HttpStatusCode.Unauthorized, headers), (actual.Status, WithoutLocation(actual)));
        AssertProblem(actual);
    }

    [Fact]
    public async Task A_caller_whom_a_cookie_has_signed_in_but_who_may_not_is_told_so()
    {
        using var client = app.NewClient();
        using var signedIn = await client.PostAsync("/sign-in/anna", null);

        var actual = await MetadataApp.ReadAsync(await client.GetAsync("/c/meta/cookie-admin"));

        Assert.Equal((HttpStatusCode.Forbidden, ""), (actual.Status, WithoutLocation(actual)));
        AssertProblem(actual);
    }

    [Theory]
    [InlineData("/meta/limited")]
    [InlineData("/class/admins-limited")]
    public async Task Rate_limiting_answers_429_with_a_problem_document(string path)
    {
        var first = await SendAsync(HttpMethod.Get, path, "admin");
        var second = await SendAsync(HttpMethod.Get, path, "admin");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (first.Actual.Status, second.Actual.Status));
        Assert.Equal(second.Expected, second.Actual);
        AssertProblem(second.Actual);
    }

    [Fact]
    public async Task A_method_can_switch_its_class_s_rate_limiting_off()
    {
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Get, "/class/unlimited", "admin")).Actual.Status);
    }

    [Fact]
    public async Task Output_caching_answers_from_the_cache()
    {
        var first = await SendAsync(HttpMethod.Get, "/meta/cached");
        var second = await SendAsync(HttpMethod.Get, "/meta/cached");

        Assert.Equal(first.Actual.Body, second.Actual.Body);
        Assert.Contains("Age:", second.Actual.Headers, StringComparison.Ordinal);
        Assert.NotEqual(first.Actual.Body, first.Expected.Body);
    }

    [Theory]
    [InlineData("/meta/small", 30, 413)]
    [InlineData("/meta/small", 5, 200)]
    [InlineData("/meta/medium", 80, 200)]
    [InlineData("/meta/medium", 200, 413)]
    [InlineData("/meta/any-size", 200, 200)]
    [InlineData("/meta/small-form", 30, 413)]
    public async Task Request_size_limits(string path, int length, int status)
    {
        var isForm = path.EndsWith("form", StringComparison.Ordinal);
        var text = new string('x', length);
        var body = isForm ? $"title={text}" : JsonSerializer.Serialize(text);

        var (expected, actual) = await SendAsync(HttpMethod.Post, path, content: () => new StringContent(body, new MediaTypeHeaderValue(isForm ? "application/x-www-form-urlencoded" : "application/json")));

        Assert.Equal((HttpStatusCode)status, actual.Status);
        Assert.Equal(expected.Status, actual.Status);
        if (status >= 400)
            AssertProblem(actual);
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_cancelled()
    {
        var (expected, actual) = await SendAsync(HttpMethod.Get, "/meta/slow");

        Assert.Equal(HttpStatusCode.GatewayTimeout, actual.Status);
        Assert.Equal(expected, actual);
        AssertProblem(actual);
    }

    [Theory]
    [InlineData("https://friend.example", "Access-Control-Allow-Origin: https://friend.example\n")]
    [InlineData("https://stranger.example", "")]
    public async Task Cors(string origin, string headers)
    {
        var (expected, actual) = await SendAsync(HttpMethod.Get, "/meta/shared", headers: ("Origin", origin));

        Assert.Equal((HttpStatusCode.OK, headers), (actual.Status, actual.Headers.Replace("Vary: Origin\n", "", StringComparison.Ordinal)));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task A_preflight_request_is_answered()
    {
        var (expected, actual) = await SendAsync(HttpMethod.Options, "/meta/shared", headers: [("Origin", "https://friend.example"), ("Access-Control-Request-Method", "GET")]);

        Assert.Equal(HttpStatusCode.NoContent, actual.Status);
        Assert.Equal(expected, actual);
    }

    [Fact]
    public async Task Descriptions_reach_the_openapi_document()
    {
        var document = (await app.Client.GetFromJsonAsync<JsonNode>("/c/openapi/v1.json"))!["paths"]!;

        var actual = document["/c/meta/described"]!["get"]!;
        Assert.Equal(("A summary", "A description", "described"), ((string?)actual["summary"], (string?)actual["description"], (string?)actual["operationId"]));
        Assert.Equal(["of the method"], actual["tags"]!.AsArray().Select(tag => (string)tag!));
        var responses = actual["responses"]!.AsObject();
        Assert.True(responses.ContainsKey("201"));
        Assert.True(responses.ContainsKey("404"));
        Assert.Null(document["/c/meta/hidden"]);
    }

    private async Task<(MetadataAnswer Expected, MetadataAnswer Actual)> SendAsync(
        HttpMethod method, string path, string? user = null, Func<HttpContent>? content = null, params (string Name, string Value)[] headers)
    {
        return (await SendAsync("/r"), await SendAsync("/c"));

        async Task<MetadataAnswer> SendAsync(string prefix)
        {
            using var request = new HttpRequestMessage(method, prefix + path) { Content = content?.Invoke() };
            if (user is not null)
                request.Headers.Add(MetadataApp.User, user);
            foreach (var (name, value) in headers)
                request.Headers.Add(name, value);
            return await MetadataApp.ReadAsync(await app.Client.SendAsync(request));
        }
    }

    /// <summary>With a status that is no redirect, a cookie scheme still names its page for those who want to know.</summary>
    private static string WithoutLocation(MetadataAnswer answer) =>
        string.Concat(answer.Headers.Split('\n').Where(header => header.Length > 0 && !header.StartsWith("Location:", StringComparison.Ordinal)).Select(header => header + "\n"));

    private static void AssertProblem(MetadataAnswer answer)
    {
        Assert.Equal("application/problem+json", answer.ContentType);
        var problem = JsonNode.Parse(answer.Body)!;
        Assert.Equal((int)answer.Status, (int)problem["status"]!);
        Assert.NotNull(problem["traceId"]);
    }
}

namespace Capsule.Generators.Tests.Http;

/// <summary>
/// Generated endpoints answer as ASP.NET Core's own: status, content type, body and log events, but for the
/// <see cref="Departure"/>.
/// </summary>
public class BindingTests(TwinApp app) : IClassFixture<TwinApp>
{
    public static TheoryData<string> Requests =>
    [
        "GET /int/5", "GET /int/x", "GET /int/99999999999", "GET /int/%205", "GET /text/a%20b", "GET /text/%C3%A4%2F", "GET /optional", "GET /optional/x",
        "GET /query", "GET /query?required=a", "GET /query?required=", "GET /query?required=a&optional=b&other=c", "GET /query?REQUIRED=a+b%2B&other=",
        "GET /query?required=a&required=b", "GET /query?required=a&required=&required=c", "GET /query?&required=a&&=x", "GET /query?required", "GET /query?required=%zz&optional=%",
        "GET /query?r%65quired=a", "GET /query?ctx=1&required=a=b",
        "GET /numbers", "GET /numbers?required=1", "GET /numbers?required=", "GET /numbers?required=x&optional=y&other=z", "GET /numbers?required=1&optional=", "GET /numbers?required=1&other=",
        "GET /numbers?required=1&required=2", "GET /numbers?required=%201%20", "GET /numbers?required=-1&optional=+2", "GET /numbers?required=1,5", "GET /numbers?required=2147483648",
        "GET /kinds", "GET /kinds?flag=true&number=1.5&money=1,5&id=6f9619ff-8b86-d011-b42d-00c04fc964ff", "GET /kinds?flag=1", "GET /kinds?flag=%20TRUE%20", "GET /kinds?number=1e3", "GET /kinds?number=NaN",
        "GET /kinds?at=2026-01-02T03:04:05%2B02:00", "GET /kinds?at=2026-01-02", "GET /kinds?moment=2026-01-02T03:04:05", "GET /kinds?moment=garbage", "GET /kinds?day=2026-01-02&time=03:04",
        "GET /kinds?day=%202026-01-02%20", "GET /kinds?length=1.02:03:04", "GET /kinds?weekday=Friday", "GET /kinds?weekday=friday", "GET /kinds?weekday=99", "GET /kinds?link=/a/b", "GET /kinds?letter=x",
        "GET /kinds?letter=xy", "GET /kinds?point=1,2", "GET /kinds?point=1", "GET /kinds?version=1.2.3", "GET /kinds?version=x", "GET /kinds?id=", "GET /kinds?link=",
        "GET /arrays", "GET /arrays?numbers=1&numbers=2&all=x", "GET /arrays?numbers=1&numbers=x&all=x", "GET /arrays?numbers=&all=x", "GET /arrays?texts=a&texts=&all=x&all=y", "GET /arrays?numbers=1,2&all=",
        "GET /named/1?second=2", "GET /named/1?two=2", "GET /named/x?second=y", "GET /service", "GET /parts", "GET /nothing", "GET /task", "GET /results?id=0", "GET /results?id=1", "GET /any?kind=text",
        "GET /any?kind=result", "GET /any?kind=json", "GET /shape", "GET /plain-shape", "GET /null", "GET /items", "POST /query", "GET /missing", "HEAD /query?required=a",
        "GET /as/record/5", "GET /as/record/5?p=2&sort=a&tags=1&tags=2", "GET /as/record/x?p=y&tags=z", "GET /as/record/5?page=3", "GET /as/record/5?p=",
        "GET /as/struct", "GET /as/struct?from=2026-01-02&after=1", "GET /as/struct?from=2026-01-02&to=x&after=1", "GET /as/struct?from=2026-01-02&to=2026-01-03&after=1&fixed=9",
        "PUT /as/class/1", "PUT /as/class/x?bound=y", "GET /bind/class", "GET /bind/class?bound=a", "GET /bind/class?bound=teapot", "GET /bind/optional?number=1",
        "GET /bind/optional?number=x&bound=a", "GET /bind/described?first=a&second=b", "GET /bind/described?second=b", "GET /bind/described",
        "GET /bind/struct", "GET /bind/struct?bound=3", "GET /bind/interface", "GET /bind/interface?bound", "GET /bind/inherited", "POST /bind/body", "POST /bind/body?bound=a&number=x",
        "POST /form/file", "POST /form/files", "POST /form/all", "GET /answer/events", "GET /answer/no-object", "GET /answer/objects",
        "GET /many/eight?a=1&b=2", "GET /many/eight?a=x", "GET /many/nine?a=1&b=2&i=3", "GET /many/nine?a=x",
        "GET /answer/no-result", "GET /answer/no-task", "GET /answer/no-plain-task", "GET /answer/no-text", "GET /answer/task-of-result", "GET /answer/stream",
        "POST /body", "POST /explicit", "PUT /body/1", "POST /service", "POST /stream",
    ];

    [Theory]
    [MemberData(nameof(Requests))]
    public Task A_request_without_a_body(string request) => AssertSame(request, null, null);

    public static TheoryData<string, string, string?> Bodies => new()
    {
        { "POST /body", """{"title":"a","priority":2}""", "application/json" },
        { "POST /body", """{"title":"a","priority":2}""", "application/json; charset=utf-8" },
        { "POST /body", """{"title":"a","priority":2}""", "application/vnd.api+json" },
        { "POST /body", """{"title":"a","priority":2}""", "text/plain" },
        { "POST /body", """{"title":"a","priority":2}""", null },
        { "POST /body", """{"title":"a","priority":"x"}""", "application/json" },
        { "POST /body", """{"title":""", "application/json" },
        { "POST /body", "null", "application/json" },
        { "POST /body", "", "application/json" },
        { "POST /explicit", "null", "application/json" },
        { "POST /explicit", "", "application/json" },
        { "POST /explicit", "[]", "application/json" },
        { "POST /explicit", """{"Title":"A","PRIORITY":3}""", "application/json" },
        { "PUT /body/1", """{"title":"a","priority":2}""", "application/json" },
        { "PUT /body/1?page=3", """{"title":"a","priority":2}""", "application/json" },
        { "PUT /body/x?page=y", """{"title":"a","priority":2}""", "application/json" },
        { "PUT /body/x", "{", "application/json" },
        { "PUT /body/x", "null", "application/json" },
        { "POST /service", """{"text":"a"}""", "application/json" },
        { "POST /stream", "raw text", "text/plain" },
        { "PUT /as/class/1?bound=b", """{"title":"a","priority":2}""", "application/json" },
        { "PUT /as/class/1", "{", "application/json" },
        { "POST /bind/body?bound=a&number=1", """{"title":"a","priority":2}""", "application/json" },
        { "POST /bind/body", "{", "application/json" },
        { "POST /bind/body", "null", "application/json" },
        { "POST /form/file", Multipart("file", "a.txt"), "multipart/form-data; boundary=x" },
        { "POST /form/file", Multipart("other", "b.txt"), "multipart/form-data; boundary=x" },
        { "POST /form/file", "file=1", "application/x-www-form-urlencoded" },
        { "POST /form/file", "{}", "application/json" },
        { "POST /form/file", "--x\r\ndamaged", "multipart/form-data; boundary=x" },
        { "POST /form/files", Multipart("file", "a.txt"), "multipart/form-data; boundary=x" },
        { "POST /form/named", Multipart("one", "a.txt"), "multipart/form-data; boundary=x" },
        { "POST /form/named", Multipart("file", "a.txt"), "multipart/form-data; boundary=x" },
        { "POST /form/all?page=2", "name=a&b=c", "application/x-www-form-urlencoded" },
        { "POST /form/all?page=x", "b=c", "application/x-www-form-urlencoded" },
        { "POST /form/all", "", "application/x-www-form-urlencoded" },
        { "POST /form/all", "name=a", "text/plain" },
        { "POST /form/all", "name=a", null },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public Task A_request_with_a_body(string request, string body, string? contentType) => AssertSame(request, body, contentType);

    [Theory]
    [InlineData("1", "a", "1, 2")]
    [InlineData("1", null, "")]
    [InlineData("x", "a", "1,x")]
    [InlineData(null, "a, b", "\"1\",2")]
    public Task Headers(string? number, string? text, string list) => AssertSame(
        "GET /header", null, null,
        [.. new[] { ("X-Number", number), ("X-Text", text), ("X-List", list) }.Where(header => header.Item2 is not null).Select(header => (header.Item1, header.Item2!))]);

    [Fact]
    public async Task A_failure_names_every_value_and_no_exception()
    {
        var answer = await app.SendAsync("/c", TwinRequest.Of("GET /numbers?required=x&optional=y"));

        Assert.Equal(400, answer.Status);
        Assert.Contains("Content-Type: application/problem+json", answer.Headers, StringComparison.Ordinal);
        Assert.Contains("\"required\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"optional\"", answer.Body, StringComparison.Ordinal);
        Assert.Contains("\"traceId\"", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("xception", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_instance_handler_lives_for_one_request()
    {
        var answer = await app.SendAsync("/c", TwinRequest.Of("GET /object?id=1"));

        Assert.Equal((200, "1made"), (answer.Status, answer.Body));
        Assert.Equal(["made", "disposed"], app.Life.Events);
    }

    private static string Multipart(string name, string file) =>
        $"--x\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--x--\r\n";

    private async Task AssertSame(string request, string? body, string? contentType, params (string, string)[] headers)
    {
        var sent = TwinRequest.Of(request) with { Body = body, ContentType = contentType, Headers = headers };
        var expected = await app.SendAsync("/r", sent);
        var actual = await app.SendAsync("/c", sent);

        Assert.Equal(expected, Departure.WithoutProblem(expected, actual));
    }
}

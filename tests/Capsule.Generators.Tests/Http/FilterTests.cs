using System.Collections;
using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Capsule.Generators.Tests.Http;

/// <summary>Endpoint filters of a group see the same of generated endpoints as of ASP.NET Core's own, and decide as much.</summary>
public class FilterTests(FilteredApp app) : IClassFixture<FilteredApp>
{
    /// <summary>The departure <c>missing-structs-behind-filters</c>.</summary>
    private const string AspNetCoreFails = "GET /bind/struct";

    public static TheoryData<string, string> Requests
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var request in ((IEnumerable<object[]>)BindingTests.Requests).Select(row => (string)row[0]).Where(request => request != AspNetCoreFails))
                data.Add("pass", request);
            foreach (var filter in FilteredApp.Filters)
            {
                foreach (var request in (string[])["GET /int/5", "GET /int/x", "GET /query", "GET /nothing", "GET /plain-shape", "PUT /body/1", "GET /as/struct?from=x"])
                    data.Add(filter, request);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Requests))]
    public Task A_request(string filter, string request) => AssertSame(filter, request, null, null);

    public static TheoryData<string, string, string?> Bodies => BindingTests.Bodies;

    [Theory]
    [MemberData(nameof(Bodies))]
    public Task A_request_with_a_body(string request, string body, string? contentType) => AssertSame("pass", request, body, contentType);

    [Fact]
    public async Task A_filter_that_passes_a_failure_on_leaves_the_answer_to_the_host()
    {
        var answer = await SendAsync("/c", "pass", "GET /int/x", null, null);

        Assert.Equal(400, answer.Answer.Status);
        Assert.Contains("Content-Type: application/problem+json", answer.Answer.Headers, StringComparison.Ordinal);
        Assert.Contains("\"id\"", answer.Answer.Body, StringComparison.Ordinal);
        Assert.Equal(["400 Int32 0"], answer.Seen);
    }

    [Fact]
    [Trait("Departure", "missing-structs-behind-filters")]
    public async Task A_struct_that_reads_itself_and_is_missing_is_the_callers_fault()
    {
        var minimal = await SendAsync("/r", "pass", AspNetCoreFails, null, null);
        var capsule = await SendAsync("/c", "pass", AspNetCoreFails, null, null);

        Assert.Equal((500, "System.NullReferenceException"), (minimal.Answer.Status, minimal.Answer.Body.Split(' ')[0]));
        Assert.Equal(400, capsule.Answer.Status);
        Assert.Contains("Content-Type: application/problem+json", capsule.Answer.Headers, StringComparison.Ordinal);
    }

    /// <summary>Up to eight arguments keep their types: none is boxed.</summary>
    [Theory]
    [InlineData("GET /nothing", false)]
    [InlineData("GET /many/one?a=1", true)]
    [InlineData("GET /many/eight?a=1&b=2", true)]
    [InlineData("GET /many/nine?a=1&b=2", false)]
    public async Task Arguments_of_few_parameters_are_not_boxed(string request, bool isTyped)
    {
        var answer = await app.SendAsync("/c", TwinRequest.Of(request) with { Headers = [(FilteredApp.Header, "context")] });

        Assert.Equal((200, isTyped), (answer.Status, answer.Body.StartsWith("EndpointFilterInvocationContext`", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_filter_encloses_the_life_of_an_instance_handler()
    {
        var answer = await SendAsync("/c", "text", "GET /object?id=1", null, null);

        Assert.Equal((200, "replaced 1made"), (answer.Answer.Status, answer.Answer.Body));
        Assert.Equal(["made", "disposed"], app.Life.Events);
    }

    private async Task AssertSame(string filter, string request, string? body, string? contentType)
    {
        var expected = await SendAsync("/r", filter, request, body, contentType);
        var actual = await SendAsync("/c", filter, request, body, contentType);

        Assert.Equal(expected.Answer, Departure.WithoutProblem(expected.Answer, actual.Answer));
        Assert.Equal(expected.Seen, actual.Seen);
    }

    private async Task<(Answer Answer, string[] Seen)> SendAsync(string prefix, string filter, string request, string? body, string? contentType)
    {
        var answer = await app.SendAsync(prefix, TwinRequest.Of(request) with { Body = body, ContentType = contentType, Headers = [(FilteredApp.Header, filter)] });
        return (answer, app.TakeSeen());
    }
}

/// <summary>Both groups have one filter, which does what a header of the request says.</summary>
public sealed class FilteredApp : TwinApp
{
    public const string Header = "X-Filter";

    private readonly ConcurrentQueue<string> _seen;

    public FilteredApp()
        : this([])
    {
    }

    private FilteredApp(ConcurrentQueue<string> seen)
        : base(typeof(TwinApp).Assembly, throwOnBadRequest: false, inMemory: false, group => group.AddEndpointFilter((context, next) => FilterAsync(seen, context, next))) =>
        _seen = seen;

    public static string[] Filters => ["text", "json", "result", "null", "change", "skip", "rescue", "refuse", "throw", "wrong"];

    internal string[] TakeSeen()
    {
        var taken = _seen.ToArray();
        _seen.Clear();
        return taken;
    }

    private static async ValueTask<object?> FilterAsync(ConcurrentQueue<string> seen, EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var response = context.HttpContext.Response;
        seen.Enqueue(string.Join(" ", [response.StatusCode, .. context.Arguments.Select(Describe)]));
        switch (context.HttpContext.Request.Headers[Header].ToString())
        {
            case "text":
                return $"replaced {await next(context)}";
            case "json":
                return new Dog($"{await next(context)}", 4);
            case "result":
                await next(context);
                return TypedResults.Accepted("/here", new Todo("result", 1));
            case "null":
                await next(context);
                return null;
            case "change" when context.Arguments.Count > 0:
                context.Arguments[0] = context.Arguments[0] is int ? 42 : context.Arguments[0];
                return await next(context);
            case "wrong" when context.Arguments.Count > 0:
                context.Arguments[0] = new object();
                return await next(context);
            case "context":
                return context.GetType().Name;
            case "skip":
                return TypedResults.NoContent();
            case "rescue":
                response.StatusCode = StatusCodes.Status200OK;
                return await next(context);
            case "refuse":
                response.StatusCode = StatusCodes.Status403Forbidden;
                return await next(context);
            case "throw":
                throw new BadHttpRequestException("No.", StatusCodes.Status418ImATeapot);
            default:
                return await next(context);
        }
    }

    private static string Describe(object? argument) => argument switch
    {
        null => "null",
        string text => $"String {text}",
        IEnumerable values and not IFormCollection => $"{argument.GetType().Name} {values.Cast<object?>().Count()}",
        IFormattable value => $"{argument.GetType().Name} {value.ToString(null, CultureInfo.InvariantCulture)}",
        _ => argument.GetType().Name,
    };
}

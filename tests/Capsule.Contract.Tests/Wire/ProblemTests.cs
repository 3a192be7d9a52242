using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Capsule.Contract.Testing;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Hosting;

namespace Capsule.Contract.Wire;

/// <summary>Problem documents, the OpenAPI document, health and the chat page, in Development.</summary>
public class ProblemTests(ContractApp app) : IClassFixture<ContractApp>
{
    protected ContractApp App { get; } = app;

    [Theory]
    [InlineData("GET", "/no/such/route", HttpStatusCode.NotFound)]
    [InlineData("GET", "/capsule/no-such", HttpStatusCode.NotFound)]
    [InlineData("GET", "/data/no_such", HttpStatusCode.NotFound)]
    [InlineData("GET", "/orders/not-a-number", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/capsule/sessions", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/data/threads", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/callback", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/data/threads", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/orders/1", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/boom", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/data/boom", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/data/query", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/data/query?page=x", HttpStatusCode.BadRequest)]
    public async Task Every_refusal_is_a_problem_document_with_a_trace_id(string method, string path, HttpStatusCode status) =>
        await (await App.Guest().SendAsync(new HttpMethod(method), path)).ProblemAsync(status);

    /// <summary>In Development both throw the same; of a minimal API the caller gets to see it.</summary>
    [Theory]
    [Trait("Departure", "thrown-bad-requests")]
    [InlineData("/data/query", "Required parameter \"int page\" was not provided from query string.")]
    [InlineData("/data/query?page=x", "Failed to bind parameter \"int page\" from \"x\".")]
    public async Task What_a_bad_request_throws_is_nothing_for_the_caller(string path, string text)
    {
        var thrown = new ThrownExceptions();
        var app = new ContractApp { Services = services => services.AddSingleton<IDeveloperPageExceptionFilter>(thrown) };
        await app.StartAsync();
        await using var minimal = await MinimalApp.StartAsync(app.Environment);

        using var expected = await minimal.Http.GetAsync(new Uri(path, UriKind.Relative));
        using var actual = await app.Guest().GetAsync(path);
        await app.DisposeAsync();

        Assert.Equal(HttpStatusCode.BadRequest, expected.StatusCode);
        Assert.StartsWith($"Microsoft.AspNetCore.Http.BadHttpRequestException: {text}", await expected.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(text, (await actual.ProblemAsync(HttpStatusCode.BadRequest)).GetRawText(), StringComparison.Ordinal);
        Assert.Equal(text, Assert.IsType<BadHttpRequestException>(Assert.Single(thrown)).Message);
    }

    [Fact]
    public async Task A_body_of_another_media_type_is_a_415_problem() =>
        await (await App.Guest().PostAsync("/callback", new StringContent("x", Encoding.UTF8, "text/plain"))).ProblemAsync(HttpStatusCode.UnsupportedMediaType);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("")]
    public async Task A_body_that_is_no_such_json_is_a_400_problem(string body) =>
        await (await App.Guest().PostAsync("/callback", new StringContent(body, Encoding.UTF8, "application/json"))).ProblemAsync(HttpStatusCode.BadRequest);

    [Theory]
    [InlineData("/health")]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task Health_is_200(string path) => await App.Guest().GetAsync(path).AssertStatusAsync(HttpStatusCode.OK);

    [Fact]
    public async Task The_chat_page_is_at_the_root()
    {
        using var page = await App.Guest().GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.NotEmpty(page.Headers.GetValues("Content-Security-Policy"));
    }

    [Fact]
    public async Task The_openapi_document_is_3_1_and_its_server_is_the_root()
    {
        var document = await App.Guest().GetJsonAsync("/openapi/v1.json");
        Assert.StartsWith("3.1.", document.Text("openapi"), StringComparison.Ordinal);
        Assert.Equal("""[{"url":"/"}]""", document.GetProperty("servers").GetRawText().Replace(" ", "", StringComparison.Ordinal).Replace("\n", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_openapi_document_has_every_call_of_the_wire_contract_errors_included()
    {
        var paths = (await App.Guest().GetJsonAsync("/openapi/v1.json")).GetProperty("paths");
        var calls = paths.EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(call => $"{call.Name.ToUpperInvariant()} {path.Name}")).ToHashSet();
        string[] expected =
        [
            "POST /capsule/sessions", "GET /capsule/sessions", "GET /capsule/sessions/{id}", "PATCH /capsule/sessions/{id}", "DELETE /capsule/sessions/{id}",
            "POST /capsule/sessions/{id}/messages", "GET /capsule/sessions/{id}/events", "POST /capsule/sessions/{id}/cancel",
            "POST /capsule/sessions/{id}/prompts/{blockId}", "POST /capsule/files", "GET /capsule/files/{id}", "GET /capsule/tasks/{id}",
            "POST /capsule/tasks/{id}/cancel", "POST /capsule/chat", "GET /capsule/me", "POST /capsule/signin", "POST /capsule/signout",
            "GET /data/threads", "GET /data/needs_session", "POST /callback", "GET /orders/{id}", "POST /orders", "GET /bind/{name}",
        ];
        Assert.Empty(expected.Except(calls));
        foreach (var call in paths.EnumerateObject().Where(path => path.Name.StartsWith("/capsule/", StringComparison.Ordinal) && path.Name != "/capsule/me").SelectMany(path => path.Value.EnumerateObject()))
            Assert.Contains(call.Value.GetProperty("responses").EnumerateObject(), response =>
                response.Name is "default" or ['4', _, _] && response.Value.GetRawText().Contains("application/problem+json", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_openapi_document_takes_texts_from_xml_comments()
    {
        var call = (await App.Guest().GetJsonAsync("/openapi/v1.json")).GetProperty("paths").GetProperty("/orders/{id}").GetProperty("get");
        Assert.Equal("One order.", call.Text("summary"));
        Assert.Equal("The order's number.", Assert.Single(call.GetProperty("parameters").EnumerateArray()).Text("description"));
        Assert.Equal("Orders", Assert.Single(call.GetProperty("tags").EnumerateArray()).GetString());
    }
}

public sealed class ProductionApp : ContractApp
{
    public ProductionApp() => Environment = Environments.Production;
}

/// <summary>The same in Production.</summary>
public sealed class ProductionTests(ProductionApp app) : IClassFixture<ProductionApp>
{
    [Theory]
    [InlineData("GET", "/no/such/route", HttpStatusCode.NotFound)]
    [InlineData("GET", "/callback", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/orders/1", HttpStatusCode.Unauthorized)]
    [InlineData("GET", "/boom", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/data/boom", HttpStatusCode.InternalServerError)]
    [InlineData("GET", "/data/query?page=x", HttpStatusCode.BadRequest)]
    public async Task Every_refusal_is_a_problem_document_with_a_trace_id(string method, string path, HttpStatusCode status) =>
        await (await app.Guest().SendAsync(new HttpMethod(method), path)).ProblemAsync(status);

    [Fact]
    public async Task A_name_and_nothing_else_signs_nobody_in()
    {
        var caller = app.Guest();
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["email"] = "ann@example.com" });
        using var response = await caller.PostAsync("/capsule/signin", form);
        Assert.False((await caller.GetJsonAsync("/capsule/me")).GetProperty("authenticated").GetBoolean());
        Assert.InRange((int)response.StatusCode, 400, 499);
        await response.ProblemAsync(response.StatusCode);
    }
}

/// <summary>What ends requests of an app.</summary>
internal sealed class ThrownExceptions : ConcurrentQueue<Exception>, IDeveloperPageExceptionFilter
{
    public Task HandleExceptionAsync(ErrorContext errorContext, Func<ErrorContext, Task> next)
    {
        Enqueue(errorContext.Exception);
        return next(errorContext);
    }
}

/// <summary>An app without Capsule, which has the handler <c>/data/query</c> as a minimal API.</summary>
internal sealed class MinimalApp : IAsyncDisposable
{
    private readonly WebApplication app;

    private MinimalApp(WebApplication app)
    {
        this.app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Http { get; }

    public static async Task<MinimalApp> StartAsync(string environment)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapGet("/data/query", Contract.App.DataHandlers.Query);
        await app.StartAsync();
        return new MinimalApp(app);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }
}

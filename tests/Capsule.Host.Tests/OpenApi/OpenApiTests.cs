using System.Text.Json;
using Capsule.Host.Tests.Hosting;
using Microsoft.AspNetCore.Builder;

namespace Capsule.Host.Tests.OpenApi;

public class OpenApiTests
{
    [Fact]
    public async Task The_document_says_which_app_it_is_and_begins_at_the_root()
    {
        await using var app = await TestApp.StartAsync(options: options => options.AppName = "Support");

        var document = await DocumentAsync(app);

        Assert.Equal("3.1.1", document.GetProperty("openapi").GetString());
        Assert.Equal("Support", document.GetProperty("info").GetProperty("title").GetString());
        Assert.Equal("/", document.GetProperty("servers")[0].GetProperty("url").GetString());
    }

    [Fact]
    public async Task The_hosts_own_operations_have_texts_and_describe_their_errors()
    {
        await using var app = await TestApp.StartAsync(environment: "Development");

        var paths = (await DocumentAsync(app)).GetProperty("paths");

        var upload = paths.GetProperty("/capsule/files").GetProperty("post");
        Assert.Equal("uploadFile", upload.GetProperty("operationId").GetString());
        Assert.Equal("Stores a file that messages can then carry.", upload.GetProperty("summary").GetString());
        Assert.True(upload.GetProperty("requestBody").GetProperty("content").TryGetProperty("multipart/form-data", out _));
        var tooLarge = upload.GetProperty("responses").GetProperty("413");
        Assert.Equal("The file is larger than allowed.", tooLarge.GetProperty("description").GetString());
        Assert.Equal(["application/problem+json"], tooLarge.GetProperty("content").EnumerateObject().Select(type => type.Name));
        Assert.True(paths.GetProperty("/capsule/signin").GetProperty("post").GetProperty("responses").TryGetProperty("400", out _));
    }

    [Fact]
    public async Task Sign_in_that_is_required_is_described()
    {
        await using var app = await TestApp.StartAsync(routes: routes =>
        {
            routes.MapGet("/private", () => "secret").RequireAuthorization();
            routes.MapGet("/open", () => "hello");
        });

        var document = await DocumentAsync(app);

        var operation = document.GetProperty("paths").GetProperty("/private").GetProperty("get");
        Assert.True(operation.GetProperty("security")[0].TryGetProperty("cookie", out _));
        Assert.True(operation.GetProperty("responses").TryGetProperty("401", out _));
        Assert.False(document.GetProperty("paths").GetProperty("/open").GetProperty("get").TryGetProperty("security", out _));
        Assert.Equal("cookie", document.GetProperty("components").GetProperty("securitySchemes").GetProperty("cookie").GetProperty("in").GetString());
    }

    [Fact]
    public async Task Events_are_told_apart_by_their_type()
    {
        await using var app = await TestApp.StartAsync();

        var schemas = (await DocumentAsync(app)).GetProperty("components").GetProperty("schemas");

        var sessionEvent = schemas.GetProperty("SessionEvent");
        Assert.Equal("type", sessionEvent.GetProperty("discriminator").GetProperty("propertyName").GetString());
        var types = sessionEvent.GetProperty("oneOf").EnumerateArray().Select(choice => Referred(choice, schemas).GetProperty("properties"))
            .ToDictionary(
                properties => properties.GetProperty("type").GetProperty("const").GetString()!,
                properties => Referred(properties.GetProperty("data"), schemas).GetProperty("properties"));
        Assert.Equal(["block", "delta", "message", "notification", "session", "turn"], types.Keys.Order());
        Assert.True(types["delta"].TryGetProperty("messageId", out _));
        Assert.Contains("interrupted", types["turn"].GetProperty("state").GetProperty("enum").EnumerateArray().Select(state => state.GetString()));
    }

    [Fact]
    public async Task What_the_host_leaves_out_is_not_described_as_null_and_all_problems_are_of_one_schema()
    {
        await using var app = await TestApp.StartAsync(environment: "Development");

        var text = (await DocumentAsync(app)).GetRawText();

        Assert.DoesNotContain("\"null\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("HttpValidationProblemDetails", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operation_ids_are_never_used_twice()
    {
        await using var app = await TestApp.StartAsync(routes: routes =>
        {
            routes.MapGet("/a/{id}", Same);
            routes.MapGet("/b/{id}", Same);
        });

        var ids = (await DocumentAsync(app)).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject())
            .Select(operation => operation.Value.GetProperty("operationId").GetString()!)
            .ToList();

        Assert.Equal(ids.Distinct(), ids);
        Assert.Contains("getAId", ids);
        Assert.Contains("getBId", ids);
    }

    private static JsonElement Referred(JsonElement reference, JsonElement schemas) =>
        schemas.GetProperty(reference.GetProperty("$ref").GetString()!.Split('/')[^1]);

    private static string Same(string id) => id;

    private static async Task<JsonElement> DocumentAsync(TestApp app) => await (await app.Client.GetAsync("/openapi/v1.json")).JsonAsync();
}

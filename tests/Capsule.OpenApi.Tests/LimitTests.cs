using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.OpenApi.Tests;

/// <summary>What the document says of limits and formats holds: what is at a limit is taken, and what is beyond is refused.</summary>
public class LimitTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    private const string Body = """
        {
          "word": "ab", "few": [1], "lengthy": "ab", "some": [1], "bytes": "AQI=", "chosen": 2, "name": "ada", "between": 9.99, "given": "a", "number": 1, "share": 0.51
        }
        """;

    private static readonly Dictionary<string, string> values = new()
    {
        ["word"] = "abcd", ["few"] = "1", ["lengthy"] = "ab", ["bytes"] = "AQI=", ["chosen"] = "1", ["name"] = "ada", ["between"] = "0.01", ["given"] = "a",
    };

    /// <summary>Each limit as a schema, and a value beyond it.</summary>
    private static readonly Dictionary<string, (string Schema, string Beyond)> limits = new()
    {
        ["word"] = ("""{ "type": "string", "minLength": 2, "maxLength": 4 }""", "\"abcde\""),
        ["few"] = ("""{ "type": "array", "minItems": 1, "maxItems": 3, "items": { "type": "integer", "format": "int32" } }""", "[1,2,3,4]"),
        ["lengthy"] = ("""{ "type": "string", "minLength": 2 }""", "\"a\""),
        ["some"] = ("""{ "type": "array", "minItems": 1, "items": { "type": "integer", "format": "int32" } }""", "[]"),
        ["bytes"] = ("""{ "type": "string", "format": "byte" }""", "\"?\""),
        ["chosen"] = ("""{ "type": "integer", "format": "int32", "enum": [1, 2] }""", "3"),
        ["name"] = ("""{ "type": "string", "not": { "enum": ["root", "admin"] } }""", "\"root\""),
        ["between"] = ("""{ "type": "number", "format": "double", "exclusiveMinimum": 0, "exclusiveMaximum": 10 }""", "10"),
        ["given"] = ("""{ "type": "string", "minLength": 1 }""", "\"\""),
        ["share"] = ("""{ "type": "number", "format": "double", "exclusiveMinimum": 0.5, "maximum": 1, "description": "On a property." }""", "0.5"),
    };

    public static TheoryData<string> OfBodies => [.. limits.Keys];

    public static TheoryData<string> OfValues => [.. values.Keys];

    [Theory]
    [MemberData(nameof(OfBodies))]
    public async Task A_member_of_a_body(string name)
    {
        app.Schemas.At("LimitedBody", "properties", name).IsJson(limits[name].Schema);

        var beyond = JsonNode.Parse(Body)!.AsObject();
        beyond[name] = JsonNode.Parse(limits[name].Beyond);
        var (status, errors) = await PostAsync(beyond.ToJsonString());
        Assert.Equal((HttpStatusCode.BadRequest, name), (status, errors.ToLowerInvariant()));
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(Body)).Status);
    }

    [Theory]
    [MemberData(nameof(OfValues))]
    public async Task A_value(string name)
    {
        app.Operation("get", "/limits/values").Parameter(name).At("schema").IsJson(limits[name].Schema);

        var texts = JsonNode.Parse(limits[name].Beyond)! is JsonArray list ? list.Select(item => item!.ToString()) : [JsonNode.Parse(limits[name].Beyond)!.ToString()];
        using var good = await app.Client.GetAsync(Address(values.Select(value => (value.Key, value.Value))));
        using var beyond = await app.Client.GetAsync(Address([.. values.Where(value => value.Key != name).Select(value => (value.Key, value.Value)), .. texts.Select(text => (name, text))]));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, beyond.StatusCode);
        Assert.Equal([name], JsonElement.Parse(await beyond.Content.ReadAsStringAsync()).At("errors").Names());
    }

    [Fact]
    public async Task A_member_that_is_required_although_it_may_be_null()
    {
        Assert.Contains("number", app.Schemas.At("LimitedBody", "required").Texts());

        var without = JsonNode.Parse(Body)!.AsObject();
        without.Remove("number");
        Assert.Equal((HttpStatusCode.BadRequest, "Number"), await PostAsync(without.ToJsonString()));
    }

    [Fact]
    public async Task A_body_that_is_required_although_it_may_be_null()
    {
        Assert.True(app.Operation("post", "/limits/required").At("requestBody", "required").GetBoolean());

        using var response = await app.Client.PostAsync("/limits/required", null);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(["place"], JsonElement.Parse(await response.Content.ReadAsStringAsync()).At("errors").Names());
    }

    /// <summary>Of a time span, the framework says how it is written, as there is no format for it: <c>duration</c> is that of ISO 8601.</summary>
    [Fact]
    public async Task Formats_are_those_that_are_read_and_written()
    {
        var formats = new Dictionary<string, string?>
        {
            ["at"] = "date-time", ["moment"] = "date-time", ["day"] = "date", ["time"] = "time", ["span"] = null, ["id"] = "uuid", ["link"] = "uri",
        };
        var texts = new Dictionary<string, string>
        {
            ["at"] = "2026-01-02T03:04:05Z", ["moment"] = "2026-01-02T03:04:05+00:00", ["day"] = "2026-01-02", ["time"] = "03:04:05", ["span"] = "1.02:03:04",
            ["id"] = "8f6d2d4c-3b9b-4a57-9f9f-9d6c1e0c0a11", ["link"] = "https://example.com/",
        };
        foreach (var (name, format) in formats)
        {
            foreach (var schema in new[] { app.Schemas.At("FormattedBody", "properties", name), app.Operation("get", "/formats/values").Parameter(name).At("schema") })
            {
                Assert.Equal("string", schema.Text("type"));
                Assert.Equal(format, schema.TryGetProperty("format", out var said) ? said.GetString() : null);
                Assert.Equal(name == "span", schema.Has("pattern"));
            }
        }
        Assert.Matches(app.Schemas.Text("FormattedBody", "properties", "span", "pattern")!, texts["span"]);

        var body = JsonSerializer.Serialize(texts);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var ofBody = await app.Client.PostAsync("/formats/body", content);
        var ofValues = await app.Client.GetStringAsync("/formats/values?" + string.Join('&', texts.Select(text => $"{text.Key}={Uri.EscapeDataString(text.Value)}")));
        JsonElement.Parse(await ofBody.Content.ReadAsStringAsync()).IsJson(body);
        JsonElement.Parse(ofValues).IsJson(body);
    }

    private async Task<(HttpStatusCode Status, string Errors)> PostAsync(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync("/limits/body", content);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? "" : string.Join(' ', JsonElement.Parse(text).At("errors").Names()));
    }

    private static Uri Address(IEnumerable<(string Name, string Value)> query) =>
        new("/limits/values?" + string.Join('&', query.Select(value => $"{value.Name}={Uri.EscapeDataString(value.Value)}")), UriKind.Relative);
}

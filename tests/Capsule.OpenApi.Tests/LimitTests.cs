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

    /// <summary>Null is a value of JSON, and of nothing else: there it is what is not sent.</summary>
    [Theory]
    [InlineData("letter", """{ "type": ["null", "string"], "enum": ["a", "b", null] }""", "null", "\"a\"", "\"c\"")]
    [InlineData("digit", """{ "type": ["null", "integer"], "format": "int32", "enum": [1, 2, null] }""", "null", "2", "3")]
    [InlineData("asked", """{ "type": ["null", "string"], "enum": ["a", "b"], "default": "a" }""", "\"a\"", "\"b\"", "null")]
    [InlineData("always", """{ "type": "string", "enum": ["a"], "default": "a" }""", "\"a\"", "\"a\"", "\"b\"")]
    [InlineData("known", """{ "type": ["null", "string"], "not": { "enum": ["root", null] }, "default": "ada" }""", "\"a\"", "\"b\"", "null")]
    [InlineData("axis", """{ "type": "string", "format": "char", "minLength": 1, "maxLength": 1, "enum": ["x", "y"], "default": "x" }""", "\"x\"", "\"y\"", "\"z\"")]
    [InlineData("small", """{ "type": "integer", "format": "uint8", "enum": [1, 2], "default": 1 }""", "1", "2", "3")]
    [InlineData("half", """{ "type": "number", "format": "float", "enum": [0.5, 1.5], "default": 0.5 }""", "0.5", "1.5", "1")]
    public async Task Values_of_a_member_that_are_allowed(string name, string schema, string good, string other, string beyond)
    {
        app.Schemas.At("LimitedBody", "properties", name).IsJson(schema);

        foreach (var (value, status) in new[] { (good, HttpStatusCode.OK), (other, HttpStatusCode.OK), (beyond, HttpStatusCode.BadRequest) })
        {
            var body = JsonNode.Parse(Body)!.AsObject();
            body[name] = JsonNode.Parse(value);
            Assert.Equal(status, (await PostAsync(body.ToJsonString())).Status);
        }
    }

    [Theory]
    [InlineData("letter", """{ "type": "string", "enum": ["a", "b"] }""", "a", "c")]
    [InlineData("digit", """{ "type": "integer", "format": "int32", "enum": [1, 2] }""", "2", "3")]
    [InlineData("known", """{ "type": "string", "not": { "enum": ["root"] }, "default": "ada" }""", "a", "root")]
    [InlineData("axis", """{ "type": "string", "format": "char", "minLength": 1, "maxLength": 1, "enum": ["x", "y"], "default": "x" }""", "y", "z")]
    [InlineData("small", """{ "type": "integer", "format": "uint8", "enum": [1, 2], "default": 1 }""", "2", "3")]
    [InlineData("half", """{ "type": "number", "format": "float", "enum": [0.5, 1.5], "default": 0.5 }""", "1.5", "1")]
    public async Task Values_that_are_allowed(string name, string schema, string good, string beyond)
    {
        var parameter = app.Operation("get", "/limits/values").Parameter(name);
        parameter.At("schema").IsJson(schema);
        Assert.False(parameter.IsRequired());

        var query = values.Select(value => (value.Key, value.Value)).ToList();
        using var without = await app.Client.GetAsync(Address(query));
        using var with = await app.Client.GetAsync(Address([.. query, (name, good)]));
        using var wrong = await app.Client.GetAsync(Address([.. query, (name, beyond)]));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.BadRequest), (without.StatusCode, with.StatusCode, wrong.StatusCode));
    }

    [Fact]
    public void Values_of_a_field_of_a_form_that_are_allowed() =>
        app.Operation("post", "/limits/form").At("requestBody", "content", "multipart/form-data", "schema").IsJson(
            """{ "type": "object", "properties": { "letter": { "type": "string", "enum": ["a", "b"] } } }""");

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

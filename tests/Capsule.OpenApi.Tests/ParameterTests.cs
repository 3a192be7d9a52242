using System.Net;

namespace Capsule.OpenApi.Tests;

/// <summary>What the document says of values in the path, query string, headers and forms is how they are bound.</summary>
public class ParameterTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    /// <summary>A request that is bound, by its parts.</summary>
    private static readonly Dictionary<string, (string Path, Dictionary<string, string> Query)> good = new()
    {
        ["/notes"] = ("/notes", new() { ["q"] = "a", ["Page"] = "2", ["Limit"] = "3", ["urgency"] = "High", ["word"] = "b" }),
        ["/more/kinds/{id}"] = ("/more/kinds/8f6d2d4c-3b9b-4a57-9f9f-9d6c1e0c0a11", new()
        {
            ["day"] = "2026-01-02", ["span"] = "01:02:03", ["link"] = "https://example.com/", ["price"] = "1.5", ["flag"] = "true", ["urgency"] = "Low", ["letter"] = "y",
        }),
        ["/more/asked"] = ("/more/asked", new() { ["text"] = "a", ["number"] = "1", ["word"] = "b", ["given"] = "c", ["chosen"] = "1", ["other"] = "1", ["name"] = "d" }),
        ["/limits/values"] = ("/limits/values", new()
        {
            ["word"] = "ab", ["few"] = "1", ["lengthy"] = "ab", ["bytes"] = "AQI=", ["chosen"] = "1", ["name"] = "ada", ["between"] = "1", ["given"] = "a",
            ["letter"] = "a", ["digit"] = "1", ["known"] = "a", ["axis"] = "x", ["small"] = "1", ["half"] = "0.5",
        }),
        ["/data/library_order"] = ("/data/library_order", new() { ["number"] = "7" }),
    };

    public static TheoryData<string, string> QueryParameters()
    {
        var parameters = new TheoryData<string, string>();
        foreach (var (path, (_, query)) in good)
        {
            foreach (var name in query.Keys)
                parameters.Add(path, name);
        }
        return parameters;
    }

    [Theory]
    [MemberData(nameof(QueryParameters))]
    public async Task What_is_required_is_what_a_request_can_not_leave_out(string path, string name)
    {
        var parameter = app.Operation("get", path).Parameter(name);
        var (address, query) = good[path];

        using var whole = await app.Client.GetAsync(Address(address, query));
        using var without = await app.Client.GetAsync(Address(address, query.Where(value => value.Key != name)));

        Assert.Equal(HttpStatusCode.OK, whole.StatusCode);
        Assert.Equal(parameter.IsRequired() ? HttpStatusCode.BadRequest : HttpStatusCode.OK, without.StatusCode);
        Assert.Equal("query", parameter.Text("in"));
    }

    [Theory]
    [InlineData("X-Tenant")]
    [InlineData("X-Page")]
    [InlineData("X-Trace")]
    [InlineData("X-Words")]
    [InlineData("X-Urgency")]
    [InlineData("X-Asked")]
    public async Task A_header_that_is_required_is_one_that_a_request_can_not_leave_out(string name)
    {
        var headers = new Dictionary<string, string>
        {
            ["X-Tenant"] = "a", ["X-Page"] = "1", ["X-Trace"] = "8f6d2d4c-3b9b-4a57-9f9f-9d6c1e0c0a11", ["X-Words"] = "b", ["X-Urgency"] = "Low", ["X-Asked"] = "c",
        };
        var parameter = app.Operation("get", "/more/headers").Parameter(name);

        Assert.Equal(HttpStatusCode.OK, await SendAsync(headers));
        Assert.Equal(parameter.IsRequired() ? HttpStatusCode.BadRequest : HttpStatusCode.OK, await SendAsync(headers.Where(header => header.Key != name)));
        Assert.Equal("header", parameter.Text("in"));
        Assert.Equal(headers.Keys, app.Operation("get", "/more/headers").At("parameters").EnumerateArray().Select(header => header.Text("name")));

        async Task<HttpStatusCode> SendAsync(IEnumerable<KeyValuePair<string, string>> sent)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/more/headers");
            foreach (var (header, value) in sent)
                request.Headers.Add(header, value);
            using var response = await app.Client.SendAsync(request);
            return response.StatusCode;
        }
    }

    /// <summary>Of text there is no null: what may be left out is not sent.</summary>
    [Fact]
    public void No_parameter_and_no_field_of_a_form_may_be_null()
    {
        var schemas = new List<System.Text.Json.JsonElement>();
        foreach (var operation in app.Document.At("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject()).Select(operation => operation.Value))
        {
            if (operation.TryGetProperty("parameters", out var parameters))
                schemas.AddRange(parameters.EnumerateArray().Select(parameter => parameter.At("schema")));
            if (operation.TryGetProperty("requestBody", out var body) && body.At("content").TryGetProperty("multipart/form-data", out var form))
                schemas.AddRange(form.At("schema").TryGetProperty("properties", out var fields) ? fields.EnumerateObject().Select(field => field.Value) : []);
        }

        Assert.True(schemas.Count > 100);
        Assert.DoesNotContain(schemas, schema => schema.GetRawText().Contains("\"null\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_parameter_of_these_operations_was_asked_about()
    {
        foreach (var (path, (_, query)) in good)
        {
            var described = app.Operation("get", path).At("parameters").EnumerateArray().Where(parameter => parameter.Text("in") == "query");
            Assert.Equal(query.Keys.Order(), described.Select(parameter => parameter.Text("name")!).Order());
        }
    }

    [Fact]
    public void Texts_examples_defaults_and_limits_stand_beside_the_parameters()
    {
        var search = app.Operation("get", "/notes");

        Assert.Equal("Words that are in it.", search.Parameter("q").Text("description"));
        Assert.Equal("Which page, from 1.", search.Parameter("Page").Text("description"));
        search.Parameter("Page").At("schema").IsJson("""{ "type": "integer", "format": "int32", "default": 1, "minimum": 1, "maximum": 100 }""");
        Assert.Equal("At most so many.", search.Parameter("Limit").Text("description"));
        Assert.Equal(20, search.Parameter("Limit").At("example").GetInt32());
        Assert.Equal("High", search.Parameter("urgency").Text("example"));
        search.Parameter("word").At("schema").IsJson("""{ "type": "array", "items": { "type": "string" } }""");
        search.Parameter("X-Version").At("schema").IsJson("""{ "type": "string", "default": "1" }""");
        Assert.Equal("header", search.Parameter("X-Version").Text("in"));
    }

    /// <summary>There is no infinity in JSON: of such a default, the document says that there is one.</summary>
    [Theory]
    [InlineData("most", """{ "type": "number", "format": "double" }""")]
    [InlineData("none", """{ "type": "number", "format": "float" }""")]
    [InlineData("least", """{ "type": "number", "format": "double" }""")]
    public async Task A_default_that_is_no_json_is_left_out(string name, string schema)
    {
        var parameter = app.Operation("get", "/defaults/odd").Parameter(name);

        parameter.At("schema").IsJson(schema);
        Assert.False(parameter.IsRequired());
        Assert.Equal("Infinity NaN -Infinity 5", await app.Client.GetStringAsync("/defaults/odd"));
    }

    /// <summary>However JSON has them, outside of it they are text.</summary>
    [Fact]
    public async Task Values_that_read_themselves_from_text_are_text_also_in_lists()
    {
        var corners = app.Operation("get", "/more/corners");

        corners.Parameter("first").At("schema").IsJson("""{ "type": "string" }""");
        corners.Parameter("others").At("schema").IsJson("""{ "type": "array", "items": { "type": "string" } }""");
        corners.Parameter("X-Corners").At("schema").IsJson("""{ "type": "array", "items": { "type": "string" } }""");
        Assert.Equal("6", await app.Client.GetStringAsync("/more/corners?first=1:2&others=2:0&others=3:0"));
    }

    [Fact]
    public async Task A_default_of_a_body_that_is_no_json_is_left_out()
    {
        app.Schemas.At("Odd").IsJson(
            """
            {
              "type": "object", "required": ["name"], "description": "A number that has no limit unless one is given.",
              "properties": { "name": { "type": "string" }, "most": { "type": "number", "format": "double" } }
            }
            """);
        using var content = new StringContent("""{ "name": "a" }""", System.Text.Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync("/defaults/odd-body", content);
        Assert.Equal("true", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Types_have_their_formats()
    {
        var kinds = app.Operation("get", "/more/kinds/{id}");

        kinds.Parameter("id").At("schema").IsJson("""{ "type": "string", "format": "uuid" }""");
        kinds.Parameter("day").At("schema").IsJson("""{ "type": "string", "format": "date" }""");
        kinds.Parameter("link").At("schema").IsJson("""{ "type": "string", "format": "uri" }""");
        kinds.Parameter("price").At("schema").IsJson("""{ "type": "number", "format": "double" }""");
        kinds.Parameter("flag").At("schema").IsJson("""{ "type": "boolean" }""");
        Assert.Equal("x", kinds.Parameter("letter").Text("schema", "default"));
    }

    /// <summary>JSON has names in camelCase; elsewhere only those of the code are understood.</summary>
    [Fact]
    public async Task An_enum_outside_of_json_has_the_names_of_the_code()
    {
        app.Operation("get", "/more/kinds/{id}").Parameter("urgency").At("schema").IsJson(
            """
            {
              "type": "string", "enum": ["Low", "High"], "default": "High",
              "description": "How urgent something is.\n\n- `Low`: Some day.\n- `High`: Today."
            }
            """);
        Assert.Equal(["low", "high"], app.Schemas.At("Urgency", "enum").Texts());

        using var response = await app.Client.GetAsync("/notes?q=a&urgency=high");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public void A_form_is_one_object_with_its_fields()
    {
        var body = app.Operation("post", "/notes/{id}/files").At("requestBody");

        body.At("content", "multipart/form-data", "schema").IsJson(
            """
            {
              "type": "object",
              "required": ["file", "pinned"],
              "properties": {
                "file": { "type": "string", "format": "binary", "description": "The file." },
                "caption": { "type": "string", "description": "What is under it." },
                "pinned": { "type": "boolean", "description": "Whether it stays on top." }
              }
            }
            """);
    }

    [Fact]
    public void Several_files_are_a_list_and_a_whole_form_is_anything()
    {
        app.Operation("post", "/more/files").At("requestBody", "content", "multipart/form-data", "schema", "properties").IsJson(
            """
            {
              "files": { "type": "array", "items": { "type": "string", "format": "binary" }, "description": "The files." },
              "words": { "type": "array", "items": { "type": "string" }, "description": "Some words." }
            }
            """);
        app.Operation("post", "/more/form").At("requestBody", "content", "multipart/form-data", "schema").IsJson(
            """{ "type": "object", "additionalProperties": {}, "description": "Anything." }""");
    }

    [Fact]
    public void A_body_may_be_left_out_where_the_handler_does_without()
    {
        Assert.True(app.Operation("post", "/notes").At("requestBody", "required").GetBoolean());
        Assert.False(app.Operation("patch", "/notes/{id}").At("requestBody").Has("required"));
    }

    [Fact]
    public void A_body_that_the_handler_reads_itself_is_bytes()
    {
        app.Operation("post", "/notes/import").At("requestBody", "content", "application/octet-stream", "schema").IsJson("""{ "type": "string", "format": "binary" }""");
        Assert.False(app.Operation("post", "/notes/import").At("responses").Has("415"));
    }

    [Fact]
    public void A_type_that_reads_itself_from_the_request_is_no_parameter_of_the_query_string()
    {
        Assert.False(app.Operation("get", "/more/position").Has("parameters"));
    }

    private static Uri Address(string path, IEnumerable<KeyValuePair<string, string>> query) =>
        new(path + "?" + string.Join('&', query.Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}")), UriKind.Relative);
}

using System.Net;
using System.Text.Json;

namespace Capsule.OpenApi.Tests;

/// <summary>What the document says of objects that are made of forms: one object with a property for each name that binding reads.</summary>
public class FormTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    public static TheoryData<string> Paths => ["/forms/parcel", "/forms/beside", "/forms/file", "/forms/label", "/forms/two", "/forms/maybe", "/forms/list", "/defaults/form"];

    /// <summary>The names are binding's: each is read, and those without which it fails are those that are required.</summary>
    [Theory]
    [MemberData(nameof(Paths))]
    public async Task What_is_described_is_what_is_bound(string path)
    {
        var schema = Form(path);
        var fields = Fields(schema).ToList();
        var required = Required(schema);
        var (status, whole) = await PostAsync(path, fields);
        Assert.True(status == HttpStatusCode.OK, whole);

        foreach (var field in fields)
        {
            var (without, answer) = await PostAsync(path, fields.Where(other => other.Name != field.Name));
            // Of an element that is there, no pattern can say what must be.
            if (!field.IsPattern)
                Assert.Equal((field.Name, required.Contains(field.Name) ? HttpStatusCode.BadRequest : HttpStatusCode.OK), (field.Name, without));
            Assert.NotEqual(whole, answer);
        }
        Assert.DoesNotContain("null", whole, StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_is_flat_with_texts_and_limits()
    {
        var schema = Form("/forms/parcel");
        var properties = schema.At("properties");

        Assert.Equal("object", schema.Text("type"));
        Assert.Equal("A parcel to send.", schema.Text("description"));
        Assert.Equal("What is sent.", app.Operation("post", "/forms/parcel").Text("requestBody", "description"));
        Assert.Equal(["Title", "To.Street", "To.Floor", "Weight", "Urgency", "Day", "Payer"], schema.At("required").Texts());
        schema.At("dependentRequired").IsJson(
            """{ "From.Street": ["From.Floor"], "From.Floor": ["From.Street"], "From.Receiver": ["From.Street", "From.Floor"] }""");
        properties.At("Title").IsJson("""{ "type": "string", "minLength": 2, "maxLength": 20, "description": "What is in it." }""");
        properties.At("To.Street").IsJson("""{ "type": "string", "maxLength": 40, "description": "The street with its number." }""");
        properties.At("To.Floor").IsJson("""{ "type": "integer", "format": "int32", "description": "Which floor it is." }""");
        properties.At("From.Receiver").IsJson("""{ "type": "string", "description": "Who opens the door." }""");
        properties.At("Weight").IsJson("""{ "type": "number", "format": "double", "minimum": 0.5, "maximum": 50, "description": "How heavy it is, in kilograms." }""");
        properties.At("Pieces").IsJson("""{ "type": "integer", "format": "int32", "description": "How many of them.", "examples": [3] }""");
        properties.At("Tags").IsJson("""{ "type": "array", "maxItems": 3, "items": { "type": "string" }, "description": "Words to find it by." }""");
        properties.At("Day").IsJson("""{ "type": "string", "format": "date", "description": "When it is sent." }""");
        properties.At("Payer").IsJson("""{ "type": "string", "format": "email", "minLength": 1, "description": "Who pays." }""");
        Assert.False(properties.Has("Length"));
    }

    /// <summary>In a form a constant is written as in the code.</summary>
    [Fact]
    public void An_enum_has_the_names_of_the_code()
    {
        Form("/forms/parcel").At("properties", "Urgency").IsJson(
            """
            {
              "type": "string", "enum": ["Low", "High"],
              "description": "How soon it must be there.\n\nHow urgent something is.\n\n- `Low`: Some day.\n- `High`: Today."
            }
            """);
        Assert.Equal(["Low", "High"], Form("/forms/parcel").At("properties", "Before", "enum").Texts());
        Assert.Equal(["Low", "High"], Form("/forms/beside").At("properties", "urgency", "enum").Texts());
    }

    /// <summary>How many elements or entries there are, and under which keys, no list of names can say.</summary>
    [Fact]
    public void Elements_and_entries_are_patterns()
    {
        var patterns = Form("/forms/parcel").At("patternProperties");

        Assert.Equal(
            [@"^Prices\[[^\]]+\]$", @"^Stops\[[0-9]+\]\.Street$", @"^Stops\[[0-9]+\]\.Floor$", @"^Stops\[[0-9]+\]\.Receiver$"],
            patterns.Names());
        patterns.At(@"^Prices\[[^\]]+\]$").IsJson("""{ "type": "number", "format": "double" }""");
        Assert.Equal("The street with its number.", patterns.Text(@"^Stops\[[0-9]+\]\.Street$", "description"));
    }

    [Fact]
    public void An_object_beside_fields_is_one_object_with_them()
    {
        Form("/forms/beside").IsJson(
            """
            {
              "type": "object",
              "required": ["Street", "Floor", "copies", "urgency"],
              "properties": {
                "Street": { "type": "string", "maxLength": 40, "description": "The street with its number." },
                "Floor": { "type": "integer", "format": "int32", "description": "Which floor it is." },
                "Receiver": { "type": "string", "description": "Who opens the door." },
                "copies": { "type": "integer", "format": "int32", "description": "How many of them." },
                "urgency": {
                  "type": "string", "enum": ["Low", "High"],
                  "description": "How soon.\n\nHow urgent something is.\n\n- `Low`: Some day.\n- `High`: Today."
                },
                "note": { "type": "string", "default": "none", "description": "What else is to say." }
              }
            }
            """);
    }

    [Fact]
    public async Task A_fields_default_is_what_it_is_without()
    {
        var fields = Fields(Form("/forms/beside")).ToList();
        var (_, answer) = await PostAsync("/forms/beside", fields.Where(field => field.Name != "note"));

        Assert.Equal(fields.Single(field => field.Name == "note").Schema.Text("default"), JsonElement.Parse(answer).Text("note"));
    }

    [Fact]
    public void Files_are_bytes_inside_of_objects_and_beside_them()
    {
        Assert.Equal(["multipart/form-data"], app.Operation("post", "/forms/file").At("requestBody", "content").Names());
        Form("/forms/file").At("properties", "label").IsJson("""{ "type": "string", "format": "binary", "description": "What is on it." }""");
        var label = Form("/forms/label");
        Assert.Equal(["Text", "Picture"], label.At("required").Texts());
        label.At("properties", "Picture").IsJson("""{ "type": "string", "format": "binary", "description": "What is on it." }""");
        label.At("properties", "Pages").IsJson("""{ "type": "array", "items": { "type": "string", "format": "binary" }, "description": "More of it." }""");
    }

    [Fact]
    public void Text_that_reads_itself_is_text_and_a_type_that_holds_itself_ends()
    {
        Form("/forms/two").IsJson(
            """
            {
              "type": "object",
              "required": ["Grid", "Margin"],
              "properties": {
                "Grid": { "type": "string" },
                "Margin": { "type": "integer", "format": "int32" },
                "Name": { "type": "string", "description": "What is on it." },
                "Inner.Name": { "type": "string", "description": "What is on it." }
              }
            }
            """);
    }

    private JsonElement Form(string path) => app.Operation("post", path).At("requestBody", "content", "multipart/form-data", "schema");

    /// <summary>Those without which no form is taken, and those without which none is that has the rest of their object.</summary>
    private static HashSet<string?> Required(JsonElement schema)
    {
        var required = schema.TryGetProperty("required", out var always) ? always.Texts().ToHashSet() : [];
        foreach (var dependent in schema.TryGetProperty("dependentRequired", out var dependents) ? dependents.EnumerateObject() : default)
            required.UnionWith(dependent.Value.Texts());
        return required;
    }

    private static IEnumerable<Field> Fields(JsonElement schema)
    {
        foreach (var property in schema.TryGetProperty("properties", out var properties) ? properties.EnumerateObject() : default)
            yield return new(property.Name, property.Value, false);
        foreach (var pattern in schema.TryGetProperty("patternProperties", out var patterns) ? patterns.EnumerateObject() : default)
            yield return new(pattern.Name.Replace("[0-9]+", "0", StringComparison.Ordinal).Replace(@"[^\]]+", "some", StringComparison.Ordinal).Replace(@"\", "", StringComparison.Ordinal)[1..^1], pattern.Value, true);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, IEnumerable<Field> fields)
    {
        using var form = new MultipartFormDataContent("b");
        foreach (var (name, schema, _) in fields)
        {
            if (schema.TryGetProperty("items", out var items))
                Add(form, name, items);
            Add(form, name, items.ValueKind == JsonValueKind.Object ? items : schema);
        }
        // Without a part it would be no form.
        form.Add(new StringContent(""), "unknown");
        using var response = await app.Client.PostAsync(path, form);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static void Add(MultipartFormDataContent form, string name, JsonElement schema)
    {
        if (schema.TryGetProperty("format", out var format) && format.GetString() == "binary")
            form.Add(new ByteArrayContent([1]), name, "a.bin");
        else
            form.Add(new StringContent(Sample(schema)), name);
    }

    private static string Sample(JsonElement schema)
    {
        if (schema.TryGetProperty("enum", out var constants))
            return constants[1].GetString()!;
        return (schema.Text("type"), schema.TryGetProperty("format", out var format) ? format.GetString() : null) switch
        {
            ("integer", _) => "7",
            ("number", _) => "1.5",
            ("boolean", _) => "true",
            (_, "date") => "2026-01-02",
            (_, "date-time") => "2026-01-02T03:04:05Z",
            (_, "uuid") => "8f6d2d4c-3b9b-4a57-9f9f-9d6c1e0c0a11",
            (_, "email") => "ada@example.com",
            _ when schema.TryGetProperty("pattern", out _) => "01:02:03",
            // Also a grid.
            _ => "3x4",
        };
    }

    private sealed record Field(string Name, JsonElement Schema, bool IsPattern);
}

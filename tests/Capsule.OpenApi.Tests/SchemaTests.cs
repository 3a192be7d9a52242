using System.Text.Json;

namespace Capsule.OpenApi.Tests;

/// <summary>What the document says of the types that requests and responses hold.</summary>
public class SchemaTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    [Fact]
    public void Comments_of_a_project_that_refers_to_the_host_as_a_project_are_there()
    {
        var note = app.Schemas.At("NewNote");

        Assert.Equal("A note to create.\n\nNotes belong to whoever makes them.", note.Text("description"));
        Assert.Equal("What it is called.", note.Text("properties", "title", "description"));
        Assert.Equal("How many pages it has.", note.Text("properties", "pages", "description"));
        Assert.Equal(12, note.At("properties", "pages", "examples")[0].GetInt32());
        Assert.Equal("How urgent it is.", note.Text("properties", "urgency", "description"));
        Assert.Equal("How urgent something is.\n\n- `low`: Some day.\n- `high`: Today.", app.Schemas.Text("Urgency", "description"));
        Assert.Equal("The room.", app.Schemas.Text("Place", "properties", "room", "description"));
    }

    [Fact]
    public void Comments_of_a_library_with_handlers_are_there()
    {
        var weigh = app.Operation("get", "/data/library_parcels");

        Assert.Equal("Weighs an order's parcels.", weigh.Text("summary"));
        Assert.Equal("A scale does it.\n\n```\nGET /data/library_parcels\n```", weigh.Text("description"));
        Assert.Equal("Books", app.Schemas.At("Parcel", "properties", "content", "examples")[0].GetString());
        Assert.Equal("A parcel of an order.", app.Schemas.Text("Parcel", "description"));
        Assert.Equal("How heavy it is, in kilograms.", app.Schemas.Text("Parcel", "properties", "weight", "description"));
    }

    [Fact]
    public void Comments_of_a_library_that_knows_nothing_of_handlers_are_there()
    {
        var order = app.Schemas.At("Order");

        Assert.Equal("What somebody has bought.", order.Text("description"));
        Assert.Equal("The order's number.", order.Text("properties", "number", "description"));
        Assert.Equal("Who pays.\n\nWhoever pays may look at it.\n\nNot before.", order.Text("properties", "payer", "description"));
        Assert.Equal("ada@example.com", order.At("properties", "payer", "examples")[0].GetString());
        Assert.Equal("How far an order is.\n\n- `new`: Nobody has looked at it.\n- `sent`: It is on its way.", app.Schemas.Text("OrderState", "description"));
    }

    [Fact]
    public void Limits_of_validation_attributes_are_there()
    {
        var properties = app.Schemas.At("NewNote", "properties");

        properties.At("title").IsJson("""{ "type": "string", "minLength": 3, "maxLength": 80, "description": "What it is called." }""");
        Assert.Equal(5, properties.At("tags", "maxItems").GetInt32());
        Assert.Equal(1, properties.At("pages", "minimum").GetInt32());
        Assert.Equal(500, properties.At("pages", "maximum").GetInt32());
        Assert.Equal("email", properties.Text("reader", "format"));
        Assert.Equal("uri", properties.Text("link", "format"));
        Assert.Equal(["red", "green"], properties.At("color", "enum").Texts());
        Assert.Equal("^(?:[A-Z]{3})$", properties.Text("code", "pattern"));
    }

    /// <summary>Reflection says null of <c>Guid Id = default</c>, and System.Text.Json fails to write that down.</summary>
    [Fact]
    public void Defaults_that_are_no_constants_are_there()
    {
        var stay = app.Schemas.At("Stay");
        var properties = stay.At("properties");

        properties.At("id").IsJson(
            """{ "type": "string", "format": "uuid", "default": "00000000-0000-0000-0000-000000000000", "description": "Its number." }""");
        Assert.Equal("00:00:00", properties.Text("length", "default"));
        properties.At("room").IsJson(
            """{ "$ref": "#/components/schemas/Extent", "default": { "width": 0, "height": 0 }, "description": "How large its room is." }""");
        properties.At("until").IsJson("""{ "type": ["null", "string"], "format": "date-time", "description": "When it ends." }""");
        Assert.Equal(0, properties.At("beds", "default").GetInt32());
        Assert.False(stay.Has("required"));
        Assert.Equal(["guest", "at", "first", "others"], app.Schemas.At("Booking", "required").Texts());
        Assert.Equal("0001-01-01T00:00:00+00:00", app.Schemas.Text("Booking", "properties", "arrival", "default"));
        Assert.Equal("0001-01-01", app.Schemas.Text("Booking", "properties", "day", "default"));
    }

    /// <summary>What a request has when it leaves such a member out is what the document says.</summary>
    [Fact]
    public async Task Defaults_that_are_no_constants_are_those_of_binding()
    {
        using var content = new StringContent("""{ "guest": "Ada", "at": "2026-01-02T03:04:05Z", "first": {}, "others": [] }""", System.Text.Encoding.UTF8, "application/json");
        using var response = await app.Client.PostAsync("/defaults/bookings", content);
        var bound = JsonElement.Parse(await response.Content.ReadAsStringAsync()).At("first");

        foreach (var property in app.Schemas.At("Stay", "properties").EnumerateObject().Where(property => property.Name is not ("until" or "before")))
            Assert.True(JsonElement.DeepEquals(property.Value.At("default"), bound.At(property.Name)), property.Name);
    }

    [Fact]
    public void A_members_default_stands_beside_what_it_refers_to()
    {
        var stay = app.Schemas.At("Stay", "properties");

        stay.At("class").IsJson("""{ "$ref": "#/components/schemas/Urgency", "default": "high" }""");
        Assert.Equal("low", stay.At("before", "oneOf")[1].Text("default"));
        Assert.False(app.Schemas.At("Urgency").Has("default"));
        Assert.False(app.Schemas.At("Extent").Has("default"));
    }

    [Fact]
    public void A_type_that_is_used_as_nullable_and_not_is_one_schema()
    {
        var note = app.Schemas.At("NewNote", "properties");

        Assert.Equal("#/components/schemas/Urgency", note.Text("urgency", "$ref"));
        Assert.Equal("null", note.At("before", "oneOf")[0].Text("type"));
        Assert.Equal("#/components/schemas/Urgency", note.At("before", "oneOf")[1].Text("$ref"));
        Assert.Equal("string", app.Schemas.Text("Urgency", "type"));
        Assert.DoesNotContain(app.Schemas.Names(), name => name.Contains("Nullable", StringComparison.Ordinal));
    }

    [Fact]
    public void Types_that_share_a_name_are_called_after_what_is_around_them()
    {
        var names = app.Schemas.Names().ToList();

        Assert.Equal(["BillStatus", "BillingLine", "DrawingLine", "PictureStatus"], names.Where(name => name.EndsWith("Status", StringComparison.Ordinal) || name.EndsWith("Line", StringComparison.Ordinal) && !name.StartsWith("Page", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Equal(
            ["PageOfBill", "PageOfBillingLine", "PageOfDrawingLine", "PageOfInt", "PageOfNote"],
            names.Where(name => name.StartsWith("PageOf", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.All(names, name => Assert.Matches("^[A-Z][A-Za-z]*$", name));
    }

    [Fact]
    public void The_hosts_own_schemas_keep_their_names()
    {
        Assert.Equal("#/components/schemas/DrawingChatReply", app.Operation("get", "/data/chat").Schema("200").Text("$ref"));
        Assert.True(app.Schemas.At("ChatReply", "properties").Has("sessionId"));
        Assert.Equal("#/components/schemas/DrawingProblemDetails", app.Operation("get", "/data/trouble").Schema("200").Text("$ref"));
        Assert.True(app.Schemas.At("ProblemDetails", "properties").Has("traceId"));
    }

    /// <summary>Each schema is reached from an operation, and nothing is referred to that is not there.</summary>
    [Fact]
    public void Every_schema_is_used()
    {
        var reached = new HashSet<string>();
        var open = new Stack<JsonElement>([app.Document.At("paths")]);
        while (open.TryPop(out var element))
        {
            if (element.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in element.EnumerateArray())
                    open.Push(item);
            }
            if (element.ValueKind != JsonValueKind.Object)
                continue;
            foreach (var property in element.EnumerateObject())
            {
                if (property.Name == "$ref" && property.Value.GetString() is ['#', '/', 'c', ..] reference && reached.Add(reference.Split('/')[^1]))
                    open.Push(app.Schemas.At(reference.Split('/')[^1]));
                open.Push(property.Value);
            }
        }

        Assert.Equal(app.Schemas.Names().Order(StringComparer.Ordinal), reached.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_named_after_types_of_the_framework()
    {
        Assert.DoesNotContain(app.Schemas.Names(), name => name is "IFormFile" or "Stream" or "JsonElement" or "JsonObject" || name.StartsWith("SseItem", StringComparison.Ordinal));
    }
}

namespace Capsule.OpenApi.Tests;

/// <summary>What the document says of streams: the schema is that of one event.</summary>
public class StreamTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    [Theory]
    [InlineData("/weather")]
    [InlineData("/weather/items")]
    public async Task A_handlers_events_hold_its_type(string path)
    {
        var schema = app.Operation("get", path).Schema("200");

        Assert.Equal(["text/event-stream"], app.Operation("get", path).At("responses", "200", "content").Names());
        Assert.Equal(["id", "event", "retry", "data"], schema.At("properties").Names());
        Assert.Equal(["data"], schema.At("required").Texts());
        Assert.Equal("#/components/schemas/Weather", schema.Text("properties", "data", "$ref"));
        var text = await app.Client.GetStringAsync(path);
        Assert.Contains("event: weather\ndata: {\"degrees\":20}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_of_words_is_text() =>
        app.Operation("get", "/weather/words").Schema("200").At("properties", "data").IsJson("""{ "type": "string" }""");

    [Fact]
    public void What_is_written_as_a_list_is_a_list() =>
        app.Operation("get", "/weather/all").Schema("200").IsJson("""{ "type": "array", "items": { "$ref": "#/components/schemas/Weather" } }""");

    [Theory]
    [InlineData("get", "/capsule/sessions/{id}/events")]
    [InlineData("post", "/capsule/chat")]
    public void The_chats_events_are_told_apart_by_type(string verb, string path)
    {
        var stream = app.Operation(verb, path).At("responses", "200", "content", "text/event-stream", "schema");

        Assert.Equal("#/components/schemas/StreamedEvent", stream.Text("$ref"));
        var choices = app.Schemas.At("StreamedEvent", "oneOf").EnumerateArray().ToList();
        Assert.Equal(
            ["message", "delta", "notification", "block", "turn", "session"],
            choices.Select(choice => choice.Text("properties", "event", "const")));
        Assert.Equal("#/components/schemas/DeltaData", choices[1].Text("properties", "data", "$ref"));
    }
}

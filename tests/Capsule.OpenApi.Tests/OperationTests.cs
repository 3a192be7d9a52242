namespace Capsule.OpenApi.Tests;

/// <summary>What the document says of an author's operations.</summary>
public class OperationTests(DescribedApp app) : IClassFixture<DescribedApp>
{
    [Fact]
    public void Comments_become_summary_and_description_in_markdown()
    {
        var create = app.Operation("post", "/notes");

        Assert.Equal("create", create.Text("operationId"));
        Assert.Equal("Creates a note.", create.Text("summary"));
        Assert.Equal(
            "It is **kept** for ever, see `Note`.\n\n- Titles are unique.\n- **Tags**: are not.\n\n```\nPOST /notes\n  { \"title\": \"Milk\" }\n```",
            create.Text("description"));
        Assert.Equal("The note to create.", create.Text("requestBody", "description"));
    }

    [Fact]
    public void A_class_is_a_tag_with_its_summary()
    {
        Assert.Equal(["NoteHandlers"], app.Operation("post", "/notes").At("tags").Texts());
        var tag = app.Document.At("tags").EnumerateArray().Single(candidate => candidate.Text("name") == "NoteHandlers");
        Assert.Equal("Notes on the wall.", tag.Text("description"));
    }

    [Fact]
    public void Inherited_comments_count()
    {
        var old = app.Operation("get", "/old/notes/{id}");

        Assert.Equal("Reads a note.", old.Text("summary"));
        Assert.Equal("Its number.", old.Parameter("id").Text("description"));
    }

    [Fact]
    public void Responses_have_the_texts_of_comments_and_errors_are_problem_documents()
    {
        var responses = app.Operation("post", "/notes").At("responses");

        Assert.Equal(["201", "400", "401", "403", "409", "415", "500"], responses.Names());
        Assert.Equal("It is stored.", responses.Text("201", "description"));
        Assert.Equal("There is one of that title.", responses.Text("409", "description"));
        Assert.All(responses.EnumerateObject().Skip(1), response => Assert.Equal(
            "#/components/schemas/ProblemDetails", response.Value.Text("content", "application/problem+json", "schema", "$ref")));
    }

    [Fact]
    public void Whoever_must_be_signed_in_is_said_so()
    {
        app.Operation("post", "/notes").At("security").IsJson("""[{ "cookie": [] }]""");
        Assert.False(app.Operation("get", "/notes").Has("security"));
        Assert.Equal(["200", "400", "500"], app.Operation("get", "/notes").At("responses").Names());
    }

    [Fact]
    public void What_is_obsolete_is_deprecated()
    {
        Assert.True(app.Operation("patch", "/notes/{id}").At("deprecated").GetBoolean());
        Assert.True(app.Schemas.At("NewNote", "properties", "old", "deprecated").GetBoolean());
    }

    [Theory]
    [InlineData("/data/of_session", true)]
    [InlineData("/data/maybe_session", false)]
    [InlineData("/data/inside_session", true)]
    [InlineData("/data/maybe_inside_session", false)]
    [InlineData("/data/twice_session", true)]
    public void A_session_is_a_header_and_may_be_unknown(string path, bool required)
    {
        var operation = app.Operation("get", path);

        var header = operation.Parameter("Capsule-Session-Id");
        Assert.Equal("header", header.Text("in"));
        Assert.Equal(required, header.IsRequired());
        Assert.True(operation.At("responses").Has("404"));
    }

    [Fact]
    public void A_name_that_the_host_has_taken_is_made_of_verb_and_path()
    {
        Assert.Equal("getDataChat", app.Operation("get", "/data/chat").Text("operationId"));
        Assert.Equal("chat", app.Operation("post", "/capsule/chat").Text("operationId"));
    }

    [Fact]
    public void Every_operation_has_what_a_reader_needs()
    {
        var operations = app.Document.At("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(operation => (path.Name, operation.Value))).ToList();

        Assert.All(operations, operation =>
        {
            Assert.NotEqual("", operation.Value.Text("summary"));
            Assert.NotEmpty(operation.Value.At("tags").EnumerateArray());
            Assert.Contains("400", operation.Value.At("responses").Names());
            Assert.Contains("500", operation.Value.At("responses").Names());
        });
        Assert.Equal(operations.Count, operations.Select(operation => operation.Value.Text("operationId")).Distinct().Count());
    }
}

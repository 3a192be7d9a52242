namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>A handler of no values, as source text: what it returns, and how.</summary>
/// <param name="Type">What it returns, in C#; null for nothing.</param>
/// <param name="Value">The value, in C#.</param>
/// <param name="Wrapping">How it is returned.</param>
internal sealed record ResponseCase(string? Type, string Value, string Wrapping)
{
    private static readonly (string Type, string Value)[] Values =
    [
        ("string", "\"text ä\""), ("string", "\"\""), ("string?", "null"),
        ("int", "5"), ("int?", "null"), ("bool", "true"), ("double", "1.5"), ("char", "'x'"), ("Guid", "Guid.Empty"), ("DayOfWeek", "DayOfWeek.Friday"),
        ("DateTime", "new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)"), ("TimeSpan", "TimeSpan.FromSeconds(1.5)"), ("decimal", "1.50m"), ("Uri", "new Uri(\"/a\", UriKind.Relative)"),
        ("byte[]", "new byte[] { 1, 2, 3 }"), ("int[]", "new[] { 1, 2 }"), ("List<Todo>", "[new Todo(\"a\", 1)]"), ("Dictionary<string, int>", "new() { [\"aB\"] = 1 }"), ("IEnumerable<int>", "Enumerable.Range(1, 3)"),
        ("Todo", "new Todo(\"a\", 1)"), ("Todo?", "null"), ("Size", "new Size { Width = 1 }"), ("Size?", "null"), ("(int A, string B)", "(1, \"b\")"),
        ("Animal", "new Dog(\"Rex\", 4)"), ("Animal", "new Animal(\"Rex\")"), ("IAnimal", "new Dog(\"Rex\", 4)"), ("Shape", "new Circle(3)"), ("IReadOnlyList<Animal>", "[new Dog(\"Rex\", 4)]"),
        ("object", "new Todo(\"a\", 1)"), ("object", "\"text\""), ("object", "5"), ("object?", "null"), ("object", "TypedResults.NoContent()"), ("object", "new { A = 1 }"), ("object", "new Circle(3)"), ("dynamic", "new Dog(\"Rex\", 4)"),
        ("System.Text.Json.Nodes.JsonNode", "new System.Text.Json.Nodes.JsonObject { [\"aB\"] = 1 }"), ("System.Text.Json.JsonElement", "System.Text.Json.JsonDocument.Parse(\"{\\\"aB\\\":1}\").RootElement"),
        ("IAsyncEnumerable<int>", "Numbers()"), ("IAsyncEnumerable<Shape>", "Shapes()"),
        ("IResult", "Results.Ok(new Todo(\"a\", 1))"), ("IResult?", "null"), ("IResult", "Results.Text(\"<p>\", \"text/html\", statusCode: 201)"), ("IResult", "Results.Problem(\"detail\")"), ("IResult", "Results.Redirect(\"/x\")"),
        ("IResult", "Results.Bytes(new byte[] { 1, 2 }, \"image/png\", \"a.png\")"), ("IResult", "Results.ValidationProblem(new Dictionary<string, string[]> { [\"a\"] = [\"b\"] })"), ("IResult", "Results.Json(new Dog(\"Rex\", 4))"),
        ("IResult", "new Explicit()"), ("Explicit", "new Explicit()"), ("StructResult", "new StructResult()"), ("StructResult?", "null"), ("Ok<Todo>", "TypedResults.Ok(new Todo(\"a\", 1))"), ("Created<Todo>", "TypedResults.Created(\"/here\", new Todo(\"a\", 1))"),
        ("Results<Ok<Todo>, NotFound>", "TypedResults.NotFound()"), ("Results<Ok<Todo>, NotFound>", "TypedResults.Ok(new Todo(\"a\", 1))"), ("Accepted", "TypedResults.Accepted(\"/later\")"), ("UnauthorizedHttpResult", "TypedResults.Unauthorized()"),
        ("ServerSentEventsResult<string>", "TypedResults.ServerSentEvents(Lines())"), ("ServerSentEventsResult<int>", "TypedResults.ServerSentEvents(Numbers(), \"count\")"), ("ServerSentEventsResult<Todo>", "TypedResults.ServerSentEvents(Items())"),
    ];

    private static readonly string[] Wrappings = ["T", "Task<T>", "ValueTask<T>", "async Task<T>", "async ValueTask<T>", "null Task<T>", "failed Task<T>"];

    public static IReadOnlyList<ResponseCase> All { get; } =
    [
        .. from value in Values
        from wrapping in Wrappings
        where value.Type != "dynamic" || wrapping == "T"
        // The departure null-tasks-of-objects.
        where value.Type is not ("object" or "object?") || wrapping != "null Task<T>"
        select new ResponseCase(value.Type, value.Value, wrapping),
        new(null, "", "void"), new(null, "", "Task"), new(null, "", "ValueTask"), new(null, "", "async Task"), new(null, "", "async ValueTask"), new(null, "", "null Task"), new(null, "", "failed Task"),
    ];

    public string Name => $"{Wrapping} of {Type} {Value}";

    public string Source(int index) => $"    [Endpoint(\"GET\", \"/response/{index}\", Authorized = false)]\n    public static {Declaration($"Response{index}()")}\n";

    private string Declaration(string name) => Wrapping switch
    {
        "T" => $"{Type} {name} => {Value};",
        "Task<T>" => $"Task<{Type}> {name} => Task.FromResult<{Type}>({Value});",
        "ValueTask<T>" => $"ValueTask<{Type}> {name} => ValueTask.FromResult<{Type}>({Value});",
        "async Task<T>" => $"async Task<{Type}> {name} {{ await Task.Yield(); return {Value}; }}",
        "async ValueTask<T>" => $"async ValueTask<{Type}> {name} {{ await Task.Yield(); return {Value}; }}",
        "null Task<T>" => $"Task<{Type}> {name} => null!;",
        "failed Task<T>" => $"Task<{Type}> {name} => Task.FromException<{Type}>(new TimeoutException());",
        "void" => $"void {name} {{ }}",
        "Task" => $"Task {name} => Task.CompletedTask;",
        "ValueTask" => $"ValueTask {name} => ValueTask.CompletedTask;",
        "async Task" => $"async Task {name} => await Task.Yield();",
        "async ValueTask" => $"async ValueTask {name} => await Task.Yield();",
        "null Task" => $"Task {name} => null!;",
        "failed Task" => $"Task {name} => Task.FromException(new TimeoutException());",
        _ => throw new InvalidOperationException(Wrapping),
    };
}

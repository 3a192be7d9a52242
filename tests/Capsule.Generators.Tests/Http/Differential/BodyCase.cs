namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>A handler of a JSON body, as source text, with what requests may send to it.</summary>
/// <param name="Type">The body's type.</param>
/// <param name="Parameter">The handler's parameter.</param>
internal sealed record BodyCase(BodyType Type, string Parameter)
{
    public static IReadOnlyList<BodyCase> All { get; } =
    [
        .. from type in BodyType.All
        from parameter in type.Parameters
        select new BodyCase(type, parameter),
    ];

    public string Source(int index) => $"""
            [Endpoint("POST", "/body/{index}", Authorized = false)]
            public static string Body{index}({Parameter}) => Show.Json(body);

        """;

    public IEnumerable<(string Name, TwinRequest Request)> Requests(int index)
    {
        foreach (var (name, body, contentType) in Contents)
            yield return ($"{Parameter}: {name}", new TwinRequest("POST", $"/body/{index}") { Body = body, ContentType = contentType });
    }

    private IEnumerable<(string Name, string? Body, string? ContentType)> Contents =>
    [
        ("none", null, null),
        ("empty", "", "application/json"),
        ("empty without a type", "", null),
        ("blank", " \n", "application/json"),
        ("null", "null", "application/json"),
        .. Type.Good.Select(good => ($"good {good}", (string?)good, (string?)"application/json; charset=utf-8")),
        .. Type.Bad.Select(bad => ($"bad {bad}", (string?)bad, (string?)"application/json")),
        ("vendor type", Type.Good[0], "application/vnd.api+json"),
        ("type in capitals", Type.Good[0], "APPLICATION/JSON"),
        ("another charset", "\"a\"", "application/json; charset=utf-16"),
        ("text", Type.Good[0], "text/plain"),
        ("form", Type.Good[0], "application/x-www-form-urlencoded"),
        ("no type", Type.Good[0], null),
        ("more behind it", Type.Good[0] + " x", "application/json"),
        ("cut off", "{\"title\":", "application/json"),
        ("a comment", "/* c */ " + Type.Good[0], "application/json"),
    ];
}

/// <summary>A type that JSON becomes.</summary>
/// <param name="Code">It in C#.</param>
/// <param name="Default">A default value, in C#; null where it has no constants.</param>
/// <param name="Good">Bodies of it.</param>
/// <param name="Bad">Bodies that are none of it.</param>
/// <param name="IsInferred">Whether a parameter of it is the body without a word.</param>
internal sealed record BodyType(string Code, string? Default, string[] Good, string[] Bad, bool IsInferred = true)
{
    public static IReadOnlyList<BodyType> All { get; } =
    [
        new("Todo", "null!", ["""{"title":"a","priority":2}""", """{"TITLE":"b"}""", """{"title":"a","title":"c","more":[1]}""", "{}"], ["[]", "1", """{"priority":"x"}""", """{"priority":1.5}""", """{"priority":99999999999}"""]),
        new("Size", null, ["""{"width":1,"height":2}""", "{}"], ["\"1x2\"", """{"width":null}"""]),
        new("int", "7", ["5", "\"6\"", "-0"], ["5.5", "\"x\"", "2147483648", "{}"], IsInferred: false),
        new("string", "\"default\"", ["\"text\"", "\"\""], ["1", "{}"], IsInferred: false),
        new("DateTime", null, ["\"2026-01-02T03:04:05Z\""], ["\"2026\"", "0"], IsInferred: false),
        new("DayOfWeek", "DayOfWeek.Friday", ["1", "99"], ["\"Monday\""], IsInferred: false),
        new("int[]", "null!", ["[1,2]", "[]"], ["[null]", "[\"x\"]", "1"]),
        new("List<Todo?>", "null!", ["""[{"title":"a"},null]"""], ["{}"]),
        new("Dictionary<string, int>", "null!", ["""{"a":1}"""], ["""{"a":"x"}"""]),
        new("IReadOnlyList<string>", "null!", ["[\"a\"]"], ["\"a\""]),
        new("Shape", "null!", ["""{"$type":"circle","radius":3}"""], ["""{"radius":3}""", """{"$type":"other"}"""]),
        new("System.Text.Json.JsonElement", null, ["""{"a":[1]}""", "1"], []),
        new("System.Text.Json.Nodes.JsonNode", "null!", ["""{"a":[1]}""", "1"], []),
        new("object", "null!", ["""{"a":[1]}""", "1"], []),
    ];

    /// <summary>Every way to ask for it.</summary>
    public IEnumerable<string> Parameters
    {
        get
        {
            foreach (var attribute in IsInferred ? new[] { "[FromBody] ", "" } : ["[FromBody] "])
            {
                yield return $"{attribute}{Code} body";
                yield return $"{attribute}{Code}? body";
                yield return Default is null ? $"{attribute}{Code}? body = null" : $"{attribute}{Code} body = {Default}";
            }
            yield return $"[FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)] {Code} body";
        }
    }
}

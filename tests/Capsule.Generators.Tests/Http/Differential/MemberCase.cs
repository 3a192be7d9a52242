namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>A handler of an <c>[AsParameters]</c> object, as source text: every shape of object with a member from every source.</summary>
/// <param name="Shape">How the object is declared.</param>
/// <param name="Source">Where its member comes from.</param>
internal sealed record MemberCase(MemberShape Shape, MemberSource Source)
{
    public static IReadOnlyList<MemberCase> All { get; } =
    [
        .. from shape in MemberShape.All
        from source in MemberSource.All
        where !shape.HasDefault || source.Default is not null
        // The one attribute that C# lets stand on parameters only.
        where !shape.MarksProperty || !source.Attribute.StartsWith("[FromKeyedServices", StringComparison.Ordinal)
        select new MemberCase(shape, source),
    ];

    public string Handler(int index) => $"""
            [Endpoint("{Source.Method}", "/member/{index}{(Source.Attribute == "[FromRoute]" || Source.IsInRoute ? "/{m?}" : "")}", Authorized = false)]
            public static string Member{index}([AsParameters] MemberObject{index} all, int more = 5) => Show.Of(all.M) + more;
            {Shape.Declare($"MemberObject{index}", Source)}

        """;

    public IEnumerable<(string Name, TwinRequest Request)> Requests(int index) =>
        Source.Requests.Select(request => ($"{Shape.Name} {Source.Attribute} {Source.Type}: {request.Path} {request.Body}", request with { Path = $"/member/{index}{request.Path}" }));
}

/// <summary>How an object with one member is declared.</summary>
/// <param name="Name">Its name in failures.</param>
/// <param name="Declare">The declaration, of an object's name and what its member is.</param>
internal sealed record MemberShape(string Name, Func<string, MemberSource, string> Declare)
{
    /// <summary>Whether the member has a default value.</summary>
    public bool HasDefault { get; init; }

    /// <summary>Whether attributes are on the property.</summary>
    public bool MarksProperty { get; init; }

    public static IReadOnlyList<MemberShape> All { get; } =
    [
        new("class", (name, source) => $"public sealed class {name} {{ {source.Attribute} public {source.Type} M {{ get; set; }} = default!; public int Other => 1; }}") { MarksProperty = true },
        new("class with init", (name, source) => $"public sealed class {name} {{ {source.Attribute} public required {source.Type} M {{ get; init; }} }}") { MarksProperty = true },
        new("class with constructor", (name, source) => $"public sealed class {name}({source.Attribute} {source.Type} m) {{ public {source.Type} M => m; }}"),
        new("derived class", (name, source) => $"public class {name}Base {{ {source.Attribute} public {source.Type} M {{ get; set; }} = default!; }} public sealed class {name} : {name}Base {{ public int? Own {{ get; set; }} }}") { MarksProperty = true },
        new("struct", (name, source) => $"public struct {name} {{ {source.Attribute} public {source.Type} M {{ get; set; }} }}") { MarksProperty = true },
        new("record", (name, source) => $"public sealed record {name}({source.Attribute} {source.Type} M, int Next = 3);"),
        new("record with attributes of properties", (name, source) => $"public sealed record {name}({source.Attribute.Replace("[", "[property: ", StringComparison.Ordinal)} {source.Type} M);") { MarksProperty = true },
        new("record struct", (name, source) => $"public readonly record struct {name}({source.Attribute} {source.Type} M);"),
        new("record with default", (name, source) => $"public sealed record {name}({source.Attribute} {source.Type} M = {source.Default});") { HasDefault = true },
        new("class with default of constructor", (name, source) => $"public sealed class {name} {{ public {name}({source.Attribute} {source.Type} m = {source.Default}) => M = m; public {source.Type} M {{ get; }} }}") { HasDefault = true },
    ];
}

/// <summary>Where a member comes from, and the requests to send.</summary>
/// <param name="Attribute">What says so; empty where it is inferred.</param>
/// <param name="Type">The member's type, in C#.</param>
/// <param name="Default">A default value; null where the source has none.</param>
/// <param name="Requests">Requests, with paths that go on behind the handler's.</param>
internal sealed record MemberSource(string Attribute, string Type, string? Default, params TwinRequest[] Requests)
{
    private static readonly TwinRequest[] query = [Get(""), Get("?m=1"), Get("?m="), Get("?m=x"), Get("?m=1&m=2"), Get("?M=1&more=y")];
    private static readonly TwinRequest[] path = [Get("/1"), Get("/x"), Get("?m=1"), Get("/1?more=x")];
    private static readonly TwinRequest[] headers = [Get(""), Get("") with { Headers = [("m", "1")] }, Get("") with { Headers = [("m", "x")] }, Get("?m=1") with { Headers = [("M", "2")] }];
    private static readonly TwinRequest[] forms = [Form("m=1"), Form("m="), Form("m=x"), Form(""), Form("m=1&m=2"), new("POST", ""), Json("{}"), FileCase.Multipart("", "m=1"), FileCase.Multipart("?more=x", "m@a.txt")];
    private static readonly TwinRequest[] bodies = [new("POST", ""), Json("""{"title":"a"}"""), Json("null"), Json("{"), Json("""{"title":"a"}""") with { Path = "?more=x" }, Form("m=1")];
    private static readonly TwinRequest[] nothing = [Get(""), Get("?m=1&more=x")];

    public string Method => Requests[0].Method;

    /// <summary>Whether the route has it without an attribute that says so.</summary>
    public bool IsInRoute { get; init; }

    public static IReadOnlyList<MemberSource> All { get; } =
    [
        new("[FromRoute]", "int", "7", path), new("", "int?", null, path) { IsInRoute = true }, new("", "string", "\"d\"", path) { IsInRoute = true },
        new("", "int", "7", query), new("", "int?", "null", query), new("[FromQuery]", "string", "\"d\"", query), new("[FromQuery(Name = \"m\")]", "DayOfWeek", "DayOfWeek.Friday", query), new("", "int[]", "null!", query), new("", "StringValues", null, query), new("", "Tag?", "null", query),
        new("[FromHeader]", "int", "7", headers), new("[FromHeader(Name = \"m\")]", "string?", "null", headers),
        new("[FromForm]", "int", "7", forms), new("[FromForm(Name = \"m\")]", "string?", "null", forms), new("[FromForm]", "int[]", null, forms), new("", "IFormFile", null, forms), new("[FromForm]", "IFormFile?", "null", forms), new("", "IFormFileCollection", null, forms), new("", "IFormCollection", null, forms),
        new("[FromBody]", "Todo", "null!", bodies), new("", "Todo?", "null", bodies), new("[FromBody]", "int", "7", bodies[1..]), new("", "Stream", null, bodies), new("", "FromQuery", null, new("POST", ""), new("POST", "?bound=a"), new("POST", "?bound=a&more=x")), new("", "FromQuery?", null, Get(""), Get("?bound=a")),
        new("[FromServices]", "Registered", null, nothing), new("", "Registered", null, nothing), new("[FromKeyedServices(\"a\")]", "Registered", null, nothing), new("[FromKeyedServices(\"none\")]", "Registered?", "null", nothing), new("[FromServices]", "Unregistered?", "null", nothing),
        new("", "HttpContext", null, nothing), new("", "HttpRequest", null, nothing), new("", "CancellationToken", null, nothing), new("", "System.Security.Claims.ClaimsPrincipal", null, nothing),
    ];

    private static TwinRequest Get(string path) => new("GET", path);

    private static TwinRequest Form(string form) => new("POST", "") { Body = form, ContentType = "application/x-www-form-urlencoded" };

    private static TwinRequest Json(string body) => new("POST", "") { Body = body, ContentType = "application/json" };
}

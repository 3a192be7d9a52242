using Capsule.Analyzers.Tests.OpenApi;
using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.CodeFixes;

/// <summary>Programs before and after a fix. After a slash, the title of one of several edits.</summary>
internal static class FixPrograms
{
    public static IEnumerable<(string Fix, string Before, string After)> OfMembers =>
    [
        ("KeepOneHandlerFix/Keep [Message]", "[Message, Boot] public static void Handle() { }", "[Message] public static void Handle() { }"),
        ("KeepOneHandlerFix/Keep [Boot]", "[Message, Boot] public static void Handle() { }", "[Boot] public static void Handle() { }"),
        ("KeepOneHandlerFix/Keep [Data]", "/// <summary>Gives it.</summary>\n    [Endpoint(\"GET\", \"/d\")]\n    [Tags(\"a\"), Data(\"d\")]\n    public static int Handle() => 1;", "/// <summary>Gives it.</summary>\n    [Tags(\"a\"), Data(\"d\")]\n    public static int Handle() => 1;"),
        ("KeepOneHandlerFix/Keep [Shutdown]", "[Boot, Shutdown, Task] public static void Handle() { }", "[Shutdown] public static void Handle() { }"),

        ("ReturnTypeFix/Reply with the text", "[Message] public static string Handle(Session session) => \"x\";", "[Message] public static Task Handle(Session session) => session.ReplyAsync(\"x\");"),
        ("ReturnTypeFix/Reply with the text", "[Message] public static async Task<string> Handle(Session session) { await Task.Yield(); return \"x\"; }", "[Message] public static async Task Handle(Session session) { await Task.Yield(); await session.ReplyAsync(\"x\"); }"),
        ("ReturnTypeFix/Return nothing", "[Boot] public static bool Handle()\n    {\n        if (Environment.ProcessId == 1)\n            return false;\n        Console.WriteLine();\n        return true;\n    }", "[Boot] public static void Handle()\n    {\n        if (Environment.ProcessId == 1)\n            return;\n        Console.WriteLine();\n    }"),
        ("ReturnTypeFix/Return an array", "[Data(\"d\")] public static Span<int> Handle(int[] ids) => ids.AsSpan(1);", "[Data(\"d\")] public static int[] Handle(int[] ids) => ids.AsSpan(1).ToArray();"),
        ("ReturnTypeFix/Return nothing", "[Message] public static bool Handle(List<int> list) => list.Remove(1);", "[Message] public static void Handle(List<int> list) => list.Remove(1);"),

        ("AddCancellationTokenFix", "[Message] public static async Task Handle() => await Task.Delay(1);", "[Message] public static async Task Handle(CancellationToken cancellationToken) => await Task.Delay(1);"),
        ("AddCancellationTokenFix", "[Data(\"d\")] public static async Task<int> Handle(int page = 1) { await Task.Delay(page); return page; }", "[Data(\"d\")] public static async Task<int> Handle(int page = 1, CancellationToken cancellationToken = default) { await Task.Delay(page); return page; }"),
        ("AddCancellationTokenFix", "[Message] public static async Task Handle(Session session) => await Task.Delay(1); public static Task Again(Session session) => Handle(session);", "[Message] public static async Task Handle(Session session, CancellationToken cancellationToken = default) => await Task.Delay(1); public static Task Again(Session session) => Handle(session);"),

        ("UseRightParameterFix/Take a RequestContext", "[Endpoint(\"GET\", \"/\")] public static string Handle(Session session) => session.User.Id;", "[Endpoint(\"GET\", \"/\")] public static string Handle(RequestContext session) => session.User.Id;"),
        ("UseRightParameterFix/Take a Session", "[Message] public static void Handle(RequestContext context) => Console.WriteLine(context.User.Id);", "[Message] public static void Handle(Session context) => Console.WriteLine(context.User.Id);"),
        ("UseRightParameterFix/Remove the parameter", "[Boot] public static void Handle(Session session, TimeProvider clock) => clock.GetUtcNow();", "[Boot] public static void Handle(TimeProvider clock) => clock.GetUtcNow();"),

        ("ChangeSourceFix", "[Endpoint(\"GET\", \"/\")] public static int Handle([FromBody] int page) => page;", "[Endpoint(\"GET\", \"/\")] public static int Handle([FromQuery] int page) => page;"),
        ("ChangeSourceFix", "public record Search(string Text, int Page); [Data(\"d\")] public static int Handle([FromBody] Search search) => search.Page;", "public record Search(string Text, int Page); [Data(\"d\")] public static int Handle([AsParameters] Search search) => search.Page;"),

        ("KeepOneSourceFix/Keep [FromRoute]", "[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute, FromQuery] int id) => id;", "[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute] int id) => id;"),
        ("KeepOneSourceFix/Keep [FromHeader]", "[Data(\"d\")] public static int Handle([FromQuery][FromHeader(Name = \"x\")] int id) => id;", "[Data(\"d\")] public static int Handle([FromHeader(Name = \"x\")] int id) => id;"),
        ("KeepOneSourceFix", "[Data(\"d\")] public static int Handle([FromQuery] CancellationToken cancellationToken) => 1;", "[Data(\"d\")] public static int Handle(CancellationToken cancellationToken) => 1;"),

        ("OptionalRouteFix/Make the parameter nullable", "[Endpoint(\"GET\", \"/{id?}\")] public static string Handle(int id) => $\"{id}\";", "[Endpoint(\"GET\", \"/{id?}\")] public static string Handle(int? id) => $\"{id}\";"),
        ("OptionalRouteFix/Require it in the route", "[Endpoint(\"GET\", \"/{id:int?}\")] public static int Handle(int id) => id;", "[Endpoint(\"GET\", \"/{id:int}\")] public static int Handle(int id) => id;"),
        ("OptionalRouteFix/Make it optional in the route", "[Endpoint(\"GET\", @\"/{id}\")] public static int Handle(int? id) => id ?? 1;", "[Endpoint(\"GET\", @\"/{id?}\")] public static int Handle(int? id) => id ?? 1;"),

        ("AddRouteParameterFix", "[Endpoint(\"GET\", \"/{id:guid}\")] public static int Handle() => 1;", "[Endpoint(\"GET\", \"/{id:guid}\")] public static int Handle(Guid id) => 1;"),
        ("AddRouteParameterFix", "[Endpoint(\"GET\", \"/{user-id?}\")] public static int Handle(CancellationToken cancellationToken) => 1;", "[Endpoint(\"GET\", \"/{user-id?}\")] public static int Handle([FromRoute(Name = \"user-id\")] string? userId, CancellationToken cancellationToken) => 1;"),
        ("AddRouteParameterFix", "[Endpoint(\"GET\", \"/{a:int}/{b}\")] public static int Handle(int page = 1) => page;", "[Endpoint(\"GET\", \"/{a:int}/{b}\")] public static int Handle(int a, string b, int page = 1) => page;"),

        ("NearestRouteNameFix", "[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute] int ident) => ident;", "[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute(Name = \"id\")] int ident) => ident;"),
        ("NearestRouteNameFix", "[Endpoint(\"GET\", \"/{user}/{post}\")] public static string Handle(string user, [FromRoute(Name = \"psot\")] int number) => user + number;", "[Endpoint(\"GET\", \"/{user}/{post}\")] public static string Handle(string user, [FromRoute(Name = \"post\")] int number) => user + number;"),

        ("DescribeResponseFix", "[Endpoint(\"GET\", \"/{id}\")]\n    public static IResult Handle(int id) => id > 1 ? Results.Ok(id) : Results.NotFound();", "[Endpoint(\"GET\", \"/{id}\")]\n    [ProducesResponseType<int>(200)]\n    [ProducesResponseType(404)]\n    public static IResult Handle(int id) => id > 1 ? Results.Ok(id) : Results.NotFound();"),
        ("DescribeResponseFix", "[Data(\"d\")]\n    public static object Handle() { return new List<string>(); }", "[Data(\"d\")]\n    [ProducesResponseType<List<string>>(200)]\n    public static object Handle() { return new List<string>(); }"),

        ("QualifyOperationFix", "[Data(\"a\"), EndpointName(\"list\")] public static int A() => 1; [Data(\"b\"), EndpointName(\"list\")] public static int BAsync() => 1;", "[Data(\"a\"), EndpointName(\"list\")] public static int A() => 1; [Data(\"b\"), EndpointName(\"appB\")] public static int BAsync() => 1;"),
    ];

    public static IEnumerable<(string Fix, string Before, string After)> Whole =>
    [
        (
            "MarkConstructorFix",
            Types("public class App\n{\n    public App() { }\n\n    public App(TimeProvider clock) { }\n\n    [Boot] public void Handle() { }\n}\n"),
            Types("public class App\n{\n    public App() { }\n\n    [ActivatorUtilitiesConstructor]\n    public App(TimeProvider clock) { }\n\n    [Boot] public void Handle() { }\n}\n")),
        (
            "MarkConstructorFix",
            Types("public class App(TimeProvider clock)\n{\n    public App() : this(TimeProvider.System) { }\n\n    [Boot] public void Handle() => clock.GetUtcNow();\n}\n"),
            Types("[method: ActivatorUtilitiesConstructor]\npublic class App(TimeProvider clock)\n{\n    public App() : this(TimeProvider.System) { }\n\n    [Boot] public void Handle() => clock.GetUtcNow();\n}\n")),
        (
            "GroupBodiesFix",
            Types("namespace Shop\n{\n    public static class App\n    {\n        [Endpoint(\"POST\", \"/\")]\n        internal static int Create([FromBody] string a, [FromBody] string b) { return a.Length + b.Length; }\n    }\n}\n"),
            Types("namespace Shop\n{\n    public static class App\n    {\n        [Endpoint(\"POST\", \"/\")]\n        internal static int Create(CreateBody body) { return body.A.Length + body.B.Length; }\n    }\n\n    internal sealed record CreateBody(string A, string B);\n}\n")),
        (
            "GroupBodiesFix",
            Types("public record Customer(string Name);\npublic static class App\n{\n    [Endpoint(\"POST\", \"/\")]\n    public static string Create([FromBody] Customer customer, int page, [FromBody] int[] numbers) => customer.Name + numbers.Length + page;\n}\n"),
            Types("public record Customer(string Name);\npublic static class App\n{\n    [Endpoint(\"POST\", \"/\")]\n    public static string Create(CreateBody body, int page) => body.Customer.Name + body.Numbers.Length + page;\n}\n\npublic sealed record CreateBody(Customer Customer, int[] Numbers);\n")),
        (
            "CorrectParserFix/Correct TryParse",
            Types("public record Point(int X) { internal static bool TryParse(ReadOnlySpan<char> text, out Point point) { point = new(text.Length); return true; } }\npublic static class App { [Data(\"d\")] public static int Handle(Point at) => at.X; }\n"),
            Types("public record Point(int X) { public static bool TryParse(string text, out Point point) { point = new(text.Length); return true; } }\npublic static class App { [Data(\"d\")] public static int Handle(Point at) => at.X; }\n")),
        (
            "CorrectParserFix/Correct BindAsync",
            Types("public record Point(int X) { public static Task<Point> BindAsync(HttpContext context) => Task.FromResult(new Point(1)); }\npublic static class App { [Data(\"d\")] public static int Handle(Point at) => at.X; }\n"),
            Types("public record Point(int X) { public static ValueTask<Point> BindAsync(HttpContext context) => new ValueTask<Point>(Task.FromResult(new Point(1))); }\npublic static class App { [Data(\"d\")] public static int Handle(Point at) => at.X; }\n")),
        (
            "AddJsonSerializableFix",
            Types($"using System.Text.Json.Serialization;\npublic record Report(int X);\n[JsonSerializable(typeof(int))]\n{JsonContextPrograms.Context}\npublic static class App {{ [Data(\"d\")] public static Report[] Handle() => []; }}\n"),
            Types($"using System.Text.Json.Serialization;\npublic record Report(int X);\n[JsonSerializable(typeof(int))]\n[JsonSerializable(typeof(Report[]))]\n{JsonContextPrograms.Context}\npublic static class App {{ [Data(\"d\")] public static Report[] Handle() => []; }}\n")),
        (
            "QualifyOperationFix",
            Types("public static class One { [Endpoint(\"GET\", \"/a/{b}\")] public static int Read(int b) => 1; }\npublic static class Two\n{\n    [Endpoint(\"GET\", \"/a/b\")]\n    public static int Read() => 1;\n}\n"),
            Types("public static class One { [Endpoint(\"GET\", \"/a/{b}\")] public static int Read(int b) => 1; }\npublic static class Two\n{\n    [Endpoint(\"GET\", \"/a/b\")]\n    [EndpointName(\"twoRead\")]\n    public static int Read() => 1;\n}\n")),
    ];

    public static IEnumerable<(string Fix, string Members)> WithoutFix =>
    [
        ("ReturnTypeFix", "[Message] public static int Handle() => 1 + 1;"),
        ("ReturnTypeFix", "[Message] public static IEnumerable<int> Handle() { yield return 1; }"),
        ("AddCancellationTokenFix", "public virtual void Other() { } [Boot] public virtual async Task Handle() => await Task.Delay(1);"),
        ("AddCancellationTokenFix", "[Boot] public static async Task Handle() => await Task.Delay(1); public static readonly Func<Task> Start = Handle;"),
        ("UseRightParameterFix", "[Message] public static string Handle(HttpContext context, Session session) => context.TraceIdentifier;".Replace("public static string", "public static void", StringComparison.Ordinal).Replace("=> context.TraceIdentifier", "=> GC.KeepAlive(context)", StringComparison.Ordinal)),
        ("UseRightParameterFix", "[Endpoint(\"GET\", \"/\")] public static Task Handle(Session session) => session.ReplyAsync(\"x\");"),
        ("MarkConstructorFix", "public required string Name { get; init; } [Boot] public void Handle() { }"),
        ("GroupBodiesFix", "[Endpoint(\"POST\", \"/\")] public static void Handle(IFormFile file, [FromBody] string text) { }"),
        ("ChangeSourceFix", "[Data(\"d\")] public static int Handle([FromBody] Dictionary<string, int> values) => 1;"),
        ("NearestRouteNameFix", "[Endpoint(\"GET\", \"/\")] public static int Handle([FromRoute] int id) => id;"),
        ("OptionalRouteFix", "const string Route = \"/{id?}\"; [Endpoint(\"GET\", Route)] public static int Handle(int id) => id;"),
        ("AddRouteParameterFix", "[Endpoint(\"GET\", \"/{id}\")] public static int Handle() => 1; public static int Other() => Handle();"),
        ("DescribeResponseFix", "[Data(\"d\")] public static IResult Handle() => Make(); public static IResult Make() => Results.Ok();"),
        ("AddJsonSerializableFix", "[Data(\"d\")] public static App[] Handle() => [];"),
    ];
}

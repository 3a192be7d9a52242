using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.OpenApi;

/// <summary>CAP0401, in a project that is compiled ahead of time.</summary>
internal static class JsonContextPrograms
{
    /// <summary>A context as System.Text.Json's generator would complete it.</summary>
    public const string Context = "public class AppJson : JsonSerializerContext { public AppJson() : base(null) { } public override System.Text.Json.Serialization.Metadata.JsonTypeInfo? GetTypeInfo(Type type) => null; protected override System.Text.Json.JsonSerializerOptions? GeneratedSerializerOptions => null; }";

    public static IEnumerable<string> Invalid =>
    [
        Program("", "[Data(\"d\")] public static Report {|CAP0401:Handle|}() => null!;"),
        Program("typeof(Other)", "[Data(\"d\")] public static Report {|CAP0401:Handle|}() => null!;"),
        Program("typeof(Report)", "[Data(\"d\")] public static DayOfWeek {|CAP0401:Handle|}() => default;"),
        Program("typeof(Report)", "[Data(\"d\")] public static Report[] {|CAP0401:Handle|}() => null!;"),
        Program("typeof(Report)", "[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] Other {|CAP0401:other|}) { }"),
        Program("typeof(Report)", "[Task] public static void Handle(Other {|CAP0401:other|}, Report report, int number) { }"),
        Program("typeof(Report)", "[Task] public static Task<Other> {|CAP0401:Handle|}() => null!;"),
        Program("typeof(Report)", "[Endpoint(\"GET\", \"/\")] public static Results<Ok<Report>, NotFound<Other>> {|CAP0401:Handle|}() => TypedResults.NotFound(new Other(1));"),
        Program("typeof(Report)", "[Document(\"rows\")] public record {|CAP0401:Row|}(string Id);"),
        Program("typeof(Report)", "[Data(\"a\")] public static Other {|CAP0401:A|}() => null!; [Data(\"b\")] public static Other B() => null!;"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Program("typeof(Report)", "[Data(\"d\")] public static Report Handle() => null!;"),
        Program("", "[Data(\"d\")] public static int? Handle() => 1;"),
        Program("typeof(App.Shape)", "[JsonDerivedType(typeof(Circle), \"c\")] public abstract record Shape; public record Circle(Edge Edge) : Shape; public record Edge(int X); [Data(\"d\")] public static Edge Handle() => null!;"),
        Program("typeof(Report[])", "[Data(\"d\")] public static Report Handle() => null!;"),
        Program("typeof(Report)", "[Data(\"d\")] public static Part? Handle() => null!;"),
        Program("typeof(List<Report>)", "[Data(\"d\")] public static Task<List<Report>> Handle() => null!; [Task] public static void Run(Report report) { }"),
        Program("", "[Data(\"d\")] public static string Handle() => \"\"; [Data(\"e\")] public static int Number() => 1; [Data(\"f\")] public static Guid Id() => default;"),
        Program("", "[Endpoint(\"POST\", \"/\")] public static void Handle(Report report) { }"),
        Program("", "[Endpoint(\"GET\", \"/\")] public static IResult? Handle(IServiceProvider services) => null;").Replace("[Endpoint(", "[ExcludeFromDescription, Endpoint(", StringComparison.Ordinal),
        Program("", "[Message] public static void Handle(Report report) { }"),
        Program("", "[Data(\"d\")] public static System.Text.Json.Nodes.JsonObject Handle() => null!;"),
    ];

    private static string Program(string listed, string members) => Types($$"""
        using System.Text.Json.Serialization;
        public record Part(int X);
        public record Report(string Name, List<Part> Parts);
        public record Other(int X);
        {{(listed.Length == 0 ? "" : $"[JsonSerializable({listed})]")}} {{Context}}
        public static class App { {{members}} }
        """);
}

using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Binding;

/// <summary>CAP0103.</summary>
internal static class BodySourcePrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Endpoint(\"GET\", \"/\")] public static int Handle([FromBody] int {|CAP0103:page|}) => page;"),
        Members("[Endpoint(\"get\", \"/\")] public static int Handle([FromBody] App {|CAP0103:app|}) => 1;"),
        Members("[Endpoint(\"HEAD\", \"/\")] public static void Handle([FromForm] string {|CAP0103:name|}) { }"),
        Members("[Data(\"d\")] public static int Handle([FromBody] int[] {|CAP0103:numbers|}) => 1;"),
        Members("[Endpoint(\"GET\", \"/\")] public static int Handle(IFormFile {|CAP0103:file|}) => 1;"),
        Members("[Endpoint(\"GET\", \"/\")] public static int Handle([FromBody] Stream {|CAP0103:body|}) => 1;"),
        Members("[Endpoint(\"DELETE\", \"/\")] public static void Handle([FromBody] int[] {|CAP0103:ids|}) { }"),
        Types("public class Search { [FromForm] public string {|CAP0103:Text|} { get; set; } = \"\"; public int Page { get; set; } } public static class App { [Endpoint(\"GET\", \"/\")] public static int Handle([AsParameters] Search search) => 1; }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Members("[Endpoint(\"POST\", \"/\")] public static int Handle([FromBody] int page) => page;"),
        Members("[Endpoint(\"QUERY\", \"/\")] public static int Handle([FromBody] int page) => page;"),
        Members("[Endpoint(\"PATCH\", \"/\")] public static void Handle(IFormFile file) { }"),
        Members("[Endpoint(\"GET\", \"/\")] public static int Handle([FromQuery] int page, [FromHeader] string? accept) => page;"),
        Members("[Endpoint(\"GET\", \"/\")] public static int Handle(IServiceProvider services) => 1;"),
        Members("[Data(\"d\")] public static int Handle(HttpRequest request, Stream body) => 1;"),
        Members("[Endpoint(\"DELETE\", \"/{id}\")] public static void Handle(int id) { }"),
    ];
}

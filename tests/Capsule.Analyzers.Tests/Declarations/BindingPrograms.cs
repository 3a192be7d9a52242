using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Declarations;

/// <summary>CAP0101 to CAP0107.</summary>
internal static class BindingPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Message] public static void Handle(Span<int> {|CAP0101:numbers|}) { }"),
        Members("[Data(\"d\")] public static int Handle(ReadOnlySpan<char> {|CAP0101:text|}) => 1;"),
        Types("public ref struct Part; public static class App { [Task] public static void Handle(Part {|CAP0101:part|}) { } }"),
        Members("[Data(\"d\")] public static int Handle([FromQuery] Action {|CAP0101:action|}) => 1;"),
        Members("[Data(\"d\")] public static int Handle([FromHeader] object {|CAP0101:value|}) => 1;"),
        Members("[Endpoint(\"GET\", \"/{at}\")] public static int Handle([FromRoute] IServiceProvider {|CAP0101:at|}) => 1;"),
        Members("[Data(\"d\")] public static int Handle([FromQuery] int[,] {|CAP0101:table|}) => 1;"),

        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] string a, [FromBody] string {|CAP0102:b|}) { }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] int[] a, int page, [FromBody] string {|CAP0102:b|}) { }"),
        Members("[Endpoint(\"PUT\", \"/\")] public static void Handle([FromBody] App a, [FromBody] App? {|CAP0102:b|}, [FromBody] App {|CAP0102:c|}) { }"),

        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute, FromQuery] int {|CAP0104:id|}) => id;"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody][FromHeader] string {|CAP0104:text|}) { }"),
        Members("[Data(\"d\")] public static int Handle([FromQuery] CancellationToken {|CAP0104:cancellationToken|}) => 1;"),
        Members("[Data(\"d\")] public static int Handle([FromServices] HttpContext {|CAP0104:context|}) => 1;"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromServices, FromBody] App {|CAP0104:app|}) { }"),

        Members("[Data(\"d\")] public static int Handle([AsParameters] int[] {|CAP0106:numbers|}) => 1;"),
        Types("public abstract class Page { public int Number { get; set; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page {|CAP0106:page|}) => 1; }"),
        Types("public record Page(int Number); public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page? {|CAP0106:page|}) => 1; }"),

        Types("public interface IAddress { string City { get; } } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle([FromForm] IAddress {|CAP0107:address|}) => 1; }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm(Name = \"a\")] IFormCollection {|CAP0107:form|}) { }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Types("public record Address(string City); public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle([FromForm] Address address) => 1; }"),
        Members("[Data(\"d\")] public static int Handle(ReadOnlyMemory<char>? text, [FromServices] Action action) => 1;"),
        Members("[Data(\"d\")] public static int Handle([FromQuery] int[] numbers, [FromHeader(Name = \"x\")] string? header) => 1;"),
        Members("[Data(\"d\")] public static int Handle(DayOfWeek day, Guid? id, DateTimeOffset at, Uri? link) => 1;"),
        Types("public record Point(int X) { public static bool TryParse(string text, out Point result) { result = new(1); return true; } } public static class App { [Data(\"d\")] public static int Handle([FromQuery] Point at) => at.X; }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] string a, [FromQuery] string b) { }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle(App? body, IServiceProvider services, int page) { }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] System.IO.Stream body) { }"),
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute] int id, [FromQuery(Name = \"id\")] int other) => id;"),
        Members("[Endpoint(\"GET\", \"/\")] public static int Handle([FromKeyedServices(\"k\")] TimeProvider clock) => 1;"),
        Members("[Task] public static void Handle([FromServices] TimeProvider clock, string name) { }"),
        Types("public record Page(int Number, int Size = 10); public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => page.Number; }"),
        Members("[Endpoint(\"POST\", \"/\")] public static string Handle([FromForm] string name, IFormFile file) => file.FileName;"),
        Members("[Endpoint(\"POST\", \"/\")] public static Results<Ok<int>, NotFound> Handle(HttpRequest request) => TypedResults.Ok(1);"),
    ];
}

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
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm] string a, [FromBody] string {|CAP0102:b|}) { }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] string b, IFormFile {|CAP0102:file|}) { }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] string a, [FromForm] string {|CAP0102:b|}) { }"),
        Types("public record Parts([FromBody] string A, [FromBody] string {|CAP0102:B|}); public static class App { [Endpoint(\"POST\", \"/\")] public static void Handle([AsParameters] Parts parts) { } }"),

        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute, FromQuery] int {|CAP0104:id|}) => id;"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody][FromHeader] string {|CAP0104:text|}) { }"),
        Members("[Data(\"d\")] public static int Handle([FromQuery] CancellationToken {|CAP0104:cancellationToken|}) => 1;"),
        Members("[Data(\"d\")] public static int Handle([FromServices] HttpContext {|CAP0104:context|}) => 1;"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromServices, FromBody] App {|CAP0104:app|}) { }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] HttpContext {|CAP0104:context|}) { }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm, FromHeader] string {|CAP0104:text|}) { }"),
        Members("[Data(\"d\")] public static int Handle([FromKeyedServices(\"k\"), FromQuery] TimeProvider {|CAP0104:clock|}) => 1;"),

        Members("[Data(\"d\")] public static int Handle([AsParameters] int[] {|CAP0106:numbers|}) => 1;"),
        Types("public abstract class Page { public int Number { get; set; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page {|CAP0106:page|}) => 1; }"),
        Types("public record Page(int Number); public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page? {|CAP0106:page|}) => 1; }"),
        Types("public interface IPage { int Number { get; set; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] IPage {|CAP0106:page|}) => 1; }"),
        Types("public class Page { public Page(int number) { } public Page(int number, int size) { } public int Number { get; set; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page {|CAP0106:page|}) => 1; }"),
        Members("[Data(\"d\")] public static int Handle([AsParameters] string {|CAP0106:text|}) => 1;"),
        Types("public class Page(int number) { public int Size { get; } = number; } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page {|CAP0106:page|}) => 1; }"),
        Types("public class Page { public Page(in int number) => Number = number; public int Number { get; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page {|CAP0106:page|}) => 1; }"),
        Types("public class Page { public Page(string number) => Number = number.Length; public int Number { get; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page {|CAP0106:page|}) => 1; }"),
        Types("public record struct Page(int Number); public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page? {|CAP0106:page|}) => 1; }"),
        Types("public class Page { private Page() { } public int Number { get; set; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page {|CAP0106:page|}) => 1; }"),

        Types("public interface IAddress { string City { get; } } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle([FromForm] IAddress {|CAP0107:address|}) => 1; }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm(Name = \"a\")] IFormCollection {|CAP0107:form|}) { }"),
        Types("public abstract class Address { public string City { get; set; } = \"\"; } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle([FromForm] Address {|CAP0107:address|}) => 1; }"),
        Members("[Data(\"d\")] public static int Handle([Utc] IServiceProvider {|CAP0107:services|}) => 1; public sealed class UtcAttribute() : FromKeyedServicesAttribute(\"utc\");"),
        Members("[Endpoint(\"PUT\", \"/\")] public static void Handle([FromForm] Action {|CAP0107:action|}) { }"),
        Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm] IServiceProvider {|CAP0107:services|}) { }"),
        Types("public class Address { private Address() { } public string City { get; set; } = \"\"; } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle([FromForm] Address {|CAP0107:address|}) => 1; }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        .. Near(
            "CAP0101",
            Members("[Data(\"d\")] public static int Handle(ReadOnlyMemory<char>? text, [FromServices] Action action) => 1;"),
            Members("[Data(\"d\")] public static int Handle([FromQuery] int[] numbers, [FromHeader(Name = \"x\")] string? header) => 1;"),
            Members("[Data(\"d\")] public static int Handle(DayOfWeek day, Guid? id, DateTimeOffset at, Uri? link) => 1;"),
            Types("public record Point(int X) { public static bool TryParse(string text, out Point result) { result = new(1); return true; } } public static class App { [Data(\"d\")] public static int Handle([FromQuery] Point at) => at.X; }"),
            Members("[Endpoint(\"GET\", \"/\")] public static int Handle([FromKeyedServices(\"k\")] TimeProvider clock) => 1;"),
            Members("[Task] public static void Handle(object value, Memory<byte> bytes) { }"),
            Members("[Message] public static void Handle(Action<string> write, Func<int> count) { }")),
        .. Near(
            "CAP0102",
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] string a, [FromQuery] string b) { }"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle(App? body, IServiceProvider services, int page) { }"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] System.IO.Stream body) { }"),
            Members("[Endpoint(\"POST\", \"/\")] public static Results<Ok<int>, NotFound> Handle(HttpRequest request) => TypedResults.Ok(1);"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm] string a, [FromForm] string b, IFormFileCollection files) { }"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] string a, HttpRequest request, HttpContext context) { }")),
        .. Near(
            "CAP0104",
            Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute] int id, [FromQuery(Name = \"id\")] int other) => id;"),
            Members("[Task] public static void Handle([FromServices] TimeProvider clock, string name) { }"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody] System.IO.Pipelines.PipeReader body) { }"),
            Members("[Data(\"d\")] public static int Handle([FromQuery, Page] int page) => page; public sealed class PageAttribute : Attribute, IFromQueryMetadata { public string? Name => \"page\"; }"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromBody, System.ComponentModel.DataAnnotations.MaxLength(3)] string text) { }"),
            Members("[Data(\"d\")] public static int Handle([FromQuery(Name = \"x\")][System.ComponentModel.DataAnnotations.Range(1, 3)] int page) => page;"),
            Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(int id, HttpContext context, CancellationToken cancellationToken) => id;"),
            Types("public class Page { [FromQuery] public int Number { get; set; } [FromHeader] public string? Accept { get; set; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => 1; }")),
        .. Near(
            "CAP0106",
            Types("public record Page(int Number, int Size = 10); public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => page.Number; }"),
            Types("public record struct Page(int Number); public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => page.Number; }"),
            Types("public class Page { public int Number { get; set; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => page.Number; }"),
            Types("public struct Page { public Page(int number) => Number = number; public Page(int number, int size) => Number = number * size; public int Number { get; set; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => page.Number; }"),
            Types("public class Page(int number, HttpContext context) { public int Number => number; public HttpContext Context => context; } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => 1; }"),
            Types("public class Page { public Page(int number) => Number = number; internal Page() { } public int Number { get; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => 1; }"),
            Types("public class Base { public int Number { get; set; } } public class Page : Base { public int Size { get; init; } } public static class App { [Data(\"d\")] public static int Handle([AsParameters] Page page) => 1; }")),
        .. Near(
            "CAP0107",
            Types("public record Address(string City); public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle([FromForm] Address address) => 1; }"),
            Members("[Endpoint(\"POST\", \"/\")] public static string Handle([FromForm] string name, IFormFile file) => file.FileName;"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle(IFormCollection form) { }"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm] IFormCollection form) { }"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm(Name = \"\")] IFormCollection form) { }"),
            Members("[Endpoint(\"POST\", \"/\")] public static void Handle([FromForm(Name = \"a\")] IFormFile file, [FromForm] List<string> names) { }"),
            Types("public class Address { public string City { get; set; } = \"\"; public IFormFile? Map { get; set; } } public static class App { [Endpoint(\"POST\", \"/\")] public static int Handle([FromForm] Address address) => 1; }")),
    ];
}

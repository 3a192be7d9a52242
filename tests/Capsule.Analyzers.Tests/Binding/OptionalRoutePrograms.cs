using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Binding;

/// <summary>CAP0108.</summary>
internal static class OptionalRoutePrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Endpoint(\"GET\", \"/{id?}\")] public static int Handle(int {|CAP0108:id|}) => id;"),
        Members("[Endpoint(\"GET\", \"/pages/{name?}/\")] public static string Handle([FromRoute] string {|CAP0108:name|}) => name;"),
        Members("[Endpoint(\"GET\", \"/{id:int?}\")] public static int Handle([FromRoute(Name = \"id\")] int {|CAP0108:number|}) => number;"),
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(int? {|CAP0108:id|}) => 1;"),
        Members("[Endpoint(\"GET\", \"/{name}\")] public static int Handle(string? {|CAP0108:name|}) => 1;"),
        Members("[Endpoint(\"GET\", \"/{id:int}\")] public static int Handle(int {|CAP0108:id|} = 1) => id;"),
        Types("public struct Page { public Page(int {|CAP0108:number|}) => Number = number; public int Number { get; } } public static class App { [Endpoint(\"GET\", \"/{number?}\")] public static int Handle([AsParameters] Page page) => 1; }"),
        Types("public record Page(int {|CAP0108:Number|}); public static class App { [Endpoint(\"GET\", \"/{number?}\")] public static int Handle([AsParameters] Page page) => 1; }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Members("[Endpoint(\"GET\", \"/{id?}\")] public static int Handle(int? id) => 1;"),
        Members("[Endpoint(\"GET\", \"/{id?}\")] public static int Handle(int id = 1) => id;"),
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle(int id) => id;"),
        Members("[Endpoint(\"GET\", \"/{page=1}\")] public static int Handle(int? page) => 1;"),
        Members("[Endpoint(\"GET\", \"/{id?}/edit\")] public static int Handle(int id) => id;"),
        Members("[Endpoint(\"GET\", \"/{id}/edit\")] public static int Handle(int? id) => 1;"),
        Members("[Endpoint(\"GET\", \"/{*path}\")] public static int Handle(string? path) => 1;"),
        Members("[Endpoint(\"GET\", \"/{id?}\")] public static int Handle([FromQuery] int id, HttpContext context) => id;"),
        Members("\n#nullable disable\n    [Endpoint(\"GET\", \"/{name}\")] public static int Handle(string name) => 1;"),
        Members("\n#nullable disable\n    [Endpoint(\"GET\", \"/{name?}\")] public static int Handle(string name) => 1;"),
        Members("[Data(\"d\")] public static int Handle(int? id, int page = 1) => page;"),
    ];
}

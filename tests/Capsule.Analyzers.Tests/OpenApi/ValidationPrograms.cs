using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.OpenApi;

/// <summary>CAP0405.</summary>
internal static class ValidationPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Program("[Task] public static void Handle([{|CAP0405:Required|}] string name) { }"),
        Program("[Task] public static void Handle(Session? session, [{|CAP0405:Range(1, 9)|}] int level, [{|CAP0405:EmailAddress|}, Required] string to) { }"),
        Program("[Message] public static void Handle([{|CAP0405:Required|}] Message message) { }"),
        Program("[Schedule(\"0 * * * *\")] public static void Handle([{|CAP0405:Required|}] TimeProvider clock) { }"),
        Program("[Data(\"d\")] public static int Handle([{|CAP0405:Required|}] Session session) => 1;"),
        Program("[Endpoint(\"GET\", \"/\")] public static int Handle([FromServices, {|CAP0405:Required|}] TimeProvider clock) => 1;"),
        Program("[Task] public static void Handle([{|CAP0405:Even|}] int number) { } public sealed class EvenAttribute : ValidationAttribute;"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Program("[Data(\"d\")] public static int Handle([Range(1, 9)] int level) => level;"),
        Program("[Endpoint(\"POST\", \"/\")] public static string Handle([Required] string name, NewUser user) => name + user.Name;"),
        Program("[Endpoint(\"POST\", \"/\")] public static string Handle([FromBody, Required] NewUser user) => user.Name;"),
        Program("[Task] public static void Handle(NewUser user) { }"),
        Program("[Task] public static void Handle([Display(Name = \"Name\")] string name) { }"),
        Program("public static void Helper([Required] string name) { }"),
        Program("[Data(\"d\")] public static int Handle([AsParameters] Page page) => page.Number;"),
    ];

    private static string Program(string members) => Types(
        "using System.ComponentModel.DataAnnotations;\npublic sealed record NewUser([property: Required] string Name);\npublic sealed record Page([Range(1, 9)] int Number);\n"
        + $"public static class App {{ {members} }}");
}

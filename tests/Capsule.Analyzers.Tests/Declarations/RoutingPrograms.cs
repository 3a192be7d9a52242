using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Declarations;

/// <summary>CAP0201 to CAP0207.</summary>
internal static class RoutingPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Endpoint(\"GET\", \"/reports/{|CAP0201:{id|}\")] public static int Handle(int id) => id;"),
        Members("[Endpoint(\"GET\", \"/a/{|CAP0201:/|}b\")] public static void Handle() { }"),
        Members("[Endpoint(\"GET\", \"/a{|CAP0201:}|}b\")] public static void Handle() { }"),
        Members("[Endpoint(\"GET\", \"/{id}/{|CAP0201:{ID}|}\")] public static int Handle(int id) => id;"),
        Members("[Endpoint(\"GET\", \"/{|CAP0201:{*rest}|}/more\")] public static string Handle(string rest) => rest;"),
        Members("[Endpoint(\"GET\", @\"/a{|CAP0201:?|}b=1\")] public static void Handle() { }"),
        Members("[Endpoint(\"GET\", \"/{|CAP0201:\\u007bid|}\")] public static void Handle() { }"),
        Members("const string Route = \"/{\"; [Endpoint(\"GET\", {|CAP0201:Route|})] public static void Handle() { }"),
        Members("[Endpoint({|CAP0201:\"\"|}, \"/\")] public static void Handle() { }"),
        Members("[Endpoint(\"GET\", {|CAP0201:null!|})] public static void Handle() { }"),
        Members("[Endpoint(pattern: \"/{|CAP0201:{}|}\")] public static void Handle() { }"),

        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute] int {|CAP0203:ident|}) => 1;"),
        Members("[Endpoint(\"GET\", \"/{id}\")] public static int Handle([FromRoute(Name = \"ident\")] int {|CAP0203:id|}) => 1;"),
        Members("[Endpoint(\"GET\", \"/\")] public static int Handle([FromRoute] int {|CAP0203:id|}) => 1;"),
        Members("[Endpoint(\"GET\", \"/{{id}}\")] public static int Handle([FromRoute] int {|CAP0203:id|}) => 1;"),
        Members("[Data(\"d\")] public static int Handle([FromRoute] int {|CAP0203:id|}) => 1;"),
        Types("public record Page([FromRoute] int {|CAP0203:Number|}); public static class App { [Endpoint(\"GET\", \"/{id}\")] public static int Handle([AsParameters] Page page, HttpContext context) => 1; }"),

        Members("[Endpoint(\"GET\", \"/a\")] public static int Handle() => 1; [Endpoint(\"get\", \"a/\")] public static int {|CAP0204:Second|}() => 2;"),
        Members("[Endpoint(\"GET\", \"/{id:int}/x\")] public static int Handle(int id) => 1; [Endpoint(\"GET\", \"/{number:int}/X\")] public static int {|CAP0204:Second|}(int number) => 2;"),
        Types("public static class A { [Endpoint] public static void Handle() { } } public static class B { [Endpoint(\"GET\", \"/\")] public static void {|CAP0204:Handle|}() { } }"),
        Members("[Endpoint(\"GET\", \"~/a\")] public static int Handle() => 1; [Endpoint(\"GET\", \"/a\")] public static int {|CAP0204:Second|}() => 2;"),
        Members("[Endpoint(\"GET\", \"/openapi/v2.json\")] public static int {|CAP0204:Handle|}() => 1;"),
        Members("[Endpoint(\"GET\", \"~/capsule\"), Host(\"a.com\")] public static int {|CAP0204:Handle|}() => 1;"),
        Members("[Endpoint(\"GET\", \"/health/{id}\")] public static int {|CAP0204:Handle|}(int id) => 1;"),
        Members("[Endpoint(\"POST\", \"Data\")] public static void {|CAP0204:Handle|}() { }"),

        Members("[Message] public static void Handle() { } [Message] public static void {|CAP0206:Second|}() { }"),
        Members("[Message] public static void Handle() { } [Message] public static void {|CAP0206:Second|}() { } [Message] public static void {|CAP0206:Third|}() { }"),
        Members("[Message] public static void Handle() { } [Capsule.MessageAttribute] public static Task {|CAP0206:Second|}() => Task.CompletedTask;"),
        Types("public static class A { [Message] public static void Handle() { } } public static class B { [Message] public static void {|CAP0206:Handle|}(Session session) { } }"),
        Types("public class B { [Message] public static void {|CAP0206:Handle|}() { } } public class A { [Message] public void Handle() { } }"),
        Types("namespace N { public class A { [Message] public static void Handle() { } public class Inner { [Message] public static void {|CAP0206:Handle|}() { } } } }"),
        Members("[Message(\"a\")] public static void Handle() { } [Message(\"a\")] public static void {|CAP0204:Second|}() { }"),
        Members("[Data(\"d\")] public static int Handle() => 1; [Data(\"d\")] public static int {|CAP0204:Second|}() => 2;"),
        Types("public static class A { [Task] public static void SyncAsync() { } } public static class B { [Task] public static void {|CAP0204:Sync|}() { } }"),
        Members("[Schedule(\"0 * * * *\", Name = \"Second\")] public static void Handle() { } [Schedule(\"1 * * * *\")] public static void {|CAP0204:Second|}() { }"),
        Types("[Document(\"rows\")] public record Row(string Id); [Document(\"rows\")] public record {|CAP0204:SecondRow|}(string Id);"),
        Types("[Document(\"my-rows\")] public record Row(string Id); [Document(\"my_rows\")] public record {|CAP0204:SecondRow|}(string Id);"),

        Members("[Data({|CAP0205:\"\"|})] public static int Handle() => 1;"),
        Members("[Data(\"{|CAP0205:a/b|}\")] public static int Handle() => 1;"),
        Members("[Data(\"{|CAP0205:a?|}\")] public static int Handle() => 1;"),
        Members("[Data({|CAP0205:null!|})] public static int Handle() => 1;"),
        Members("[Task] public static void Handle(int {|CAP0205:options|}) { }"),
        Members("[Task] public static void Handle(string {|CAP0205:cancellationToken|}) { }"),
        Members("[Task] public static void {|CAP0205:GetHashCodeAsync|}() { }"),
        Types("[Document(\"1st\")] public record {|CAP0205:Row|}(string Id);"),
        Types("[Document(\"get-collection\")] public record {|CAP0205:Row|}(string Id);"),
        Members("[Data(\"{|CAP0205:a#|}\")] public static int Handle() => 1;"),
        Types("[Document(\"\")] public record {|CAP0205:Row|}(string Id);"),

        Types("[Document(\"rows\")] public record {|CAP0207:Row|}(string Name);"),
        Types("[Document(\"rows\")] public record {|CAP0207:Row|}(int Id);"),
        Types("[Document(\"rows\")] public class {|CAP0207:Row|} { public string Id { private get; set; } = \"\"; }"),
        Types("[Document(\"rows\")] public class {|CAP0207:Row|} { [System.Text.Json.Serialization.JsonIgnore] public string Id { get; set; } = \"\"; }"),
        Types("public class Base { public string Id { get; set; } = \"\"; } [Document(\"rows\")] public class {|CAP0207:Row|} : Base { public new int Id { get; set; } }"),
        Types("[Document(\"rows\")] public class {|CAP0207:Row|} { internal string Id { get; set; } = \"\"; }"),
        Types("[Document(\"rows\")] public class {|CAP0207:Row|} { public string Id = \"\"; }"),
        Types("[Document(\"rows\")] public class {|CAP0207:Row|} { public static string Id { get; set; } = \"\"; }"),
        Types("[Document(\"rows\")] public class {|CAP0207:Row|} { public string ID { get; set; } = \"\"; }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        .. Near(
            "CAP0201",
            Members("[Endpoint(\"GET\", \"/reports/{id:int}\")] public static int Handle(int id) => id;"),
            Members("[Endpoint(\"GET\", \"reports/{id?}/\")] public static int Handle(int? id) => 1;"),
            Members("[Endpoint(\"GET\", \"/{name}.{extension?}\")] public static string Handle(string name, string? extension) => name;"),
            Members("[Endpoint(\"GET\", \"~/{id:regex(^\\\\d{{3}}$)}/{**rest}\")] public static string Handle(string id, string rest) => id;"),
            Members("[Endpoint] public static void Handle() { }"),
            Members("[Endpoint(\"GET\", \"/a-b_c~d/{id:length(3,5)}/$x\")] public static string Handle(string id) => id;")),
        .. Near(
            "CAP0203",
            Members("[Endpoint(\"GET\", \"/{page=1}\")] public static int Handle([FromRoute] int page) => page;"),
            Members("[Endpoint(\"GET\", \"/{Id}\")] public static int Handle([FromRoute] int id) => id;"),
            Members("[Endpoint(\"GET\", \"/{key}\")] public static int Handle([FromRoute(Name = \"key\")] int id) => id;"),
            Members("[Endpoint(\"GET\", \"/{*rest}\")] public static string Handle([FromRoute] string rest) => rest;"),
            Members("[Endpoint(\"GET\", \"/{user-id:int}\")] public static int Handle([FromRoute(Name = \"user-id\")] int id) => id;"),
            Types("public record Page([FromRoute] int Number); public static class App { [Endpoint(\"GET\", \"/{number}\")] public static int Handle([AsParameters] Page page) => 1; }")),
        .. Near(
            "CAP0204",
            Members("[Endpoint(\"GET\", \"/{id:int}\")] public static int Handle(int id) => 1; [Endpoint(\"GET\", \"/{id:guid}\")] public static int Second(Guid id) => 2;"),
            Members("[Endpoint(\"GET\", \"/a\"), Host(\"a.com\")] public static int Handle() => 1; [Endpoint(\"GET\", \"/a\"), Host(\"b.com\")] public static int Second() => 2;"),
            Members("[Endpoint(\"POST\", \"/a\"), Consumes(\"text/csv\")] public static int Handle(Stream body) => 1; [Endpoint(\"POST\", \"/a\")] public static int Second([FromBody] int b) => 2;"),
            Types("[Host(\"a.com\")] public static class A { [Endpoint] public static void Handle() { } } public static class B { [Endpoint] public static void Handle() { } }"),
            Members("[Endpoint(\"GET\", \"/{{a}}\")] public static int Handle() => 1; [Endpoint(\"GET\", \"/{{b}}\")] public static int Second() => 2;"),
            Members("[Endpoint(\"GET\", \"/capsules/{health}\")] public static int Handle(int health) => 1;"),
            Members("[Data(\"d\")] public static int Handle() => 1; [Task] public static int Other() => 2; [Schedule(\"0 * * * *\")] public static void Third() { }"),
            Members("[Endpoint(\"GET\", \"/a\")] public static int Handle() => 1; [Endpoint(\"POST\", \"/a\")] public static int Second() => 2;")),
        .. Near(
            "CAP0205",
            Members("[Data(\"a b-c_d.e\")] public static int Handle() => 1;"),
            Members("[Task] public static void Handle(string option, CancellationToken cancellationToken) { }"),
            Members("[Task] public static void Handle(string optionsText, int cancellation) { }"),
            Members("[Task] public static void SyncAsync() { }"),
            Members("[Task] public static void SerializerOptions() { }"),
            Members("[Data(\"%41\")] public static int Handle() => 1;"),
            Types("[Document(\"my-rows 2\")] public record Row(string Id);"),
            Members("[Schedule(\"0 * * * *\", Name = \"every hour!\")] public static void Handle() { }")),
        .. Near(
            "CAP0206",
            Members("[Message] public static void Handle() { } [Message(\"second\")] public static void Second() { }"),
            Members("[Message] public static void Handle() { } [Message(\"\")] public static void Second() { }"),
            Members("public static void Helper(Session session) { } [Message] public static void Handle(Session session) => Helper(session);"),
            Members("[Message(\"a\")] public static void Handle() { } [Message(\"b\")] public static void Second() { }"),
            Members("[Message] public static void Handle() { } [Enter] public static void Second() { } [Boot] public static void Third() { }"),
            Types("public static class A { [Message] public static void Handle() { } } public static class B { [Note.Message] public static void Handle() { } } public static class Note { public class MessageAttribute : Attribute; }")),
        .. Near(
            "CAP0207",
            Types("[Document(\"rows\", Scope = Scope.User)] public record Row(string Id, string Name);"),
            Types("public class Base { public string Id { get; set; } = \"\"; } [Document(\"rows\")] public class Row : Base;"),
            Types("[Document(\"rows\")] public sealed record Row { public string Id { get; } = \"\"; }"),
            Types("[Document(\"rows\")] public class Row { public required string Id { get; init; } }"),
            Types("[Document(\"rows\")] public class Row { [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] public string Id { get; set; } = \"\"; }"),
            Types("[Document(\"rows\")] public class Row { [System.Text.Json.Serialization.JsonPropertyName(\"key\")] public string Id { get; private set; } = \"\"; }"),
            Types("public record Row(string Name);")),
    ];
}

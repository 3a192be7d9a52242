using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Declarations;

/// <summary>CAP0306, CAP0310 and CAP0314.</summary>
internal static class SchedulePrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Schedule(\"{|CAP0306:60|} * * * *\")] public static void Handle() { }"),
        Members("[Schedule(\"* * * {|CAP0306:FOO|} *\")] public static void Handle() { }"),
        Members("[Schedule(\"* * *{|CAP0306: |}\")] public static void Handle() { }"),
        Members("[Schedule(\"* * * * * {|CAP0306:*|}\")] public static void Handle() { }"),
        Members("[Schedule(\"*/{|CAP0306:0|} * * * *\")] public static void Handle() { }"),
        Members("[Schedule(\"{|CAP0306:5-3|} * * * *\")] public static void Handle() { }"),
        Members("[Schedule(\"* * * * */{|CAP0306:8|}\")] public static void Handle() { }"),
        Members("[Schedule(\"* * * * * {|CAP0306:x y|}  \")] public static void Handle() { }"),
        Members("[Schedule({|CAP0306:\"\"|})] public static void Handle() { }"),
        Members("[Schedule({|CAP0306:null!|})] public static void Handle() { }"),
        Members("[Schedule(cron: @\"* {|CAP0306:25|} * * *\")] public static void Handle() { }"),
        Members("const string Cron = \"hourly\"; [Schedule({|CAP0306:Cron|})] public static void Handle() { }"),
        Members("[Schedule(\"\\u002A {|CAP0306:x|} * * *\")] public static void Handle() { }"),
        Members("[Schedule(\"\\x2a\\t{|CAP0306:\\x39\\u0039|} * * *\")] public static void Handle() { }"),
        Members("[Schedule(\"{|CAP0306:\\U0001F600|} * * * *\")] public static void Handle() { }"),
        Members("[Schedule(@\"{|CAP0306:\"\"|} * * * *\")] public static void Handle() { }"),
        Members("[Schedule(@\"{|CAP0306:@|} * * * *\")] public static void Handle() { }"),
        Members("[Schedule(\"\"\"* {|CAP0306:25|} * * *\"\"\")] public static void Handle() { }"),
        Members("[Schedule(\"\"\"\n        * * {|CAP0306:32|} * *\n        \"\"\")] public static void Handle() { }"),
        Members("[Schedule(\"\"\"\r\n        * * {|CAP0306:32|} * *\r\n        \"\"\")] public static void Handle() { }"),
        Members("[Schedule(\"\"\"\n        0 0 * *{|CAP0306:\n|}\n        8\n        \"\"\")] public static void Handle() { }"),

        Members("[Schedule(\"0 * * * *\")] public static void Handle(RequestContext {|CAP0310:context|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(HttpContext {|CAP0310:context|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(Session session, HttpRequest {|CAP0310:request|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(System.Security.Claims.ClaimsPrincipal {|CAP0310:user|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(System.IO.Pipelines.PipeReader {|CAP0310:body|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(System.IO.Stream {|CAP0310:body|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(HttpResponse {|CAP0310:response|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(HttpContext? {|CAP0310:context|} = null) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(RequestContext {|CAP0310:context|}, HttpRequest {|CAP0310:request|}) { }"),

        Members("[Task(Lock = \"mailbox:{|CAP0314:{mailbx}|}\")] public static void Handle(string mailbox) { }"),
        Members("[Task(Lock = \"{|CAP0314:{Mailbox}|}\")] public static void Handle(string mailbox) { }"),
        Members("[Task(Lock = \"{mailbox}/{|CAP0314:{}|}\")] public static void Handle(string mailbox) { }"),
        Members("[Task(Lock = \"{|CAP0314:{services}|}\")] public static void Handle(IServiceProvider services) { }"),
        Members("[Task(Lock = \"{|CAP0314:{count}|}\")] public static void Handle(Func<int> count) { }"),
        Members("[Task(Lock = \"{|CAP0314:{clock}|}\")] public static void Handle([FromServices] App clock) { }"),
        Members("[Task(Lock = \"{|CAP0314:{session}|}\")] public static void Handle(Session? session) { }"),
        Members("const string Key = \"{x}\"; [Task(Lock = {|CAP0314:Key|})] public static void Handle() { }"),
        Members("[Task(Lock = \"\"\"\n        {a}\n\n         {|CAP0314:{b}|}\n        \"\"\")] public static void Handle(int a) { }"),
        Members("[Task(Lock = \"{a}{|CAP0314:{b}|}\")] public static void Handle(int a) { }"),
        Members("[Task(Lock = \"{|CAP0314:{cancellationToken}|}\")] public static void Handle(CancellationToken cancellationToken) { }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        .. Near(
            "CAP0306",
            Members("[Schedule(\"0 9-17/2 * JAN-JUN MON-FRI\")] public static void Handle() { }"),
            Members("[Schedule(\" */15  *\\t* * 7 \")] public static void Handle() { }"),
            Members("const string Cron = \"0 0 29 2 *\"; [Schedule(Cron, TimeZone = \"Europe/Berlin\")] public static void Handle(ScheduleRun run) { }"),
            Members("[Schedule(\"*/15 0-12/3 1,15 * SUN\")] public static void Handle() { }"),
            Members("[Schedule(\"59 23 31 12 7\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 * * FRI-SUN\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 * dec mon\")] public static void Handle() { }"),
            Members("[Schedule(cron: @\"0 * * * 0,6\")] public static void Handle() { }"),
            Members("const string Hour = \"9\"; [Schedule(\"0 \" + Hour + \" * * *\")] public static void Handle() { }")),
        .. Near(
            "CAP0310",
            Members("[Schedule(\"0 * * * *\")] public static void Handle(Session session, IHttpClientFactory clients, CancellationToken cancellationToken) { }"),
            Members("[Schedule(\"0 * * * *\")] public static void Handle(Session session) => GC.KeepAlive(session.User);"),
            Members("[Schedule(\"0 * * * *\")] public static void Handle(ScheduleRun run, TaskClient tasks, DocumentDatabase db) { }"),
            Members("[Schedule(\"0 * * * *\")] public static void Handle(HttpClient client) { }"),
            Members("[Schedule(\"0 * * * *\")] public static void Handle(Microsoft.AspNetCore.Http.IHttpContextAccessor accessor) { }"),
            Members("[Schedule(\"0 * * * *\")] public static void Handle(System.Security.Claims.ClaimsIdentity identity) { }"),
            Members("[Endpoint(\"GET\", \"/\")] public static int Handle(HttpContext context) => 1; [Schedule(\"0 * * * *\")] public static void Other() { }"),
            Types("public class Body : System.IO.MemoryStream; public static class App { [Schedule(\"0 * * * *\")] public static void Handle(Body body) { } }")),
        .. Near(
            "CAP0314",
            Members("[Task(Lock = \"mailbox:{mailbox}\")] public static void Handle(string mailbox) { }"),
            Members("[Task(Lock = \"{a}{b}\")] public static void Handle(int a, DayOfWeek b) { }"),
            Members("[Task(Lock = \"all {of them\")] public static void Handle() { }"),
            Members("[Task(Lock = \"one\")] public static void Handle() { }"),
            Members("[Task(Lock = null)] public static void Handle() { }"),
            Members("[Task(Lock = \"{name}\")] public static void Handle(Session? session, string name, CancellationToken cancellationToken) { }"),
            Members("[Task(Lock = \"{items}\")] public static void Handle(System.Collections.IEnumerable items) { }"),
            Members("[Task(Lock = \"a}b{id}c}\")] public static void Handle(int id) { }"),
            Members("const string Key = \"x:{name}\"; [Task(Lock = Key)] public static void Handle(string name) { }")),
    ];
}

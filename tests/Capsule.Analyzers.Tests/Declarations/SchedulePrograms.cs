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
        Members("[Schedule({|CAP0306:\"\"|})] public static void Handle() { }"),
        Members("[Schedule({|CAP0306:null!|})] public static void Handle() { }"),
        Members("[Schedule(cron: @\"* {|CAP0306:25|} * * *\")] public static void Handle() { }"),
        Members("const string Cron = \"hourly\"; [Schedule({|CAP0306:Cron|})] public static void Handle() { }"),
        Members("[Schedule({|CAP0306:\"\\u002A x * * *\"|})] public static void Handle() { }"),

        Members("[Schedule(\"0 * * * *\")] public static void Handle(RequestContext {|CAP0310:context|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(HttpContext {|CAP0310:context|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(Session session, HttpRequest {|CAP0310:request|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(System.Security.Claims.ClaimsPrincipal {|CAP0310:user|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(System.IO.Stream {|CAP0310:body|}) { }"),

        Members("[Task(Lock = \"mailbox:{|CAP0314:{mailbx}|}\")] public static void Handle(string mailbox) { }"),
        Members("[Task(Lock = \"{|CAP0314:{Mailbox}|}\")] public static void Handle(string mailbox) { }"),
        Members("[Task(Lock = \"{mailbox}/{|CAP0314:{}|}\")] public static void Handle(string mailbox) { }"),
        Members("[Task(Lock = \"{|CAP0314:{services}|}\")] public static void Handle(IServiceProvider services) { }"),
        Members("[Task(Lock = \"{|CAP0314:{session}|}\")] public static void Handle(Session? session) { }"),
        Members("const string Key = \"{x}\"; [Task(Lock = {|CAP0314:Key|})] public static void Handle() { }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Members("[Schedule(\"0 9-17/2 * JAN-JUN MON-FRI\")] public static void Handle() { }"),
        Members("[Schedule(\" */15  *\\t* * 7 \")] public static void Handle() { }"),
        Members("const string Cron = \"0 0 29 2 *\"; [Schedule(Cron, TimeZone = \"Europe/Berlin\")] public static void Handle(ScheduleRun run) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(Session session, IHttpClientFactory clients, CancellationToken cancellationToken) { }"),
        Members("[Task(Lock = \"mailbox:{mailbox}\")] public static void Handle(string mailbox) { }"),
        Members("[Task(Lock = \"{a}{b}\")] public static void Handle(int a, DayOfWeek b) { }"),
        Members("[Task(Lock = \"all {of them\")] public static void Handle() { }"),
        Members("[Task(Lock = \"one\")] public static void Handle() { }"),
        Members("[Task(Lock = null)] public static void Handle() { }"),
    ];
}

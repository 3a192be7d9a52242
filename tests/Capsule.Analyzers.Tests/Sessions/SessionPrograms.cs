using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0301 to CAP0313, declarations aside.</summary>
internal static class SessionPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Schedule("await {|CAP0301:session.ReplyAsync(\"x\")|};"),
        Schedule("await {|CAP0301:session.NotifyAsync(\"x\")|}.ConfigureAwait(false);"),
        Schedule("await using var reply = {|CAP0301:session.StreamReply()|}; reply.Write(\"x\");"),
        Schedule("await {|CAP0301:Session.Current!.ReplyAsync(\"x\")|};"),
        Schedule("if (await {|CAP0301:session.PromptApprovalAsync(\"x\")|}) return;"),
        Schedule("Func<Task> later = () => {|CAP0301:session.ReplyAsync(\"x\")|}; await later();"),
        Schedule("await Local(); async Task Local() => await {|CAP0301:session.ShowImageAsync(\"x\")|};"),
        Schedule("if (!session.CanReply) await {|CAP0301:session.ReplyAsync(\"x\")|};"),
        Schedule("if (session.CanReply) { } else { await {|CAP0301:session.ReplyAsync(\"x\")|}; }"),
        Schedule("if (session.CanReply || DateTime.Now.Hour > 1) await {|CAP0301:session.ReplyAsync(\"x\")|};"),
        Schedule("if (!session.CanReply) Console.WriteLine(); await {|CAP0301:session.ReplyAsync(\"x\")|};"),
        Members("[Schedule(\"0 * * * *\")] public static Task Handle(Session session) => {|CAP0301:session.ReplyAsync(\"x\")|};"),

        TaskHandler("await {|CAP0303:Session.Current!.ReplyAsync(\"x\")|};"),
        TaskHandler("await {|CAP0303:Session.Current!.NotifyAsync(\"x\")|};"),
        TaskHandler("var session = Session.Current!; await {|CAP0303:session.ReplyAsync(\"x\")|};"),
        TaskHandler("if (Session.Current is not null) await {|CAP0303:Session.Current.ReplyAsync(\"x\")|};"),
        TaskHandler("if (Session.Current?{|CAP0303:.ReplyAsync(\"x\")|} is { } sent) await sent;"),
        TaskHandler("await {|CAP0303:Session.Current!.PromptApprovalAsync(\"x\")|};"),
        TaskHandler("await using var reply = {|CAP0303:Session.Current!.StreamReply()|};"),
        TaskHandler("if (text.Length > 1 || Session.Current!.CanReply) await {|CAP0303:Session.Current!.ReplyAsync(text)|};"),
        TaskHandler("try { await {|CAP0303:Session.Current!.ReplyAsync(text)|}; } catch (ArgumentException) { }"),

        Message("{|CAP0304:session.ReplyAsync(\"x\")|};"),
        Message("_ = {|CAP0304:session.ReplyAsync(\"x\")|};"),
        Message("session?{|CAP0304:.ReplyAsync(\"x\")|};"),
        Message("{|CAP0304:session.NotifyAsync(\"x\")|}.ConfigureAwait(false);"),
        Message("{|CAP0304:session.PromptApprovalAsync(\"x\")|};"),
        Message("await using var reply = session.StreamReply(); _ = {|CAP0304:reply.WriteAsync(\"x\")|};"),
        Message("{|CAP0304:session.Data.FlushAsync()|};"),
        Message("Action later = () => {|CAP0304:session.ReplyAsync(\"x\")|}; later();"),
        Members("static void Helper(Session session) { {|CAP0304:session.SetTitleAsync(\"x\")|}; }"),
        Members("static void Helper(Session session) => {|CAP0304:session.SetTitleAsync(\"x\")|};"),

        Members("[Schedule(\"0 0 {|CAP0307:30|} 2 *\")] public static void Handle() { }"),
        Members("[Schedule(\"0 0 {|CAP0307:31|} 4,6,9,11 *\")] public static void Handle() { }"),
        Members("const string Cron = \"0 0 31 2 *\"; [Schedule({|CAP0307:Cron|})] public static void Handle() { }"),
        Members("[Schedule(@\"* * {|CAP0307:31|} FEB *\")] public static void Handle() { }"),
        Members("[Schedule(\"0 0 {|CAP0307:30,31|} 2 *\")] public static void Handle() { }"),
        Members("[Schedule(\"0 0 {|CAP0307:30-31|} FEB *\")] public static void Handle() { }"),
        Members("[Schedule(cron: \"*/5 * {|CAP0307:31|} 9,11 *\")] public static void Handle() { }"),
        Members("[Schedule(\"0 0  {|CAP0307:31|}  4 *\")] public static void Handle() { }"),
        Members("[Schedule(\"0 0 {|CAP0307:\\u0033\\x30|} 2 *\")] public static void Handle() { }"),
        Members("[Schedule(\"0\\t0\\t{|CAP0307:31|} 4 *\")] public static void Handle() { }"),
        Members("[Schedule(\"\"\"0 0 {|CAP0307:30|} 2 *\"\"\")] public static void Handle() { }"),
        Members("[Schedule({|CAP0307:\"0 0 31 \" + \"2 *\"|})] public static void Handle() { }"),
        Members("const string Day = \"30\"; [Schedule({|CAP0307:$\"0 0 {Day} 2 *\"|})] public static void Handle() { }"),

        Members("[Schedule(\"0 * * * *\", TimeZone = \"{|CAP0308:Europe/Berln|}\")] public static void Handle() { }"),
        Members("[Schedule(\"0 * * * *\", TimeZone = \"{|CAP0308:europe/berlin|}\")] public static void Handle() { }"),
        Members("[Schedule(\"0 * * * *\", TimeZone = \"{|CAP0308:W. Europe Standard Time|}\")] public static void Handle() { }"),
        Members("[Schedule(\"0 * * * *\", TimeZone = {|CAP0308:\"\"|})] public static void Handle() { }"),
        Members("[Schedule(\"0 0 {|CAP0307:30|} 2 *\", TimeZone = \"{|CAP0308:Mars|}\")] public static void Handle() { }"),
        Members("const string Zone = \"CET/Berlin\"; [Schedule(\"0 * * * *\", TimeZone = {|CAP0308:Zone|})] public static void Handle() { }"),
        Members("[Schedule(\"0 * * * *\", TimeZone = \"{|CAP0308:UTC+1|}\")] public static void Handle() { }"),
        Members("[Schedule(\"0 * * * *\", TimeZone = @\"{|CAP0308:Eastern Standard Time|}\")] public static void Handle() { }"),

        Message("var {|CAP0309:reply = session.StreamReply()|}; reply.Write(\"x\");"),
        Message("ReplyStream {|CAP0309:reply = session.StreamReply()|}; await reply.WriteAsync(reply.Text);"),
        Message("var {|CAP0309:reply = session.StreamReply()|};"),
        Members("static void Helper(Session session) { for (var i = 0; i < 2; i++) { var {|CAP0309:reply = session.StreamReply()|}; reply.MarkPartial(); } }"),
        Message("var {|CAP0309:reply = session.StreamReply()|}; Action write = () => reply.Write(\"x\"); write();"),
        Message("var {|CAP0309:reply = session.StreamReply()|}; if (session.CanReply) await reply.WriteAsync(\"x\"); await Work();"),
        Message("try { var {|CAP0309:reply = session.StreamReply()|}; reply.Write(\"x\"); } finally { await Work(); }"),
        Members("[Task] public static void Handle(Session? session) { var {|CAP0309:reply = session!.StreamReply()|}; reply.Write(\"x\"); }"),

        Message("var text = {|CAP0313:Work().Result|};"),
        Message("{|CAP0313:Work().Wait()|};"),
        Message("{|CAP0313:Work().GetAwaiter().GetResult()|};"),
        Message("var task = Work(); {|CAP0313:task.Wait(1000)|};"),
        Message("var task = Work(); var other = Work(); await other; var text = {|CAP0313:task.Result|};"),
        Members("[Data(\"d\")] public static string Handle(Func<ValueTask<string>>? read) => {|CAP0313:read!().Result|};"),
        Message("foreach (var letter in {|CAP0313:Work().Result|}) Console.WriteLine(letter);"),
        Message("Func<string> later = () => {|CAP0313:Work().Result|}; later();"),
    ];

    public static IEnumerable<string> Valid =>
    [
        .. Near(
            "CAP0301",
            Schedule("if (session.CanReply) await session.ReplyAsync(\"x\");"),
            Schedule("if (session is { CanReply: true }) await session.ReplyAsync(\"x\");"),
            Schedule("if (session is not { CanReply: true }) return; await session.ReplyAsync(\"x\");"),
            Schedule("if (!session.CanReply) return; await session.ReplyAsync(\"x\");"),
            Schedule("if (!session.CanReply) { Console.WriteLine(); return; } foreach (var i in new[] { 1 }) { await session.ReplyAsync(\"x\"); }"),
            Schedule("if (!session.CanReply || DateTime.Now.Hour > 1) return; await session.ReplyAsync(\"x\");"),
            Schedule("if (DateTime.Now.Hour > 1 && session.CanReply == true) await session.ReplyAsync(\"x\");"),
            Schedule("await (session.CanReply ? session.ReplyAsync(\"x\") : Task.CompletedTask);"),
            Schedule("if (Session.Current?.CanReply == true) await Session.Current.ReplyAsync(\"x\");"),
            Schedule("Console.WriteLine(session.Id + session.User.Id); session.Data[\"x\"] = 1; await session.Data.FlushAsync();"),
            Members("static Task ReplyAsync(string text) => Task.CompletedTask; [Schedule(\"0 * * * *\")] public static Task Handle() => ReplyAsync(\"x\");")),
        .. Near(
            "CAP0303",
            TaskHandler("if (Session.Current is { CanReply: true } session) await session.ReplyAsync(\"x\");"),
            TaskHandler("if (Session.Current?.CanReply != true) return; await Session.Current!.ReplyAsync(\"x\");"),
            TaskHandler("Console.WriteLine(Session.Current!.User.Id);"),
            TaskHandler("var session = Session.Current!; if (!session.CanReply) return; await session.ReplyAsync(\"x\");"),
            Members("[Task] public static Task Handle(Session? session) => session?.ReplyAsync(\"x\") ?? Task.CompletedTask;"),
            Message("await Session.Current!.ReplyAsync(\"x\");"),
            TaskHandler("var session = Session.Current; if (session is null || !session.CanReply) return; await session.ReplyAsync(\"x\");"),
            TaskHandler("try { await Session.Current!.ReplyAsync(\"x\"); } catch (NoReplyTargetException) { }"),
            TaskHandler("if (Session.Current!.CanReply && text.Length > 1) await Session.Current.NotifyAsync(\"x\");")),
        .. Near(
            "CAP0304",
            Message("await session.ReplyAsync(\"x\");"),
            Message("var sent = session.ReplyAsync(\"x\"); await sent;"),
            Message("await Task.WhenAll(session.ReplyAsync(\"x\"), session.NotifyAsync(\"y\"));"),
            Message("Func<Task> later = () => session.ReplyAsync(\"x\"); await later();"),
            Message("_ = await session.PromptApprovalAsync(\"x\");"),
            Message("session.StreamReply().Write(\"x\"); await Task.Yield();"),
            Members("[Message] public static Task Handle(Session session) => session.ReplyAsync(\"x\");"),
            Members("[Message] public static Task Handle(Session session) { return session.ReplyAsync(\"x\"); }")),
        .. Near(
            "CAP0307",
            Members("[Schedule(\"0 0 29 2 *\", TimeZone = \"America/Argentina/Buenos_Aires\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 31 2,3 *\", TimeZone = \"Etc/UTC\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 30 2 MON\", TimeZone = \"US/Eastern\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 31 1,3,5,7,8,10,12 *\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 30 4 *\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 28-31 2 *\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 31 * *\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 */31 2 *\")] public static void Handle() { }"),
            Members("[Schedule(\"0 0 31 4 FRI\")] public static void Handle() { }")),
        .. Near(
            "CAP0308",
            Members("[Schedule(\"0 * * * *\", TimeZone = \"UTC\")] public static void Handle() { }"),
            Members("[Schedule(\"0 * * * *\", TimeZone = \"America/Argentina/Buenos_Aires\")] public static void Handle() { }"),
            Members("[Schedule(\"0 * * * *\", TimeZone = \"US/Eastern\")] public static void Handle() { }"),
            Members("[Schedule(\"0 * * * *\", TimeZone = \"Etc/GMT+5\")] public static void Handle() { }"),
            Members("[Schedule(\"0 * * * *\", TimeZone = \"Asia/Calcutta\")] public static void Handle() { }"),
            Members("const string Zone = \"Europe/Berlin\"; [Schedule(\"0 * * * *\", TimeZone = Zone)] public static void Handle() { }"),
            Members("[Schedule(\"0 * * * *\")] public static void Handle() => TimeZoneInfo.FindSystemTimeZoneById(\"W. Europe Standard Time\");"),
            Members("[Plan(TimeZone = \"Mars\")] public static void Handle() { } public sealed class PlanAttribute : Attribute { public string TimeZone { get; set; } = \"\"; }")),
        .. Near(
            "CAP0309",
            Message("await using var reply = session.StreamReply(); reply.Write(\"x\");"),
            Message("await using (var reply = session.StreamReply()) { reply.Write(\"x\"); }"),
            Message("var reply = session.StreamReply(); await using (reply) { reply.Write(\"x\"); }"),
            Message("var reply = session.StreamReply(); try { reply.Write(\"x\"); } finally { await reply.DisposeAsync(); }"),
            Message("var reply = session.StreamReply(); await Pass(reply);"),
            Members("static ReplyStream Open(Session session) { var reply = session.StreamReply(); reply.Write(\"x\"); return reply; }"),
            Message("var reply = session.StreamReply(); await using var owner = reply;"),
            Message("await Pass(session.StreamReply());")),
        .. Near(
            "CAP0313",
            Message("var task = Work(); await task; var text = task.Result;"),
            Message("var first = Work(); var second = Work(); await Task.WhenAll(first, second); var text = first.Result + second.Result;"),
            Message("var tasks = new[] { Work() }; await Task.WhenAll(tasks); var texts = tasks.Select(task => task.Result).ToList();"),
            Message("var task = Work(); if (task.IsCompletedSuccessfully) { var text = task.Result; }"),
            Members("static string Helper() => Task.FromResult(\"x\").Result;"),
            Members("public record Box(string Result); [Data(\"d\")] public static string Handle([FromServices] Box box) => box.Result;"),
            Message("var task = Work(); if (!task.IsCompleted) return; var text = task.Result;"),
            Message("var text = await Work().ConfigureAwait(false); var length = text.Length;"),
            Message("var first = Work(); await Task.WhenAny(first, Task.Delay(1, session.CancellationToken)); var text = first.Result;")),
    ];

    private const string Helpers = """
        static Task<string> Work() => Task.FromResult("x");
            static Task Pass(ReplyStream reply) => Task.CompletedTask;
        """;

    private static string Schedule(string body) =>
        Members($"[Schedule(\"0 * * * *\")] public static async Task Handle(Session session) {{ {body} }}");

    private static string TaskHandler(string body) => Members($"[Task] public static async Task Handle(string text) {{ {body} }}");

    private static string Message(string body) => Members($"[Message] public static async Task Handle(Session session) {{ {body} }}\n    {Helpers}");
}

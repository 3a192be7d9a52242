using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0318.</summary>
internal static class ReplayPrograms
{
    private const string Row = "[Document(\"rows\")] public record Row(string Id, string Name, DateTimeOffset At);";
    private const string Work = "[Task] public static void Work(string id) { }";

    public static IEnumerable<string> Invalid =>
    [
        Replayed("await session.ReplyAsync($\"{{|CAP0318:DateTime.Now|}}\");"),
        Replayed("await session.NotifyAsync(\"x\", {|CAP0318:DateTimeOffset.UtcNow|}.ToString());"),
        Replayed("var at = {|CAP0318:DateTimeOffset.UtcNow|}; await session.ReplyAsync(at.ToString());"),
        Replayed("var now = {|CAP0318:DateTime.UtcNow|}; var today = now.Date; var text = $\"{today}\"; await session.SetTitleAsync(text);"),
        Replayed("var text = \"\"; text = {|CAP0318:Guid.NewGuid()|}.ToString(); await session.ReplyAsync(text);"),
        Replayed("var id = {|CAP0318:Guid.CreateVersion7()|}; await session.Tasks.Work.SubmitAsync(id.ToString());", Work),
        Replayed("var at = {|CAP0318:TimeProvider.System.GetUtcNow()|}; if (at.Hour > 8) await session.ReplyAsync(\"x\");"),
        Replayed("if ({|CAP0318:Random.Shared.Next(2)|} == 1) return; await session.ReplyAsync(\"x\");"),
        Replayed("var random = new Random(); await session.ReplyAsync($\"{{|CAP0318:random.Next()|}}\");"),
        Replayed("await session.ReplyAsync(Convert.ToHexString({|CAP0318:System.Security.Cryptography.RandomNumberGenerator.GetBytes(4)|}));"),
        Replayed("switch ({|CAP0318:DateTime.Now|}.DayOfWeek) { case DayOfWeek.Monday: await session.ReplyAsync(\"x\"); break; }"),
        Replayed("for (var i = 0; i < {|CAP0318:Random.Shared.Next(9)|}; i++) await session.NotifyAsync(\"x\");"),
        Replayed("var watch = System.Diagnostics.Stopwatch.StartNew(); await session.ReplyAsync($\"{{|CAP0318:watch.ElapsedMilliseconds|}} ms\");"),
        Replayed("if (await session.PromptApprovalAsync(\"x\", timeout: new DateTime(2030, 1, 1) - {|CAP0318:DateTime.UtcNow|})) return;"),
        Replayed("session.Data[\"at\"] = {|CAP0318:DateTime.UtcNow|}.Ticks; await session.Data.FlushAsync();"),
        Replayed("var id = session.Data.GetOrAdd(\"id\", () => {|CAP0318:Guid.NewGuid()|}.ToString()); await session.ReplyAsync(id);"),
        Replayed("session.Data.Set(\"at\", {|CAP0318:DateTime.UtcNow|}); await session.Data.FlushAsync();"),
        Replayed("await rows.InsertAsync(new Row(\"\", \"x\", {|CAP0318:DateTimeOffset.UtcNow|}));", Row, "Collection<Row> rows"),
        Replayed("var since = {|CAP0318:DateTimeOffset.UtcNow|}.AddDays(-1); await rows.FindAsync(row => row.At > since);", Row, "Collection<Row> rows"),
        Replayed("await session.ReplyAsync(string.Concat(new[] { 1 }.Select(_ => {|CAP0318:Guid.NewGuid()|})));"),
        Replayed("if ({|CAP0318:DateTime.Now|} is { Hour: > 8 and var hour }) await session.ReplyAsync(\"x\");"),
        Replayed("var text = await {|CAP0318:http.GetStringAsync(new Uri(\"http://x\"))|}; await session.ReplyAsync(text);", parameter: "HttpClient http"),
        Replayed("await {|CAP0318:http.PostAsync(new Uri(\"http://x\"), null)|}; await session.ReplyAsync(\"Sent\");", parameter: "HttpClient http"),
        Replayed("foreach (var i in new[] { 1, 2 }) { await session.NotifyAsync(\"x\"); await {|CAP0318:http.DeleteAsync(new Uri(\"http://x\"))|}; }", parameter: "HttpClient http"),
        Replayed("var answer = await {|CAP0318:Microsoft.Extensions.AI.ChatClientExtensions.GetResponseAsync(model, \"x\")|}; await session.ReplyAsync(answer.Text);", parameter: "Microsoft.Extensions.AI.IChatClient model"),
        Replayed("await session.ReplyAsync($\"{{|CAP0318:Environment.TickCount64|}}\");"),
        Replayed("await session.RequireIntegrationAsync(Integration.GitHub, $\"{{|CAP0318:DateTime.Now|}}\");"),
        Replayed("await AddAsync(rows, {|CAP0318:Guid.NewGuid()|}.ToString());", Row + " static Task AddAsync(Collection<Row> rows, string id) => rows.DeleteAsync(id);", "Collection<Row> rows"),
        Replayed("var handle = await session.Tasks.Work.SubmitAsync(\"x\"); if ({|CAP0318:DateTime.Now|}.Hour > 8) await handle.CancelAsync();", Work),
        Replayed("await (({|CAP0318:DateTime.Now|}.Hour) switch { > 8 => session.ReplyAsync(\"x\"), _ => Task.CompletedTask });"),
        Replayed("while ({|CAP0318:Random.Shared.Next(3)|} > 0) await session.NotifyAsync(\"x\");"),
        Replayed("foreach (var i in Enumerable.Range(0, {|CAP0318:Random.Shared.Next(3)|})) await session.NotifyAsync(\"x\");"),
        Replayed("int.TryParse({|CAP0318:Guid.NewGuid()|}.ToString(), out var number); await session.ReplyAsync($\"{number}\");"),
        Replayed("var text = \"\"; Add(ref text, {|CAP0318:Guid.NewGuid()|}); await session.ReplyAsync(text);", "static void Add(ref string text, Guid id) => text += id;"),
        Replayed("var text = {|CAP0318:Guid.NewGuid()|}.ToString(); await session.ReplyAsync(text += \"!\");"),
        Replayed("if ({|CAP0318:DateTime.Now|}.Hour > 8) throw new InvalidOperationException(); await session.ReplyAsync(\"x\");"),
        Replayed("var number = await {|CAP0318:http.GetFromJsonAsync<int>(\"http://x\")|}; await session.ReplyAsync($\"{number}\");", parameter: "HttpClient http"),
        Replayed("using var answer = {|CAP0318:http.Send(new HttpRequestMessage())|}; await session.ReplyAsync(\"x\");", parameter: "HttpClient http"),
        Replayed("await session.StreamAsync(Words(await {|CAP0318:http.GetStringAsync(new Uri(\"http://x\"))|}));", "static async IAsyncEnumerable<string> Words(string text) { await Task.Yield(); yield return text; }", "HttpClient http"),
        Replayed("await {|CAP0318:mail.SendMailAsync(\"a@x\", \"b@x\", \"s\", \"t\")|}; await session.ReplyAsync(\"x\");", parameter: "System.Net.Mail.SmtpClient mail"),
        Replayed("await {|CAP0318:command.ExecuteNonQueryAsync()|}; await session.ReplyAsync(\"Done\");", parameter: "System.Data.Common.DbCommand command"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Replayed("var id = await session.StepAsync(\"id\", () => Guid.NewGuid()); await session.ReplyAsync(id.ToString());"),
        Replayed("var now = await session.StepAsync(\"now\", () => Task.FromResult(DateTime.Now)); if (now.Hour > 8) await session.ReplyAsync(\"x\");"),
        Replayed("var text = await session.StepAsync(\"get\", token => http.GetStringAsync(new Uri(\"http://x\"), token)); await session.ReplyAsync(text);", parameter: "HttpClient http"),
        Replayed("var url = \"http://x\"; var text = await session.StepAsync(\"get\", async () => { var at = DateTime.Now; return await http.GetStringAsync(new Uri(url + at)); }); await session.ReplyAsync(text);", parameter: "HttpClient http"),
        Replayed("var id = session.Data.GetOrAdd(\"id\", () => Guid.NewGuid().ToString()); Console.WriteLine(id); await session.ReplyAsync(\"x\");"),
        Replayed("await session.ReplyAsync(\"x\"); var done = DateTime.UtcNow;"),
        Replayed("System.Text.Json.Nodes.JsonNode? node; node = session.Data[$\"{Guid.NewGuid()}\"]; Console.WriteLine(node); await session.Data.FlushAsync();"),
        Replayed("await session.ReplyAsync(string.Concat(new[] { 1 }.Select(i => { Console.WriteLine(DateTime.Now); return i; })));"),
        Replayed("Console.WriteLine(DateTime.UtcNow); await session.ReplyAsync(\"x\");"),
        Replayed("var watch = System.Diagnostics.Stopwatch.StartNew(); await session.ReplyAsync(\"x\"); Console.WriteLine(watch.Elapsed);"),
        Replayed("var start = DateTime.UtcNow; await session.ReplyAsync(\"x\"); if (DateTime.UtcNow - start > TimeSpan.FromSeconds(1)) Console.WriteLine(\"slow\"); await session.ReplyAsync(\"y\");"),
        Replayed("var day = new DateTime(2026, 1, 1); await session.ReplyAsync(day.ToString());"),
        Replayed("await session.ReplyAsync(new Guid().ToString() + Guid.Parse(\"x\"));"),
        Replayed("var random = new Random(1); await session.ReplyAsync($\"{random.Next()}\");"),
        Replayed("await session.ReplyAsync($\"{random.Next()}\");", parameter: "Random random"),
        Replayed("await using var reply = session.StreamReply(); reply.Write($\"{DateTime.Now}\");"),
        Replayed("await session.StreamReplyFromAsync(Microsoft.Extensions.AI.ChatClientExtensions.GetStreamingResponseAsync(model, $\"{DateTime.Now}\"));", parameter: "Microsoft.Extensions.AI.IChatClient model"),
        Replayed("await session.ReplyAsync(\"x\"); await http.PostAsync(new Uri(\"http://x\"), null);", parameter: "HttpClient http"),
        Replayed("var text = System.IO.File.ReadAllText(\"prompt.txt\"); await session.ReplyAsync(text);"),
        Replayed("session.Data[\"at\"] = DateTime.UtcNow.Ticks; await session.ReplyAsync(\"x\");"),
        Replayed("var file = Guid.NewGuid() + \".txt\"; System.IO.File.WriteAllText(file, \"x\"); await session.ReplyAsync(\"x\"); System.IO.File.Delete(file);"),
        Replayed("for (var i = 0; i < 3; i++) { if (Random.Shared.Next(2) == 1) Console.WriteLine(); } await session.ReplyAsync(\"x\");"),
        Replayed("http.CancelPendingRequests(); http.BaseAddress = new Uri(\"http://x\"); await session.ReplyAsync(\"x\");", parameter: "HttpClient http"),
        Replayed("if (message.Text.Length > 8) await session.ReplyAsync(message.Text + session.Id);", parameter: "Message message"),
        Members("[Message] public static async Task Handle(Session session) => await session.ReplyAsync(Guid.NewGuid().ToString());"),
        Members("[Message(OnCrash = OnCrash.MarkInterrupted)] public static async Task Handle(Session session) => await session.ReplyAsync($\"{DateTime.Now}\");"),
        Members("[Task] public static async Task Handle(Session? session) { if (session is { CanReply: true }) await session.ReplyAsync($\"{DateTime.Now}\"); }"),
        Members("static Task Helper(Session session) => session.ReplyAsync($\"{DateTime.Now}\");"),
    ];

    private static string Replayed(string body, string members = "", string parameter = "IServiceProvider services") => Members(
        $"[Message(OnCrash = OnCrash.Replay)] public static async Task Handle(Session session, {parameter}, CancellationToken cancellationToken) {{ {body} }}\n    {members}");
}

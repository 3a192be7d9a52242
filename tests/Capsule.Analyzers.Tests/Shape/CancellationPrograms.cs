using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Shape;

/// <summary>CAP0007.</summary>
internal static class CancellationPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Message] public static async Task {|CAP0007:Handle|}() { await Task.Delay(1000); }"),
        Members("[Data(\"d\")] public static async Task<string> {|CAP0007:Handle|}(HttpClient http) => await http.GetStringAsync(\"https://example.com\");"),
        Members("[Schedule(\"0 * * * *\")] public static async Task {|CAP0007:Handle|}() => await File.ReadAllTextAsync(\"a\");"),
        Members("[Task] public static async ValueTask {|CAP0007:HandleAsync|}(string name) { await Task.Delay(1).ConfigureAwait(false); }"),
        Members("[Boot] public static async Task {|CAP0007:Handle|}() { var text = await new StreamReader(Stream.Null).ReadToEndAsync(); Console.WriteLine(text); }"),
        Members("[Endpoint(\"POST\", \"/\")] public static async Task {|CAP0007:Handle|}(IFormFile file) { await file.CopyToAsync(Stream.Null); }"),
        Members("[Message] public static async Task {|CAP0007:Handle|}(System.Threading.Channels.Channel<int> channel) { await foreach (var item in channel.Reader.ReadAllAsync()) Console.WriteLine(item); }"),
        Types("public class App(HttpClient http) { [Exit] public async Task {|CAP0007:Handle|}() { using var answer = await http.GetAsync(\"https://example.com\"); } }"),
        Types("public class App(CancellationTokenSource stop) { public void Stop() => stop.Cancel(); [Message] public static async Task {|CAP0007:Handle|}() => await Task.Delay(1); }"),
        Types("public static partial class App { [Boot] public static partial Task {|CAP0007:Handle|}(); public static async partial Task Handle() => await Task.Delay(1); }"),
        Types("public static class Work { public static Task RunAsync(int steps, CancellationToken cancellationToken = default) => Task.CompletedTask; } public static class App { [Boot] public static async Task {|CAP0007:Handle|}() => await Work.RunAsync(3); }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Members("[Message] public static async Task Handle(Session session) { await session.ReplyAsync(\"x\"); }"),
        Members("[Message] public static async Task Handle(CancellationToken cancellationToken) { await Task.Delay(1000, cancellationToken); }"),
        Members("[Message] public static async Task Handle(CancellationToken cancellationToken) { await Task.Delay(1000); }"),
        Members("[Message] public static Task Handle() => Task.Delay(1000);"),
        Members("[Message] public static async Task Handle() { await Task.Delay(1000, CancellationToken.None); }"),
        Members("[Message] public static async Task Handle() => await Task.Yield();"),
        Members("[Endpoint(\"GET\", \"/\")] public static async Task Handle(HttpContext context) => await Task.Delay(1, context.RequestAborted);"),
        Members("[Data(\"d\")] public static async Task<int> Handle(RequestContext context) { await Task.Delay(1); return 1; }"),
        Members("[Task] public static async Task Handle(TaskProgress progress) { await progress.ReportAsync(50); }"),
        Members("[Message] public static async Task Handle(Session session) { Func<Task> later = async () => await Task.Delay(1); await session.ReplyAsync(\"x\"); GC.KeepAlive(later); }"),
        Members("public static async Task Helper() => await Task.Delay(1);"),
        Types("public interface IJob { Task Handle(); } public class App : IJob { [Boot] public async Task Handle() => await Task.Delay(1); }"),
        Types("public class Base { public virtual Task Handle() => Task.CompletedTask; } public class App : Base { [Boot] public override async Task Handle() => await Task.Delay(1); }"),
        Types("public static class Work { public static Task RunAsync(int steps) => Task.CompletedTask; public static Task RunAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask; } public static class App { [Boot] public static async Task Handle() => await Work.RunAsync(3); }"),
        Types("public static class Work { public static Task RunAsync(int steps) => Task.CompletedTask; public static Task RunAsync<T>(int steps, CancellationToken cancellationToken) => Task.CompletedTask; } public static class App { [Boot] public static async Task Handle() => await Work.RunAsync(3); }"),
        Types("public static class Work { public static Task RunAsync(int steps) => RunAsync(steps, default); private static Task RunAsync(int steps, CancellationToken cancellationToken) => Task.CompletedTask; } public static class App { [Boot] public static async Task Handle() => await Work.RunAsync(3); }"),
        Types("public static class Work { public static IEnumerable<int> Read(CancellationToken cancellationToken = default) => []; } public static class App { [Boot] public static async Task Handle() { foreach (var i in Work.Read()) await Task.Yield(); } }"),
        Types("public record Values(CancellationToken Token, int Page); public static class App { [Data(\"d\")] public static async Task<int> Handle([AsParameters] Values values) { await Task.Delay(1); return values.Page; } }"),
        Members("[Message] public static async Task Handle(Session session) { await session.ReplyAsync(\"x\"); GC.KeepAlive((Func<Task>)Local); static async Task Local() => await Task.Delay(1); }"),
        Types("[Document(\"rows\")] public record Row(string Id, string Name); public static class App { [Data(\"d\")] public static async Task<int> Handle(Collection<Row> rows) => await rows.CountAsync(); }"),
    ];
}

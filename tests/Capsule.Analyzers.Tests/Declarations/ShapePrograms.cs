using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Declarations;

/// <summary>CAP0001 to CAP0008.</summary>
internal static class ShapePrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Message] private static void {|CAP0001:Handle|}() { }"),
        Members("[Message] static void {|CAP0001:Handle|}() { }"),
        Members("[Data(\"d\")] protected static int {|CAP0001:Handle|}() => 1;"),
        Members("[Task] private protected static void {|CAP0001:Handle|}() { }"),
        Members("private class Inner { [Boot] public static void {|CAP0001:Handle|}() { } }"),
        Types("file static class App { [Boot] public static void {|CAP0001:Handle|}() { } }"),
        Types("public interface IBoot { void Handle(); } public class App : IBoot { [Boot] void IBoot.{|CAP0001:Handle|}() { } }"),
        Members("private class Broken : Exception; [Task(RetryFor = [typeof(Broken)])] public static void {|CAP0001:Handle|}() { }"),
        Members("[Document(\"rows\")] private record {|CAP0001:Row|}(string Id);"),
        Types("[Document(\"rows\")] file record {|CAP0001:Row|}(string Id);"),

        Members("[Message] public static void {|CAP0002:Handle|}<T>() { }"),
        Types("public class App<T> { [Message] public static void {|CAP0002:Handle|}() { } }"),
        Types("public class App<T> { public class Inner { [Task] public static void {|CAP0002:Handle|}() { } } }"),
        Types("[Document(\"rows\")] public record {|CAP0002:Row|}<T>(string Id);"),
        Types("public class App<T> { [Document(\"rows\")] public record {|CAP0002:Row|}(string Id); }"),
        Members("[Endpoint(\"GET\", \"/\")] private static void {|CAP0002:Handle|}<T>() { }"),

        Members("[Message] public static async void {|CAP0003:Handle|}() => await Task.Yield();"),
        Types("public abstract class App { [Message] public abstract void {|CAP0003:Handle|}(); }"),
        Types("public abstract class App { [Message] public void {|CAP0003:Handle|}() { } }"),
        Types("public interface IApp { [Message] static void {|CAP0003:Handle|}() { } }"),
        Members("[Data(\"d\")] public static int {|CAP0003:Handle|}(ref int page) => page;"),
        Members("[Data(\"d\")] public static int {|CAP0003:Handle|}(out int page) => page = 1;"),
        Members("[Data(\"d\")] public static int {|CAP0003:Handle|}(in int page) => page;"),
        Members("static int number; [Data(\"d\")] public static ref int {|CAP0003:Handle|}() => ref number;"),
        Types("public ref struct App { [Message] public void {|CAP0003:Handle|}() { } }"),
        Members("public static void Outer() { Handle(); [Message] static void {|CAP0003:Handle|}() { } }"),
        Members("public static readonly Action Outer = {|CAP0003:[Message]|} () => { };"),
        Members("public static int Page { [Data(\"d\")] {|CAP0003:get|} => 1; }"),

        Members("[Message, Boot] public static void {|CAP0004:Handle|}() { }"),
        Members("[Message][Data(\"d\")] public static void {|CAP0004:Handle|}() { }"),
        Members("[Task, Schedule(\"0 * * * *\")] public static void {|CAP0004:Handle|}() { }"),
        Members("[Boot, Shutdown, Enter] public static void {|CAP0004:Handle|}() { }"),
        Members("[Data(\"d\"), Endpoint(\"GET\", \"/d\")] private static void {|CAP0004:Handle|}() { }"),
        Members("[Task] [Schedule(\"0 * * * *\")] [Message(\"x\")] public static Task {|CAP0004:Handle|}(Session session) => Task.CompletedTask;"),

        Members("[Message] public static string {|CAP0005:Handle|}() => \"x\";"),
        Members("[Message] public static Task<string> {|CAP0005:Handle|}() => Task.FromResult(\"x\");"),
        Members("[Schedule(\"0 * * * *\")] public static ValueTask<int> {|CAP0005:Handle|}() => new(1);"),
        Members("[Boot] public static bool {|CAP0005:Handle|}() => true;"),
        Members("[Enter] public static IAsyncEnumerable<int> {|CAP0005:Handle|}() => null!;"),
        Members("[Data(\"d\")] public static Span<int> {|CAP0005:Handle|}() => default;"),
        Members("[Message] public static Task<Task> {|CAP0005:Handle|}() => null!;"),

        Types("public class {|CAP0006:App|} { public App() { } public App(IServiceProvider services) { } [Boot] public void Handle() { } }"),
        Types("public class {|CAP0006:App|} { private App() { } [Boot] public void Handle() { } }"),
        Types("public class {|CAP0006:App|} { internal App() { } [Boot] public void Handle() { } }"),
        Types("public class {|CAP0006:App|} { public required string Name { get; init; } [Boot] public void Handle() { } }"),
        Types("public class {|CAP0006:App|}(int a) { public App(IServiceProvider services) : this(1) { } [Boot] public void Handle() { } [Shutdown] public void Stop() { } }"),
        Types("public struct {|CAP0006:App|} { public App(IServiceProvider services) { } public App(TimeProvider clock) { } [Boot] public void Handle() { } }"),

        Members("[Message] public static void Handle(RequestContext {|CAP0008:context|}) { }"),
        Members("[Message] public static void Handle(HttpContext {|CAP0008:context|}, ScheduleRun {|CAP0008:run|}) { }"),
        Members("[Endpoint(\"GET\", \"/\")] public static void Handle(Session {|CAP0008:session|}) { }"),
        Members("[Data(\"d\")] public static int Handle(Message {|CAP0008:message|}) => 1;"),
        Members("[Boot] public static void Handle(Session {|CAP0008:session|}) { }"),
        Members("[Task] public static void Handle(HttpRequest {|CAP0008:request|}) { }"),
        Members("[Enter] public static void Handle(Message {|CAP0008:message|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(Message {|CAP0008:message|}) { }"),
        Members("[Schedule(\"0 * * * *\")] public static void Handle(TaskProgress {|CAP0008:progress|}) { }"),
        Types("public class App(Session {|CAP0008:session|}) { [Message] public void Handle() { } }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        .. Near(
            "CAP0001",
            Members("[Message] internal static void Handle() { }"),
            Members("[Message] protected internal static void Handle() { }"),
            Members("internal class Inner { [Boot] internal static void Handle() { } }"),
            Types("class App { [Boot] internal static void Handle() { } }"),
            Members("[global::Capsule.Message] public static void Handle() { }"),
            Members("[Message] public static void Handle() { }"),
            Types("public class Outer { internal class Inner { internal static class Deepest { [Task] internal static void Handle() { } } } }")),
        .. Near(
            "CAP0002",
            Types("public class Base<T> { } public class App : Base<int> { [Message] public static void Handle(Session session) { } }"),
            Members("private static void Helper<T>() { } [Message] public static void Handle() => Helper<int>();"),
            Members("[Message] public static void Handle(List<string> words, IReadOnlyDictionary<string, int> counts) { }"),
            Types("public class Outer<T> { public static int Count => 1; } public static class App { [Data(\"d\")] public static int Handle() => Outer<int>.Count; }"),
            Members("[Data(\"d\")] public static List<int> Handle() { return Copy([1]); static List<T> Copy<T>(List<T> list) => list; }"),
            Types("[Document(\"rows\")] public record Row(string Id, List<int> Numbers);"),
            Types("public class Base<T> { public virtual void Handle() { } } public class App : Base<int> { [Message] public override void Handle() { } }")),
        .. Near(
            "CAP0003",
            Members("[Message] public static async Task Handle() => await Task.Yield();"),
            Types("public abstract class App { [Message] public static void Handle() { } }"),
            Types("public static partial class App { [Boot] public static partial void Handle(); } public static partial class App { public static partial void Handle() { } }"),
            Types("public class Base { public virtual void Handle() { } } public class App : Base { [Message] public override void Handle() { } }"),
            Types("public struct App { [Message] public void Handle() { } }"),
            Types("public static class App { [Note] private static void Other<T>(ref int page) { } public static void Main2() { [Note] void Local() { } Local(); } public sealed class NoteAttribute : Attribute; }")),
        .. Near(
            "CAP0004",
            Types("public class App { [Handler] public static void Handle() { } [Obsolete(\"x\")] public static void Other() { } public sealed class HandlerAttribute : Attribute; }"),
            Members("[Message, Obsolete(\"x\")] public static void Handle() { }"),
            Members("[Data(\"d\"), EndpointName(\"x\")] public static int Handle() => 1;"),
            Members("[Message] public static void Handle() { } [Boot] public static void Start() { }"),
            Members("[Task, MayReply] public static Task Handle(Session? session) => session?.ReplyAsync(\"x\") ?? Task.CompletedTask;"),
            Members("[Endpoint(\"GET\", \"/d\"), Tags(\"a\"), ProducesResponseType<int>(200)] public static int Handle() => 1;")),
        .. Near(
            "CAP0005",
            Members("[Schedule(\"0 * * * *\")] public static ValueTask Handle(ScheduleRun run, Session session) => default;"),
            Members("[Task] public static async ValueTask<string> HandleAsync(int[] numbers) { await Task.Yield(); return \"\"; }"),
            Members("[Exit] public static Task Handle(Session session) => Task.CompletedTask;"),
            Members("[Data(\"d\")] public static async IAsyncEnumerable<int> Handle() { await Task.Yield(); yield return 1; }"),
            Members("[Boot] public static ValueTask Handle() => default;"),
            Members("[Task] public static Task<int[]> Handle() => Task.FromResult(new[] { 1 });"),
            Members("[Endpoint(\"GET\", \"/\")] public static string? Handle() => null;")),
        .. Near(
            "CAP0006",
            Types("public record App(TimeProvider Clock) { [Message] public void Handle() { } }"),
            Types("public class App { public App() { } [ActivatorUtilitiesConstructor] public App(TimeProvider clock) { } [Boot] public void Handle() { } }"),
            Types("public class App { public App(TimeProvider clock) { } private App() { } [Boot] public void Handle() { } }"),
            Types("public class App(TimeProvider clock) : IAsyncDisposable { [Boot] public void Handle() => clock.GetUtcNow(); public ValueTask DisposeAsync() => default; }"),
            Types("public class App { private App() { } [Boot] public static void Handle() { } }"),
            Types("public struct App { public App(TimeProvider clock) { } [Boot] public void Handle() { } }")),
        .. Near(
            "CAP0008",
            Members("[Message] public static void Handle(Session session, Message message, TaskClient tasks, CancellationToken cancellationToken) { }"),
            Members("[Task] public static int Handle(Session? session, string name, TaskProgress progress) => 1;"),
            Members("[Enter] public static void Handle(Session session) { }"),
            Members("[Shutdown] public static void Handle(IServiceProvider services) { }"),
            Members("[Data(\"d\")] public static int Handle(RequestContext context, HttpContext http, HttpRequest request) => 1;"),
            Members("[Schedule(\"0 * * * *\")] public static void Handle(Session session, ScheduleRun run) { }"),
            Members("[Message] public static void Handle(IServiceProvider services, Message message) { }")),
    ];
}

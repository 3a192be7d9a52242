using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0302: ways from a schedule to a reply.</summary>
internal static class ReachableReplyPrograms
{
    public static IEnumerable<string> Certain =>
    [
        Reaching("await Helper(session);", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Reaching("await A(session);", "static Task A(Session s) => B(s); static async Task B(Session s) { await C(s); } static Task C(Session s) => s.NotifyAsync(\"x\");"),
        Reaching("await Helper();", "static async Task Helper() { if (Session.Current is { } session) await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper();", "static Task Helper() => Session.Current!.ReplyAsync(\"x\");"),
        Reaching("await Helper();", "static Task Helper() => Session.Current?.ReplyAsync(\"x\") ?? Task.CompletedTask;"),
        Reaching("await session.Greet();", "", "static class Greetings { public static Task Greet(this Session session) => session.ReplyAsync(\"x\"); }"),
        Reaching("await Greetings.Greet<int>(session);", "", "static class Greetings { public static Task Greet<T>(Session session) => Box<T>.Show(session); } static class Box<T> { public static Task Show(Session session) => session.ShowImageAsync(\"x\"); }"),
        Reaching("new Greeting(session); await Task.Yield();", "", "class Greeting { public Greeting(Session session) { session.StreamReply().Write(\"x\"); } }"),
        Reaching("new Polite(session); await Task.Yield();", "", "class Polite(Session session) : Greeting(session); class Greeting { public Greeting(Session session) { session.StreamReply().Write(\"x\"); } }"),
        Reaching("new Derived(); await Task.Yield();", "", "class Derived : Base { public Derived() { } } class Base { public Base() { Session.Current!.StreamReply().Write(\"x\"); } }"),
        Reaching("new Derived(); await Task.Yield();", "", "class Derived : Base; class Base { public Base() { Session.Current!.StreamReply().Write(\"x\"); } }"),
        Reaching("new Greeting(); await Task.Yield();", "", "class Greeting { public ReplyStream Stream { get; } = Session.Current!.StreamReply(); }"),
        Reaching("await new Greeting(session).Sent;", "", "class Greeting(Session session) { public Task Sent => session.ReplyAsync(\"x\"); }"),
        Reaching("await new Greeting(session)[1];", "", "class Greeting(Session session) { public Task this[int index] { get { return session.ReplyAsync(\"x\"); } } }"),
        Reaching("new Greeting(session).Text = \"x\"; await Task.Yield();", "", "class Greeting(Session session) { private string text = \"\"; public string Text { get => text; set { text = value; session.StreamReply().Write(value); } } }"),
        Reaching("await using var greeting = new Greeting(session);", "", "class Greeting(Session session) : IAsyncDisposable { public async ValueTask DisposeAsync() => await session.ReplyAsync(\"x\"); }"),
        Reaching("var sum = new Greeting(session) + 1; await Task.Yield();", "", "class Greeting(Session session) { public static int operator +(Greeting greeting, int one) { greeting.Show(); return one; } void Show() => session.StreamReply().Write(\"x\"); }"),
        Reaching("await Local(); async Task Local() => await Helper(session);", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Reaching("await Helper(session);", "static async Task Helper(Session session) { await Local(); Task Local() => Inner(); Task Inner() => session.ReplyAsync(\"x\"); }"),
        Reaching("await foreach (var text in Texts(session)) { }", "static async IAsyncEnumerable<string> Texts(Session session) { await session.NotifyAsync(\"x\"); yield return \"x\"; }"),
        Reaching("await Loop(session, 3);", "static async Task Loop(Session session, int n) { if (n > 0) await Loop(session, n - 1); else await session.ReplyAsync(\"x\"); }"),
        Reaching("await Even(session, 3);", "static Task Even(Session s, int n) => n == 0 ? s.ReplyAsync(\"x\") : Odd(s, n - 1); static Task Odd(Session s, int n) => Even(s, n - 1);"),
        Reaching("if (!session.CanReply) await Helper(session);", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Reaching("await Helper(session);", "static async Task Helper(Session session) { if (session.CanReply) Console.WriteLine(); await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session);", "static async Task Helper(Session session) { if (session.CanReply || DateTime.Now.Hour > 1) await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(null); await Helper(session);", "static Task Helper(Session? session) => session?.ReplyAsync(\"x\") ?? Task.CompletedTask;"),
        Reaching("await Helper(null);", "static async Task Helper(Session? session) { session ??= Session.Current!; await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, true);", "static async Task Helper(Session session, bool notify) { if (notify) await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, quiet: false);", "static async Task Helper(Session session, bool quiet) { if (quiet) return; await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, false); await Helper(session, true);", "static async Task Helper(Session session, bool notify) { if (notify) await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, DateTime.Now.Hour > 1);", "static async Task Helper(Session session, bool notify) { if (notify) await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, false);", "static async Task Helper(Session session, bool notify) { notify |= session.Id == \"\"; if (notify) await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, false);", "static async Task Helper(Session session, bool notify) { if (notify.ToString() == \"\") await Task.Yield(); await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, false);", "static async Task Helper(Session session, bool notify) { if (notify || session.Id == \"\") await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, false);", "static Task Helper(Session session, bool quiet) => Inner(session, !quiet); static async Task Inner(Session session, bool notify) { if (notify) await session.ReplyAsync(\"x\"); }"),
        Reaching("await Helper(session, null);", "static async Task Helper(Session session, bool? notify) { if (notify != true) await session.ReplyAsync(\"x\"); }"),
        Reaching("await new Sealed(session).Send();", "", "abstract class Sender { public abstract Task Send(); } sealed class Sealed(Session session) : Sender { public override Task Send() => session.ReplyAsync(\"x\"); }"),
        Reaching("await new Child(session).Send();", "", "class Parent(Session session) { public virtual Task Send() => session.ReplyAsync(\"x\"); } sealed class Child(Session session) : Parent(session) { public override Task Send() => base.Send(); }"),
        Reaching("await Partly(session);", "private static partial Task Partly(Session session); private static partial Task Partly(Session session) => session.SetTitleAsync(\"x\");"),
        Reaching("try { await Helper(session); } catch (ArgumentException) { }", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Members("[{|CAP0302:Schedule(\"0 * * * *\")|}] public static Task Daily(Session session) => Handle(session); [Message] public static Task Handle(Session session) => session.ReplyAsync(\"x\");"),
        Members("[{|CAP0302:Capsule.ScheduleAttribute(\"0 * * * *\")|}] public Task Daily(Session session) => Helper(session); private Task Helper(Session session) => session.PromptApprovalAsync(\"x\");"),
    ];

    public static IEnumerable<string> Possible =>
    [
        Reaching("await sender.Send(session);", "", "public interface ISender { Task Send(Session session); } class Chat : ISender { public Task Send(Session session) => session.ReplyAsync(\"x\"); }", "ISender sender"),
        Reaching("await sender.Send(session);", "", "public interface ISender { Task Send(Session session) => session.ReplyAsync(\"x\"); }", "ISender sender"),
        Reaching("await sender.Send(1);", "", "public interface ISender<T> { Task Send(T value); } class Chat : ISender<int> { Task ISender<int>.Send(int value) => Session.Current!.ReplyAsync(\"x\"); }", "ISender<int> sender"),
        Reaching("await sender.Send(session);", "", "public abstract class Sender { public abstract Task Send(Session session); } class Chat : Sender { public override Task Send(Session session) => session.ReplyAsync(\"x\"); }", "Sender sender"),
        Reaching("await sender.Send(session);", "", "public class Sender { public virtual Task Send(Session session) => Task.CompletedTask; } class Middle : Sender; class Chat : Middle { public override Task Send(Session session) => session.ReplyAsync(\"x\"); }", "Sender sender"),
        Reaching("await sender.Send(session);", "", "public class Sender { public virtual Task Send(Session session) => session.ReplyAsync(\"x\"); }", "Sender sender"),
        Reaching("await sender.Sent;", "", "public interface ISender { Task Sent { get; } } class Chat(Session session) : ISender { public Task Sent => session.ReplyAsync(\"x\"); }", "ISender sender"),
        Reaching("await sender.Send(session);", "", "public interface ISender { Task Send(Session session); } class Base { public virtual Task Send(Session session) => Task.CompletedTask; } class Chat : Base, ISender; class Loud : Chat { public override Task Send(Session session) => session.ReplyAsync(\"x\"); }", "ISender sender"),
        Reaching("await Use(sender);", "static Task Use<T>(T sender) where T : ISender => sender.Send();", "public interface ISender { Task Send(); } class Chat : ISender { public Task Send() => Session.Current!.ReplyAsync(\"x\"); }", "ISender sender"),
        Reaching("await Run(Helper);", "static Task Run(Func<Session, Task> run) => run(Session.Current!); static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Reaching("await Run(session.ReplyAsync);", "static Task Run(Func<string, CancellationToken, Task> run) => run(\"x\", default);"),
        Reaching("await Run(() => Helper(session));", "static Task Run(Func<Task> run) => run(); static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Reaching("await Run(s => s.ReplyAsync(\"x\"));", "static Task Run(Func<Session, Task> run) => run(Session.Current!);"),
        Reaching("await Helper(session);", "static async Task Helper(Session session) { Func<Task> later = () => session.ReplyAsync(\"x\"); await later(); }"),
        Reaching("await Task.WhenAll(new[] { 1 }.Select(_ => Helper(session)));", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Reaching("await Run(Local); Task Local() => Helper(session);", "static Task Run(Func<Task> run) => run(); static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Reaching("await Helper(session);", "[MayReply] static Task Helper(Session session) => Task.CompletedTask;"),
        Reaching("await sender.Send(session);", "", "public interface ISender { [MayReply] Task Send(Session session); }", "ISender sender"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Schedule("await Helper(session);", "static Task Helper(Session session) => Task.CompletedTask;"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { if (session.CanReply) await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { if (!session.CanReply) return; await session.ReplyAsync(\"x\"); }"),
        Schedule("if (!session.CanReply) return; await Helper(session);", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Schedule("await A(session);", "static Task A(Session s) => s.CanReply ? B(s) : Task.CompletedTask; static Task B(Session s) => s.ReplyAsync(\"x\");"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { var live = session.CanReply; if (live) await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { var live = session.CanReply && DateTime.Now.Hour > 1; if (!live) throw new InvalidOperationException(); await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper();", "static async Task Helper() { if (Session.Current?.CanReply == true) await Session.Current.ReplyAsync(\"x\"); }"),
        Schedule("await Helper();", "static async Task Helper() { if (Session.Current?.CanReply ?? false) await Session.Current.ReplyAsync(\"x\"); }"),
        Schedule("await Helper();", "static async Task Helper() { if (Session.Current is not { CanReply: true } session) return; await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { if (session.CanReply is false) { return; } else { } await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { while (session.CanReply) await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session);", "static Task Helper(Session session) => session switch { { CanReply: true } => session.ReplyAsync(\"x\"), _ => Task.CompletedTask };"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { switch (session.CanReply) { case true: await session.ReplyAsync(\"x\"); break; default: break; } }"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { if (!session.CanReply) return; await Local(); Task Local() => session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { if (!session.CanReply) return; await Task.WhenAll(new[] { 1 }.Select(_ => session.ReplyAsync(\"x\"))); }"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { if (IsLive(session)) await session.ReplyAsync(\"x\"); } static bool IsLive(Session session) => session.CanReply && session.Id != \"\";"),
        Schedule("await Helper(session);", "static async Task Helper(Session session) { try { await session.ReplyAsync(\"x\"); } catch (NoReplyTargetException) { Console.WriteLine(); } }"),
        Schedule("try { await Helper(session); } catch (NoReplyTargetException) { }", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Schedule("await Helper(null);", "static Task Helper(Session? session) => session?.ReplyAsync(\"x\") ?? Task.CompletedTask;"),
        Schedule("await Helper();", "static async Task Helper(int n = 1, Session? session = null) { if (session is not null) await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper();", "static Task Helper(Session? session = null) => Inner(session); static async Task Inner(Session? session) { if (session == null) return; await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(report: null);", "static async Task Helper(IReport? report) { if (report is { }) await report.Send(); }", "public interface IReport { Task Send(); } class Chat : IReport { public Task Send() => Session.Current!.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session, false);", "static async Task Helper(Session session, bool notify) { if (notify) await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session);", "static async Task Helper(Session session, bool notify = false) { if (!notify) return; await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session, quiet: true);", "static async Task Helper(Session session, bool quiet) { if (quiet) return; await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session, quiet: true);", "static Task Helper(Session session, bool quiet) => Inner(session, !quiet); static async Task Inner(Session session, bool notify) { if (notify && session.Id != \"\") await session.ReplyAsync(\"x\"); }"),
        Schedule("await Helper(session, false);", "static Task Helper(Session session, bool notify) => Inner(session, notify); static async Task Inner(Session session, bool notify) { var tell = notify; if (tell) await session.ReplyAsync(\"x\"); }"),
        Schedule("new Greeting(session, false); await Task.Yield();", "", "class Greeting { public Greeting(Session session, bool loud) { if (loud) session.StreamReply().Write(\"x\"); } }"),
        Schedule("await Helper(session, false);", "static Task Helper(Session session, bool notify) => notify switch { true => session.ReplyAsync(\"x\"), false => Task.CompletedTask };"),
        Schedule("await Helper(session);", "[DoesNotReply] static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Schedule("await sender.Send(session);", "", "public interface ISender { [DoesNotReply] Task Send(Session session); } class Chat : ISender { public Task Send(Session session) => session.ReplyAsync(\"x\"); }", "ISender sender"),
        Schedule("await sender.Send(session);", "", "public interface ISender { Task Send(Session session); } class Quiet : ISender { public Task Send(Session session) => Task.CompletedTask; } class Chat { public Task Send(Session session) => session.ReplyAsync(\"x\"); }", "ISender sender"),
        Schedule("await new Quiet().Send(session);", "", "class Sender { public virtual Task Send(Session session) => session.ReplyAsync(\"x\"); } sealed class Quiet : Sender { public override Task Send(Session session) => Task.CompletedTask; }"),
        Schedule("Console.WriteLine(box.ToString()); await Task.Yield();", "", "public sealed class Loud(Session session) { public override string ToString() { session.StreamReply().Write(\"x\"); return \"\"; } }", "IServiceProvider box"),
        Schedule("Console.WriteLine(nameof(Helper)); await Task.Yield();", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Schedule("await Task.Yield(); async Task Unused() => await Helper(session);", "static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
        Schedule("await tasks.Greet.SubmitAsync(name: \"x\");", "[Task] public static async Task Greet(Session? session, string name) { if (session is not null) await session.ReplyAsync(name); }", "", "TaskClient tasks"),
        Schedule("await Helper(session);", "static Task Helper(Session session) => Task.CompletedTask; static Task Unrelated(Session session) => session.ReplyAsync(\"x\");"),
        Members("[Message] public static Task Handle(Session session) => Helper(session); [Task] public static Task Run(Session? session) => session is null ? Task.CompletedTask : Helper(session); static Task Helper(Session session) => session.ReplyAsync(\"x\");"),
    ];

    /// <summary>A program with a schedule that is reported, helpers beside it, other types and more parameters of the schedule.</summary>
    private static string Reaching(string body, string members, string types = "", string parameters = "") =>
        Schedule(body, members, types, parameters).Replace("[Schedule(\"0 * * * *\")]", "[{|CAP0302:Schedule(\"0 * * * *\")|}]", StringComparison.Ordinal);

    private static string Schedule(string body, string members, string types = "", string parameters = "") => Types($$"""
        public partial class App
        {
            [Schedule("0 * * * *")]
            public static async Task Daily(Session session{{(parameters.Length > 0 ? ", " + parameters : "")}}) { {{body}} }
            {{members}}
        }
        {{types}}
        """);
}

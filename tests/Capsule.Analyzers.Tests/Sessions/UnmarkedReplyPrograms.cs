using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0317.</summary>
internal static class UnmarkedReplyPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("public static Task {|CAP0317:Greet|}(Session session) => session.ReplyAsync(\"x\");"),
        Members("public static Task {|CAP0317:Greet|}(Session session) => Inner(session); static Task Inner(Session session) => session.ReplyAsync(\"x\");"),
        Members("public async Task {|CAP0317:Greet|}() { if (Session.Current is { } session) await session.NotifyAsync(\"x\"); }"),
        Members("public Task {|CAP0317:Greet|}(Session? session) => session?.ReplyAsync(\"x\") ?? Task.CompletedTask;"),
        Members("public static Task {|CAP0317:Greet|}(Session session) => Other(session); public static Task {|CAP0317:Other|}(Session session) => session.ShowImageAsync(\"x\");"),
        Members("public virtual Task {|CAP0317:Greet|}(Session session) => session.ReplyAsync(\"x\");"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Members("[MayReply] public static Task Greet(Session session) => session.ReplyAsync(\"x\");"),
        Members("[DoesNotReply] public static Task Greet(Session session) => session.ReplyAsync(\"x\");"),
        Members("internal static Task Greet(Session session) => session.ReplyAsync(\"x\");"),
        Types("public class Quiet { public virtual Task Greet(Session session) => Task.CompletedTask; } public class Loud : Quiet { public override Task Greet(Session session) => session.ReplyAsync(\"x\"); }"),
        Members("protected static Task Greet(Session session) => session.ReplyAsync(\"x\");"),
        Members("class Inner { public static Task Greet(Session session) => session.ReplyAsync(\"x\"); }"),
        Members("public static Task Greet(Session session) => session.CanReply ? session.ReplyAsync(\"x\") : Task.CompletedTask;"),
        Members("public static Func<Task> Greet(Session session) => () => session.ReplyAsync(\"x\");"),
        Members("public static Task Greet(Session session) => session.Data.FlushAsync();"),
        Members("public static Task Greet(Session session) => session.ReplyAsync(\"x\"); [Message] public static Task Handle(Session session) => Greet(session);"),
    ];
}

using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0315.</summary>
internal static class ScopedDataPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        With("User", "[Schedule(\"0 * * * *\")] public static void Handle({|CAP0315:Collection<Draft>|} drafts) { }"),
        With("Session", "[Schedule(\"0 * * * *\")] public static void Handle({|CAP0315:Collection<Draft>|} drafts) { }"),
        With("User", "[Boot] public static void Handle({|CAP0315:Collection<Draft>|} drafts) { }"),
        With("Session", "[Boot] public static void Handle(DocumentDatabase db) => GC.KeepAlive({|CAP0315:db.GetCollection<Draft>()|});"),
        With("User", "[Schedule(\"0 * * * *\")] public static void Handle(Session session) => GC.KeepAlive({|CAP0315:session.Db.GetCollection<Draft>()|});"),
        With("User", "[Schedule(\"0 * * * *\")] public static Task Handle(Session session, CancellationToken cancellationToken) => {|CAP0315:session.Db.Drafts|}.CountAsync(cancellationToken: cancellationToken);"),
        With("User", "[Boot] public static Task Handle(DocumentDatabase db, CancellationToken cancellationToken) { var drafts = {|CAP0315:db.Drafts|}; return drafts.CountAsync(cancellationToken: cancellationToken); }"),
        With("User", "static Collection<Draft> Mine => null!; [Schedule(\"0 * * * *\")] public static void Handle() => GC.KeepAlive({|CAP0315:Mine|});"),
        With("User", "public class Jobs({|CAP0315:Collection<Draft>|} drafts) { [Schedule(\"0 * * * *\")] public void Handle() => GC.KeepAlive(drafts); [Message] public static void Chat() { } }"),
        With("User", "public class Jobs { public Jobs({|CAP0315:Collection<Draft>|} drafts) { } [Boot] public void Handle() { } [Schedule(\"0 * * * *\")] public void Hourly() { } }"),
        With("Session", "[Schedule(\"0 * * * *\")] public static void Handle(IServiceProvider services, {|CAP0315:Collection<Draft>|} drafts, Session session) { }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        With("App", "[Schedule(\"0 * * * *\")] public static void Handle(Collection<Draft> drafts) { }"),
        With("Owner", "[Schedule(\"0 * * * *\")] public static void Handle(Collection<Draft> drafts, Session session) => GC.KeepAlive(session.Db.Drafts);"),
        With("User", "[Message] public static void Handle(Collection<Draft> drafts) { }"),
        With("Session", "[Message] public static void Handle(Session session) => GC.KeepAlive(session.Db.Drafts);"),
        With("User", "[Task] public static void Handle(Collection<Draft> drafts) { }"),
        With("User", "[Data(\"d\")] public static int Handle(Collection<Draft> drafts) => 1;"),
        With("User", "public class Jobs(Collection<Draft> drafts) { [Schedule(\"0 * * * *\")] public void Handle() => GC.KeepAlive(drafts); [Message] public void Chat() { } }"),
        With("User", "public class Jobs(Collection<Draft> drafts) { public void Handle() => GC.KeepAlive(drafts); [Schedule(\"0 * * * *\")] public static void Hourly() { } }"),
        With("App", "public class Jobs(Collection<Draft> drafts) { [Schedule(\"0 * * * *\")] public void Handle() => GC.KeepAlive(drafts); }"),
        With("User", "static void Helper(Collection<Draft> drafts) { }"),
        Types("[Document(\"drafts\")] public record Draft(string Id); public static class App { [Boot] public static void Handle(Collection<Draft> drafts) { } }"),
    ];

    private static string With(string scope, string members) =>
        Types($"[Document(\"drafts\", Scope = Scope.{scope})] public record Draft(string Id);\npublic static class App\n{{\n    {members}\n}}\n");
}

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
        With("User", "static void Helper(Collection<Draft> drafts) { }"),
        Types("[Document(\"drafts\")] public record Draft(string Id); public static class App { [Boot] public static void Handle(Collection<Draft> drafts) { } }"),
    ];

    private static string With(string scope, string members) =>
        Types($"[Document(\"drafts\", Scope = Scope.{scope})] public record Draft(string Id);\npublic static class App\n{{\n    {members}\n}}\n");
}

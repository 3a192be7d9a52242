using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0312.</summary>
internal static class PromptPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Members("[Data(\"d\")] public static async Task<bool> Handle(Session session) => await {|CAP0312:session.PromptApprovalAsync(\"x\")|};"),
        Members("[Data(\"d\")] public static Task<bool> Handle(Session session) => {|CAP0312:session.PromptApprovalAsync(\"x\")|};"),
        Members("[Data(\"d\")] public static async Task<string> Handle(Session? session) => session is null ? \"\" : (await {|CAP0312:session.PromptFileAsync(\"x\")|}).Name;"),
        Members("[Data(\"d\")] public static async Task<bool> Handle(Session session) { var asked = {|CAP0312:session.PromptApprovalAsync(\"x\")|}; return await asked.ConfigureAwait(false); }"),
        Members("[Endpoint(\"GET\", \"/\")] public static async Task<bool> Handle() => await {|CAP0312:Session.Current!.PromptApprovalAsync(\"x\")|};"),
        Members("[Boot] public static async Task Handle() { if (Session.Current is { } session) await {|CAP0312:session.PromptApprovalAsync(\"x\")|}; }"),
        Members("[Shutdown] public static async Task Handle() => await Ask(); static Task Ask() => Task.CompletedTask; [Boot] public static Task Start() => {|CAP0312:Session.Current!.PromptApprovalAsync(\"x\")|};"),
        Members("[Data(\"d\")] public static async Task<string> Handle(Session session) => (await {|CAP0312:session.RequireIntegrationAsync(Integration.GitHub)|}).TokenType;"),
        Members("[Boot] public static async Task Handle() => await {|CAP0312:Session.Current!.RequireIntegrationAsync(Integration.Of(\"x\"), \"why\")|};"),
        Members("[Shutdown] public static async Task Handle() { if (Session.Current is { CanReply: true } session) await {|CAP0312:session.PromptFileAsync()|}; }"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Members("[Message] public static async Task Handle(Session session) => await session.PromptApprovalAsync(\"x\");"),
        Members("[Task] public static async Task Handle(Session? session) { if (session is not null) await session.PromptApprovalAsync(\"x\"); }"),
        Members("[Enter] public static async Task Handle(Session session) => await session.PromptFileAsync();"),
        Members("[Exit] public static async Task Handle(Session session) => await session.PromptFileAsync();"),
        Members("[Data(\"d\")] public static async Task<int> Handle(Session session) { await session.ReplyAsync(\"x\"); return 1; }"),
        Members("[Data(\"e\")] public static int Handle() { Ask(s => s.PromptApprovalAsync(\"x\")); return 1; } static void Ask(Func<Session, Task<bool>> ask) { }"),
        Members("[Message] public static async Task Handle(Session session) => await session.RequireIntegrationAsync(Integration.GitHub);"),
        Members("[Data(\"d\")] public static async Task<string> Handle(Session session) => session.GetIntegration(Integration.GitHub) is null ? \"\" : (await session.RequireIntegrationAsync(Integration.GitHub)).TokenType;"),
        Members("static Task<bool> Ask(Session session) => session.PromptApprovalAsync(\"x\");"),
        Members("[Data(\"d\")] public static Task<bool> Handle(IPrompter prompter) => prompter.PromptApprovalAsync(); public interface IPrompter { Task<bool> PromptApprovalAsync(); }"),
    ];
}

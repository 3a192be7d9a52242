using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0316.</summary>
internal static class IntegrationPrograms
{
    public static IEnumerable<string> Invalid =>
    [
        Message("var account = {|CAP0316:session.GetIntegration(Integration.GitHub)!|};"),
        Message("var token = {|CAP0316:session.GetIntegration(Integration.GitHub)!|}.AccessToken;"),
        Message("var token = {|CAP0316:session.Integrations[Integration.GitHub]!|}.AccessToken;"),
        Message("var account = session.GetIntegration(Integration.GitHub); Use({|CAP0316:account!|});"),
        Message("var account = session.Integrations[Integration.Of(\"x\")]; var token = {|CAP0316:account!|}.AccessToken;"),
        Message("var token = {|CAP0316:(session.Integrations[Integration.GitHub])!|}.AccessToken;"),
        Message("Use({|CAP0316:Session.Current!.GetIntegration(Integration.GitHub)!|});"),
        Message("await session.ShowIntegrationAsync(Integration.GitHub); Use({|CAP0316:session.GetIntegration(Integration.GitHub)!|});"),
        Message("if (session.GetIntegration(Integration.Gmail) is null) return; Use({|CAP0316:session.GetIntegration(Integration.GitHub)!|});"),
        Message("Use({|CAP0316:session.GetIntegration(Integration.GitHub)!|}); Use({|CAP0316:session.GetIntegration(Integration.GitHub)!|});"),
        Message("Use({|CAP0316:session.GetIntegration(Integration.GitHub)!|}); if (session.GetIntegration(Integration.GitHub) is null) return;"),
        Members("[Data(\"d\")] public static string Handle(RequestContext context) => {|CAP0316:context.Integrations[Integration.GitHub]!|}.AccessToken;"),
        Members("[Message] public static Task Handle(Session session) => session.ReplyAsync({|CAP0316:session.GetIntegration(Integration.GitHub)!|}.TokenType + {|CAP0316:session.GetIntegration(Integration.GitHub)!|}.AccessToken);"),
        Members("[Task] public static string Handle(Session? session) => {|CAP0316:session!.GetIntegration(Integration.GitHub)!|}.AccessToken;"),
        Members("static string TokenOf(ConnectedIntegrations accounts) => {|CAP0316:accounts[Integration.GitHub]!|}.AccessToken;"),
    ];

    public static IEnumerable<string> Valid =>
    [
        Message("var account = await session.RequireIntegrationAsync(Integration.GitHub); Use(account);"),
        Message("if (session.GetIntegration(Integration.GitHub) is { } account) Use(account);"),
        Message("var token = session.Integrations[Integration.GitHub]?.AccessToken;"),
        Members("[Message] public static Task Handle(Session session) => session.GetIntegration(Integration.GitHub) is null ? Task.CompletedTask : session.ReplyAsync(session.GetIntegration(Integration.GitHub)!.TokenType);"),
        Message("var account = session.GetIntegration(Integration.GitHub); if (account is null) return; Use(account!);"),
        Message("if (session.Integrations[Integration.GitHub] is null) await session.PromptIntegrationAsync(Integration.GitHub); Use(session.Integrations[Integration.GitHub]!);"),
        Message("if (session.GetIntegration(Integration.GitHub) == null) { await session.ReplyAsync(\"x\"); return; } Use(session.GetIntegration(Integration.GitHub)!);"),
        Message("await session.RequireIntegrationAsync(Integration.GitHub); Use(session.GetIntegration(Integration.GitHub)!);"),
        Message("if (!session.Integrations.Connected.Contains(Integration.GitHub)) return; Use(session.Integrations[Integration.GitHub]!);"),
        Message("IntegrationCredentials? account = null; Use(account!);"),
        Message("Use(Find(\"x\")!);", "static IntegrationCredentials? Find(string name) => new();"),
        Message("var name = session.Integrations!.Connected[0]!.Name;"),
        Members("[Data(\"d\")] public static string Handle(RequestContext context) => context.Integrations[Integration.GitHub]?.AccessToken ?? \"\";"),
        Members("#nullable disable\n    [Message] public static void Handle(Session session) => GC.KeepAlive(session.GetIntegration(Integration.GitHub).AccessToken);\n    #nullable restore"),
    ];

    private static string Message(string body, string members = "") => Members(
        $"[Message] public static async Task Handle(Session session) {{ await session.NotifyAsync(\"x\"); {body} }}\n    static void Use(IntegrationCredentials account) {{ }}\n    {members}");
}

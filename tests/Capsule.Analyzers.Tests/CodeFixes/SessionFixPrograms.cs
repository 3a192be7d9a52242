namespace Capsule.Analyzers.Tests.CodeFixes;

/// <summary>Members of a class before and after a fix of a rule about sessions and schedules. After a slash, the title of one of several edits.</summary>
internal static class SessionFixPrograms
{
    private const string Drafts = "[Document(\"rows\", Scope = Scope.User)] public record Draft(string Id);";

    public static IEnumerable<(string Fix, string Before, string After)> OfMembers =>
    [
        (
            "RemoveOutputFix/Check CanReply first",
            "[Schedule(\"0 * * * *\")]\n    public static async Task Handle(Session session)\n    {\n        await Task.Yield();\n        await session.ReplyAsync(\"x\");\n    }",
            "[Schedule(\"0 * * * *\")]\n    public static async Task Handle(Session session)\n    {\n        await Task.Yield();\n        if (session.CanReply)\n            await session.ReplyAsync(\"x\");\n    }"),
        (
            "RemoveOutputFix/Remove the call",
            "[Schedule(\"0 * * * *\")]\n    public static async Task Handle(Session session)\n    {\n        await Task.Yield();\n        await session.ReplyAsync(\"x\");\n    }",
            "[Schedule(\"0 * * * *\")]\n    public static async Task Handle(Session session)\n    {\n        await Task.Yield();\n    }"),
        (
            "GuardCurrentSessionFix",
            "[Task]\n    public static async Task Handle()\n    {\n        var session = Session.Current!;\n        await session.ReplyAsync(\"x\");\n    }",
            "[Task]\n    public static async Task Handle()\n    {\n        var session = Session.Current!;\n        if (session.CanReply)\n            await session.ReplyAsync(\"x\");\n    }"),
        (
            "GuardCurrentSessionFix",
            "[Task]\n    public static async Task Handle()\n    {\n        await Session.Current!.ReplyAsync(\"x\");\n    }",
            "[Task]\n    public static async Task Handle()\n    {\n        if (Session.Current is { CanReply: true } session)\n            await session.ReplyAsync(\"x\");\n    }"),
        ("AwaitBackgroundWorkFix", "[Message] public static async Task Handle(Session session) { _ = Task.Run(() => session.ReplyAsync(\"x\")); await Task.Yield(); }", "[Message] public static async Task Handle(Session session) { await Task.Run(() => session.ReplyAsync(\"x\")); await Task.Yield(); }"),
        ("AwaitBackgroundWorkFix", "[Message] public static void Handle(Session session) { Task.Run(() => session.ReplyAsync(\"x\")); }", "[Message] public static async Task Handle(Session session) { await Task.Run(() => session.ReplyAsync(\"x\")); }"),
        ("AwaitBackgroundWorkFix", "[Message] public static void Handle(Session session) { _ = Later(session); }\n    static async Task Later(Session session) { await Task.Yield(); await session.ReplyAsync(\"x\"); }", "[Message] public static async Task Handle(Session session) { await Later(session); }\n    static async Task Later(Session session) { await Task.Yield(); await session.ReplyAsync(\"x\"); }"),
        ("NearestCronFix", "[Schedule(\"60 * * * *\")] public static void Handle() { }", "[Schedule(\"59 * * * *\")] public static void Handle() { }"),
        ("NearestCronFix", "[Schedule(\"@hourly\")] public static void Handle() { }", "[Schedule(\"0 * * * *\")] public static void Handle() { }"),
        ("NearestCronFix", "[Schedule(\"0 30 9 ? * MON-FRI\")] public static void Handle() { }", "[Schedule(\"30 9 * * MON-FRI\")] public static void Handle() { }"),
        ("NearestCronFix", "[Schedule(\"0 9 * JUNE *\", TimeZone = \"Europe/Berlin\")] public static void Handle() { }", "[Schedule(\"0 9 * JUN *\", TimeZone = \"Europe/Berlin\")] public static void Handle() { }"),
        ("NearestCronFix", "[Schedule(\"*/0 25 * *\")] public static void Handle() { }", "[Schedule(\"*/1 23 * * *\")] public static void Handle() { }"),
        ("ExistingDayFix", "[Schedule(\"0 0 30 2 *\")] public static void Handle() { }", "[Schedule(\"0 0 29 2 *\")] public static void Handle() { }"),
        ("ExistingDayFix", "[Schedule(\"0 0 31 4,6 *\")] public static void Handle() { }", "[Schedule(\"0 0 30 4,6 *\")] public static void Handle() { }"),
        ("IanaNameFix", "[Schedule(\"0 * * * *\", TimeZone = \"W. Europe Standard Time\")] public static void Handle() { }", "[Schedule(\"0 * * * *\", TimeZone = \"Europe/Berlin\")] public static void Handle() { }"),
        ("IanaNameFix", "[Schedule(\"0 * * * *\", TimeZone = \"america/new york\")] public static void Handle() { }", "[Schedule(\"0 * * * *\", TimeZone = \"America/New_York\")] public static void Handle() { }"),
        ("RemoveRequestParameterFix", "[Schedule(\"0 * * * *\")] public static void Handle(Session session, HttpContext context, ScheduleRun run) { }", "[Schedule(\"0 * * * *\")] public static void Handle(Session session, ScheduleRun run) { }"),
        ("AwaitBlockingWaitFix", "[Message] public static async Task Handle() { var length = Work().Result.Length; Work().Wait(); await Task.Yield(); }\n    static Task<string> Work() => Task.FromResult(\"x\");", "[Message] public static async Task Handle() { var length = (await Work()).Length; await Work(); await Task.Yield(); }\n    static Task<string> Work() => Task.FromResult(\"x\");"),
        ("AwaitBlockingWaitFix", "[Message] public static void Handle() { var text = Work().GetAwaiter().GetResult(); }\n    static Task<string> Work() => Task.FromResult(\"x\");", "[Message] public static async Task Handle() { var text = await Work(); }\n    static Task<string> Work() => Task.FromResult(\"x\");"),
        ("NearestLockArgumentFix", "[Task(Lock = \"mailbox:{mailbx}:{name}\")] public static void Handle(string mailbox, string name) { }", "[Task(Lock = \"mailbox:{mailbox}:{name}\")] public static void Handle(string mailbox, string name) { }"),
        ("NearestLockArgumentFix", "[Task(Lock = @\"\\{Name}\")] public static void Handle(string name) { }", "[Task(Lock = @\"\\{name}\")] public static void Handle(string name) { }"),
        ("WiderScopeFix/Make the scope of 'Draft' App", $"{Drafts} [Boot] public static void Handle(Collection<Draft> drafts) {{ }}", $"{Drafts} [Boot] public static void Handle(Collection<Draft> drafts) {{ }}".Replace("Scope.User", "Scope.App", StringComparison.Ordinal)),
        ("WiderScopeFix/Make the scope of 'Draft' Owner", $"{Drafts} [Schedule(\"0 * * * *\")] public static void Handle(DocumentDatabase db) => GC.KeepAlive(db.GetCollection<Draft>());", $"{Drafts} [Schedule(\"0 * * * *\")] public static void Handle(DocumentDatabase db) => GC.KeepAlive(db.GetCollection<Draft>());".Replace("Scope.User", "Scope.Owner", StringComparison.Ordinal)),
        ("RequireIntegrationFix", "[Message] public static async Task Handle(Session session) { await Task.Yield(); var token = session.GetIntegration(Integration.GitHub)!.AccessToken; }", "[Message] public static async Task Handle(Session session) { await Task.Yield(); var token = (await session.RequireIntegrationAsync(Integration.GitHub)).AccessToken; }"),
        ("RequireIntegrationFix", "[Message] public static void Handle(Session session) { var account = session.Integrations[Integration.Of(\"x\")]!; }", "[Message] public static async Task Handle(Session session) { var account = await session.RequireIntegrationAsync(Integration.Of(\"x\")); }"),
        ("RecordInStepFix", "[Message(OnCrash = OnCrash.Replay)] public static async Task Handle(Session session) { var text = await new HttpClient().GetStringAsync(new Uri(\"http://x\")); await session.ReplyAsync(text); }", "[Message(OnCrash = OnCrash.Replay)] public static async Task Handle(Session session) { var text = await session.StepAsync(\"text\", () => new HttpClient().GetStringAsync(new Uri(\"http://x\"))); await session.ReplyAsync(text); }"),
        ("RecordInStepFix", "[Message(OnCrash = OnCrash.Replay)] public static async Task Handle(Session session) => await session.ReplyAsync(DateTime.Now.ToString());", "[Message(OnCrash = OnCrash.Replay)] public static async Task Handle(Session session) => await session.ReplyAsync((await session.StepAsync(\"now\", () => DateTime.Now)).ToString());"),
        ("RecordInStepFix", "[Message(OnCrash = OnCrash.Replay)]\n    public static async Task Handle(Session session)\n    {\n        var order = Guid.NewGuid();\n        await session.ReplyAsync($\"{order} at {DateTimeOffset.UtcNow}\");\n    }", "[Message(OnCrash = OnCrash.Replay)]\n    public static async Task Handle(Session session)\n    {\n        var order = await session.StepAsync(\"order\", () => Guid.NewGuid());\n        await session.ReplyAsync($\"{order} at {await session.StepAsync(\"utcNow\", () => DateTimeOffset.UtcNow)}\");\n    }"),
    ];

    public static IEnumerable<(string Fix, string Members)> WithoutFix =>
    [
        ("GuardCurrentSessionFix", "[Task] public static Task Handle() => Session.Current!.ReplyAsync(\"x\");"),
        ("AwaitBackgroundWorkFix", "static Session? last; [Message] public static void Handle(Session session) { last = session; }"),
        ("AwaitBackgroundWorkFix", "public static void Helper(Session session) { _ = Task.Run(() => session.ReplyAsync(\"x\")); }"),
        ("RequireIntegrationFix", "[Data(\"d\")] public static async Task<string> Get(Session session) { await Task.Yield(); return session.GetIntegration(Integration.GitHub)!.AccessToken; }"),
        ("RequireIntegrationFix", "[Schedule(\"0 * * * *\")] public static async Task Handle(Session session) { await Task.Yield(); GC.KeepAlive(session.Integrations[Integration.GitHub]!); }"),
        ("NearestCronFix", "const string Cron = \"x\"; [Schedule(Cron)] public static void Handle() { }"),
        ("NearestCronFix", "[Schedule(\"\")] public static void Handle() { }"),
        ("ExistingDayFix", "const string Cron = \"0 0 30 2 *\"; [Schedule(Cron)] public static void Handle() { }"),
        ("IanaNameFix", "const string Zone = \"Mars\"; [Schedule(\"0 * * * *\", TimeZone = Zone)] public static void Handle() { }"),
        ("RemoveRequestParameterFix", "[Schedule(\"0 * * * *\")] public static void Handle(HttpContext context) => context.Abort();"),
        ("AwaitBlockingWaitFix", "[Data(\"d\")] public static string Handle() => Task.FromResult(\"x\").Result;"),
        ("AwaitBlockingWaitFix", "[Message] public static async Task Handle() { Task.Delay(1).Wait(1000); await Task.Yield(); }"),
        ("NearestLockArgumentFix", "[Task(Lock = \"{x}\")] public static void Handle(IServiceProvider services) { }"),
        ("RequireIntegrationFix", "[Data(\"d\")] public static async Task<string> Handle(RequestContext context) { await Task.Yield(); return context.Integrations[Integration.GitHub]!.AccessToken; }"),
        ("RequireIntegrationFix", "[Message] public static async Task Handle(Session session) { var account = session.GetIntegration(Integration.GitHub); await session.ReplyAsync(account!.TokenType); }"),
        ("RequireIntegrationFix", "[Task] public static string Handle(Session? session) => session!.GetIntegration(Integration.GitHub)!.AccessToken;"),
        ("RecordInStepFix", "[Message(OnCrash = OnCrash.Replay)] public static async Task Handle(Session session) { using var answer = await new HttpClient().GetAsync(new Uri(\"http://x\")); await session.ReplyAsync($\"{answer.StatusCode}\"); }"),
        ("RecordInStepFix", "[Message(OnCrash = OnCrash.Replay)] public static async Task Handle(Session session) { await session.ReplyAsync(string.Concat(new[] { 1 }.Select(_ => Guid.NewGuid()))); }"),
    ];
}

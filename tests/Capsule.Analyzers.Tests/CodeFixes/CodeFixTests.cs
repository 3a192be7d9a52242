using System.Text.RegularExpressions;
using Capsule.Analyzers.Tests.Harness;
using Capsule.Analyzers.Tests.Rules;
using Microsoft.CodeAnalysis.CodeFixes;
using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.CodeFixes;

/// <summary>Each fix gives a program that compiles and in which its rule is content.</summary>
public class CodeFixTests
{
    /// <summary>The fix, a class's members before it, and after it.</summary>
    public static TheoryData<string, string, string> Members_before_and_after => new()
    {
        { "MakeInternalFix", "[Message] private static void Handle() { }", "[Message] internal static void Handle() { }" },
        { "MakeInternalFix", "[Message] static void Handle() { }", "[Message] internal static void Handle() { }" },
        { "MakeInternalFix", "[Message] private protected static void Handle() { }", "[Message] internal static void Handle() { }" },
        { "MakeInternalFix", "private class Inner { [Boot] private static void Handle() { } }", "internal class Inner { [Boot] internal static void Handle() { } }" },
        { "MakeInternalFix", "[Document(\"rows\")] private record Row(string Id);", "[Document(\"rows\")] internal record Row(string Id);" },

        { "ReturnTaskFix", "[Message] public static async void Handle() => await Task.Yield();", "[Message] public static async Task Handle() => await Task.Yield();" },
        { "ReturnTaskFix", "[Boot] public async void Handle() { await Task.Yield(); return; }", "[Boot] public async Task Handle() { await Task.Yield(); return; }" },

        {
            "RemoveOutputFix",
            "[Schedule(\"0 * * * *\")]\n    public static async Task Handle(Session session)\n    {\n        await Task.Yield();\n        await session.ReplyAsync(\"x\");\n    }",
            "[Schedule(\"0 * * * *\")]\n    public static async Task Handle(Session session)\n    {\n        await Task.Yield();\n    }"
        },

        { "AwaitCallFix", "[Message] public static async Task Handle(Session session) { session.ReplyAsync(\"x\"); await Task.Yield(); }", "[Message] public static async Task Handle(Session session) { await session.ReplyAsync(\"x\"); await Task.Yield(); }" },
        { "AwaitCallFix", "[Message] public static async Task Handle(Session session) { _ = session.ReplyAsync(\"x\"); await Task.Yield(); }", "[Message] public static async Task Handle(Session session) { await session.ReplyAsync(\"x\"); await Task.Yield(); }" },
        { "AwaitCallFix", "[Message] public static void Handle(Session session) { session.ReplyAsync(\"x\"); session.NotifyAsync(\"y\"); }", "[Message] public static async Task Handle(Session session) { await session.ReplyAsync(\"x\"); await session.NotifyAsync(\"y\"); }" },

        { "MarkMayReplyFix", "public static Task Greet(Session session) => session.ReplyAsync(\"x\");", "[MayReply]\n    public static Task Greet(Session session) => session.ReplyAsync(\"x\");" },
        { "MarkMayReplyFix", "/// <summary>Greets.</summary>\n    [Obsolete]\n    public Task Greet(Session session) => session.ReplyAsync(\"x\");", "/// <summary>Greets.</summary>\n    [Obsolete]\n    [MayReply]\n    public Task Greet(Session session) => session.ReplyAsync(\"x\");" },

        { "AwaitUsingFix", "[Message] public static async Task Handle(Session session) { var reply = session.StreamReply(); await reply.WriteAsync(\"x\"); }", "[Message] public static async Task Handle(Session session) { await using var reply = session.StreamReply(); await reply.WriteAsync(\"x\"); }" },
        { "AwaitUsingFix", "[Message] public static void Handle(Session session) { var reply = session.StreamReply(); reply.Write(\"x\"); }", "[Message] public static async Task Handle(Session session) { await using var reply = session.StreamReply(); reply.Write(\"x\"); }" },
    };

    public static TheoryData<string, string> Members_without_a_fix => new()
    {
        { "ReturnTaskFix", "[Message] public static void Handle(ref int page) { }" },
        { "MakeInternalFix", "private class Broken : Exception; [Task(RetryFor = [typeof(Broken)])] public static void Handle() { }" },
        { "RemoveOutputFix", "[Schedule(\"0 * * * *\")] public static Task Handle(Session session) => session.ReplyAsync(\"x\");" },
        { "AwaitCallFix", "public static void Helper(Session session) { session.ReplyAsync(\"x\"); }" },
        { "AwaitCallFix", "public static async Task Helper(Session? session) { await Task.Yield(); session?.ReplyAsync(\"x\"); }" },
        { "AwaitCallFix", "public static async Task Helper(Session session) { await Task.Yield(); _ = session.CanReply ? session.ReplyAsync(\"x\") : session.NotifyAsync(\"y\"); }" },
        { "AwaitUsingFix", "public static void Helper(Session session) { var reply = session.StreamReply(); reply.Write(\"x\"); }" },
    };

    private static readonly string[] Names = ["One", "Two", "Three"];

    private static readonly int[] LessAndLess = [20, 11, 5, 4, 2];

    public static TheoryData<string> All => [.. FixTypes.Select(type => type.Name)];

    private static IEnumerable<Type> FixTypes => typeof(CapsuleCodeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CapsuleCodeFix)));

    public static IEnumerable<object[]> Programs =>
        FixPrograms.OfMembers.Concat(SessionFixPrograms.OfMembers).Select(row => (row.Fix, Before: Members(row.Before), After: Members(row.After))).Concat(FixPrograms.Whole)
            .Select(row => new object[] { row.Fix, row.Before, row.After });

    public static IEnumerable<object[]> Programs_without_a_fix => FixPrograms.WithoutFix.Concat(SessionFixPrograms.WithoutFix).Select(row => new object[] { row.Fix, row.Members });

    [Theory]
    [MemberData(nameof(Members_before_and_after))]
    public Task A_fix_is_applied(string fix, string before, string after) => Fixes.VerifyAsync(Create(fix), Members(before), Members(after));

    [Theory]
    [MemberData(nameof(Programs))]
    public Task An_edit_is_made(string fix, string before, string after) => Fixes.VerifyAsync(Create(fix), before, after, TitleIn(fix));

    [Theory]
    [MemberData(nameof(Members_without_a_fix))]
    [MemberData(nameof(Programs_without_a_fix))]
    public Task Where_an_edit_would_not_help_none_is_offered(string fix, string members) => Fixes.VerifyNoneAsync(Create(fix), Members(members));

    [Theory]
    [MemberData(nameof(All))]
    public async Task Fix_all_goes_over_three_documents(string name)
    {
        var (fix, before, after) = Members_before_and_after.Select(row => (Fix: (string)row[0], Before: Members((string)row[1]), After: Members((string)row[2])))
            .Concat(Programs.Select(row => (Fix: (string)row[0], Before: (string)row[1], After: (string)row[2])))
            .Last(row => row.Fix.Split('/')[0] == name);

        await Fixes.VerifyAllAsync(Create(fix), InThreeFiles(before), InThreeFiles(after), TitleIn(fix));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_fix_is_for_a_rule_that_exists(string name) =>
        Assert.All(Create(name).FixableDiagnosticIds, id => Assert.Contains(id, RulePage.Descriptors.Keys));

    /// <summary>The program three times, each in a namespace of its own and with names of its own.</summary>
    private static string[] InThreeFiles(string program) =>
    [
        .. Names.Select(name => Regex.Replace(program, @"^(using [\w.]+;\n)+", match => $"{match.Value}namespace {name};\n")
            .Replace("[Message]", $"[Message(\"{name}\")]", StringComparison.Ordinal)
            .Replace("\"twoRead\"", $"\"{name.ToLowerInvariant()}TwoRead\"", StringComparison.Ordinal)
            .Replace("\"rows\"", $"\"rows{name}\"", StringComparison.Ordinal)
            .Replace("\"d\"", $"\"d{name}\"", StringComparison.Ordinal)
            .Replace("Endpoint(\"GET\", \"/", $"Endpoint(\"GET\", \"/{name}/", StringComparison.Ordinal)
            .Replace("Endpoint(\"GET\", @\"/", $"Endpoint(\"GET\", @\"/{name}/", StringComparison.Ordinal)
            .Replace("Endpoint(\"POST\", \"/", $"Endpoint(\"POST\", \"/{name}/", StringComparison.Ordinal)
            .Replace("[Schedule(\"0 * * * *\")]", $"[Schedule(\"0 * * * *\", Name = \"{name}\")]", StringComparison.Ordinal)),
    ];

    /// <summary>
    /// Each program is cut off somewhere near its end, behind most reports, so that there is still something to fix. A fix that none of these reaches gets
    /// its own programs with less and less cut off.
    /// </summary>
    [Fact]
    public async Task Half_typed_code_fails_no_fix()
    {
        var random = new Random(1);
        var fixes = FixTypes.Select(type => Create(type.Name)).ToList();
        var programs = Programs.Select(row => (Fix: (string)row[0], Text: (string)row[1]))
            .Concat(Members_before_and_after.Select(row => (Fix: (string)row[0], Text: Members((string)row[1])))).Distinct().ToList();
        var reached = new HashSet<CodeFixProvider>();
        foreach (var text in programs.Select(program => program.Text).Distinct())
            reached.UnionWith(await Fixes.ApplyEachAsync(fixes, text[..^random.Next(1, 25)]));
        foreach (var fix in fixes.Except(reached).ToList())
        {
            var cuts = from length in LessAndLess
                       from program in programs
                       where program.Fix.Split('/')[0] == fix.GetType().Name
                       select program.Text[..^length];
            foreach (var text in cuts)
            {
                if ((await Fixes.ApplyEachAsync([fix], text)).Count == 0)
                    continue;
                reached.Add(fix);
                break;
            }
        }
        Assert.Empty(fixes.Except(reached).Select(fix => fix.GetType().Name));
    }

    private static string? TitleIn(string fix) => fix.Split('/') is [_, var title] ? title : null;

    private static CodeFixProvider Create(string name) => (CodeFixProvider)Activator.CreateInstance(FixTypes.Single(type => type.Name == name.Split('/')[0]))!;
}

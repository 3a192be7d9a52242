using System.Collections.Immutable;
using System.Text;
using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>CAP0302 finds what a schedule reaches, says how, and keeps quiet about what it does not reach.</summary>
public class ReachableReplyTests
{
    private const string ThreeFiles = """
        using Capsule;
        public static class First
        {
            [Schedule("0 * * * *")]
            public static Task Daily(Session session) => /*1*/Second.Sync(session);
        }
        """;

    public static TheoryData<string> Certain => [.. ReachableReplyPrograms.Certain];

    public static TheoryData<string> Possible => [.. ReachableReplyPrograms.Possible];

    public static TheoryData<string> Valid => [.. ReachableReplyPrograms.Valid];

    [Theory]
    [MemberData(nameof(Certain))]
    public Task What_surely_runs_is_an_error(string program) => VerifyAsync(program, DiagnosticSeverity.Error);

    [Theory]
    [MemberData(nameof(Possible))]
    public Task What_may_run_is_a_warning(string program) => VerifyAsync(program, DiagnosticSeverity.Warning);

    [Theory]
    [MemberData(nameof(Valid))]
    public Task What_can_not_run_is_not_reported(string program) => Analysis.VerifyAsync(program);

    [Fact]
    public async Task The_message_shows_the_shortest_way_and_each_call_is_a_location()
    {
        var reported = Assert.Single(await RunAsync(
            ThreeFiles,
            "using Capsule; public static class Second { public static async Task Sync(Session s) { await /*long*/Third.Detour(s); await /*2*/Third.Finish(s); } }",
            "using Capsule; public static class Third { public static Task Detour(Session s) => Finish(s); public static Task Finish(Session s) => /*3*/s.ReplyAsync(\"x\"); }"));

        Assert.Equal(
            "'Daily' reaches a reply that has no reader and throws NoReplyTargetException: Daily → Second.Sync → Third.Finish → Session.ReplyAsync",
            reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(["1", "2", "3"], reported.AdditionalLocations.Select(location =>
            location.SourceTree!.GetText().ToString(new(location.SourceSpan.Start - 3, 1))));
    }

    [Fact]
    public async Task A_sure_way_counts_more_than_a_shorter_one_that_may_be_taken()
    {
        var reported = Assert.Single(await RunAsync("""
            using Capsule;
            public static class App
            {
                [Schedule("0 * * * *")]
                public static async Task Daily(Session session) { Func<Task> may = () => Near(session); await may(); await A(session); }
                static Task Near(Session session) => session.ReplyAsync("near");
                static Task A(Session session) => B(session);
                static Task B(Session session) => session.ReplyAsync("far");
            }
            """));

        Assert.Equal(DiagnosticSeverity.Error, reported.Severity);
        Assert.EndsWith("Daily → App.A → App.B → Session.ReplyAsync", reported.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reply_one_helper_away_is_seen_while_typing()
    {
        var project = TestProject.Of(
            ("One.cs", ThreeFiles),
            ("Two.cs", "using Capsule; public static class Second { public static Task Sync(Session session) => session.ReplyAsync(\"x\"); }"));
        var compilation = project.Compile();
        var analysis = compilation.WithAnalyzers([new ReachableReplyAnalyzer()]);
        var edited = compilation.GetSemanticModel(compilation.SyntaxTrees.Single(tree => tree.FilePath == "One.cs"));

        var live = await analysis.GetAnalyzerSemanticDiagnosticsAsync(edited, null, CancellationToken.None);

        Assert.Equal("CAP0302", Assert.Single(live).Id);
        Assert.Single(await Analysis.RunAsync(compilation));
    }

    [Theory]
    [InlineData("[MayReply] ", 1)]
    [InlineData("[DoesNotReply] ", 0)]
    [InlineData("", 0)]
    public async Task Of_another_assembly_what_is_marked_counts(string mark, int reports)
    {
        var library = TestProject.Of($$"""
            using Capsule;
            public static class Greetings { {{mark}}public static Task GreetAsync(this Session? session) => session?.ReplyAsync("x") ?? Task.CompletedTask; }
            """) with { AssemblyName = "Library" };
        var app = TestProject.Of("""
            using Capsule;
            public static class App
            {
                [Schedule("0 * * * *", Name = "one")] public static Task Daily(Session session) => session.GreetAsync();
                [Schedule("0 * * * *", Name = "two")] public static Task Guarded(Session session) => session.CanReply ? session.GreetAsync() : Task.CompletedTask;
                [Schedule("0 * * * *", Name = "three")] public static Task Without(Session session) => Greetings.GreetAsync(null);
            }
            """);
        app = app with { References = app.References.Add(library.Compile().ToMetadataReference()) };

        var reported = await Analysis.RunAsync(app.Compile());

        Assert.Equal(reports, reported.Length);
        Assert.All(reported, diagnostic => Assert.Equal(("CAP0302", DiagnosticSeverity.Warning), (diagnostic.Id, diagnostic.Severity)));
    }

    [Fact]
    public async Task Code_of_generators_is_not_followed()
    {
        var reported = await RunAsync(
            ThreeFiles,
            "// <auto-generated/>\nusing Capsule; public static class Second { public static Task Sync(Session s) => Third.Finish(s); }",
            "using Capsule; public static class Third { public static Task Finish(Session s) => s.ReplyAsync(\"x\"); }");

        Assert.Empty(reported);
    }

    [Fact]
    public async Task Five_thousand_methods_that_all_call_each_other_are_searched_to_the_end()
    {
        var text = new StringBuilder("using Capsule; public static class App { [Schedule(\"0 * * * *\")] public static Task Daily(Session s) => M0(s, null);\n");
        for (var i = 0; i < 5_000; i++)
            text.Append("static async Task M").Append(i).Append("(Session s, Session? t) { await M").Append((i + 1) % 5_000).Append("(s, t); await M").Append(i / 2).Append("(s, s); await M").Append((i * 7) % 5_000).Append("(s, null); }\n");
        text.Append('}');

        Assert.Empty(await RunAsync(text.ToString()));
    }

    [Fact]
    public async Task A_very_long_way_is_followed_to_its_end()
    {
        var text = new StringBuilder("using Capsule; public static class App { [Schedule(\"0 * * * *\")] public static Task Daily(Session s) => M0(s);\n");
        for (var i = 0; i < 3_000; i++)
            text.Append("static Task M").Append(i).Append("(Session s) => M").Append(i + 1).Append("(s);\n");
        text.Append("static Task M3000(Session s) => s.ReplyAsync(\"x\"); }");

        Assert.Equal(3_002, Assert.Single(await RunAsync(text.ToString())).AdditionalLocations.Count);
    }

    [Theory]
    [InlineData("var a = s.CanReply; var b = a && a; var c = b && b || a; var d = c && c || b; var e = d && d || c; if (e) await s.ReplyAsync(\"x\");")]
    [InlineData("var a = s.CanReply; while (a) { a = a && s.CanReply; if (a) await s.ReplyAsync(\"x\"); }")]
    [InlineData("bool a; bool b = s.CanReply; for (a = b; a; b = a, a = b) await s.ReplyAsync(\"x\");")]
    public async Task Conditions_that_depend_on_themselves_are_read(string body) =>
        Assert.Empty(await RunAsync($$"""
            using Capsule;
            public static class App
            {
                [Schedule("0 * * * *")] public static Task Daily(Session s) => Helper(s);
                static async Task Helper(Session s) { {{body}} }
            }
            """));

    private static Task<ImmutableArray<Diagnostic>> RunAsync(params string[] files) =>
        Analysis.RunAsync(TestProject.Of([.. files.Select((text, index) => ($"File{index}.cs", text))]).Compile());

    private static async Task VerifyAsync(string program, DiagnosticSeverity severity)
    {
        await Analysis.VerifyAsync(program);
        var reported = await Analysis.RunAsync(Analysis.Generate(TestProject.Of(Markup.Parse(program).Text).Compile()));
        Assert.Equal(severity, Assert.Single(reported).Severity);
    }
}

using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.Text;
using static Capsule.Analyzers.Tests.Declarations.DeclarationProgram;

namespace Capsule.Analyzers.Tests.Sessions;

/// <summary>On a valid cron expression an editor shows when it fires next.</summary>
public class NextRunsTests
{
    private const string Hourly = "[Schedule(\"0 * * * *\")] public static void Handle() { }";

    private static readonly DateTimeOffset Now = new(2026, 3, 27, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Five_runs_are_shown_in_the_schedules_own_time_zone()
    {
        var action = Assert.Single(await OfferedAsync("[Schedule(\"30 2 * * *\", TimeZone = \"Europe/Berlin\")] public static void Handle() { }", "30 2"));

        Assert.Equal("Next runs of '30 2 * * *'", action.Title);
        // Clocks go forward on the 29th: what falls into the gap happens at its end.
        Assert.Equal(
            ["Sat 2026-03-28 02:30", "Sun 2026-03-29 03:00", "Mon 2026-03-30 02:30", "Tue 2026-03-31 02:30", "Wed 2026-04-01 02:30"],
            action.NestedActions.Select(run => run.Title.Replace(" Europe/Berlin", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_run_that_is_chosen_changes_nothing()
    {
        var action = Assert.Single(await OfferedAsync(Hourly, "0 *"));

        var operation = Assert.IsType<ApplyChangesOperation>(Assert.Single(await action.NestedActions[0].GetOperationsAsync(CancellationToken.None)));
        Assert.Equal(Members(Hourly), (await operation.ChangedSolution.Projects.Single().Documents.Single().GetTextAsync()).ToString());
    }

    [Theory]
    [InlineData("[Schedule(\"x * * * *\")] public static void Handle() { }", "x *")]
    [InlineData("[Schedule(\"0 0 30 2 *\")] public static void Handle() { }", "0 0")]
    [InlineData("[Message(\"x\")] public static void Handle() { }", "\"x\"")]
    [InlineData("[Schedule(\"0 * * * *\")] public static void Handle() { }", "Handle")]
    public async Task Elsewhere_nothing_is_offered(string members, string at) => Assert.Empty(await OfferedAsync(members, at));

    private static async Task<List<CodeAction>> OfferedAsync(string members, string at)
    {
        var text = Members(members);
        var template = TestProject.Of("");
        using var workspace = new AdhocWorkspace();
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "TestApp", "TestApp", LanguageNames.CSharp,
            compilationOptions: template.Compile().Options, parseOptions: template.ParseOptions, metadataReferences: template.References));
        var document = project.AddDocument("App.cs", SourceText.From(text));
        var offered = new List<CodeAction>();
        await new NextRunsRefactoring(() => Now).ComputeRefactoringsAsync(new CodeRefactoringContext(
            document, new TextSpan(text.IndexOf(at, StringComparison.Ordinal), 0), offered.Add, CancellationToken.None));
        return offered;
    }
}

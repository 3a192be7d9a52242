using System.Reflection;
using Capsule.Analyzers.Tests.Harness;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Tests.Rules;

/// <summary>Every rule is described, documented and listed, and its page tells the truth.</summary>
public class RuleCatalogTests
{
    private static readonly string[] PageSections =
        ["Why it matters", "What happens at run time", "Bad", "Good", "How to fix", "How to suppress"];

    public static TheoryData<string> Ids => [.. RulePage.Descriptors.Keys];

    public static TheoryData<string> AllIds => [.. RulePage.All.Select(rule => rule.Id)];

    [Fact]
    public void Each_descriptor_has_an_id_of_its_own_and_an_analyzer()
    {
        var declared = typeof(Descriptors).GetFields(BindingFlags.Static | BindingFlags.Public)
            .Select(field => field.GetValue(null)).OfType<DiagnosticDescriptor>().Select(rule => rule.Id).Order(StringComparer.Ordinal);

        Assert.Equal(RulePage.Descriptors.Keys, declared);
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void A_descriptor_keeps_the_conventions(string id)
    {
        var rule = RulePage.All.Single(rule => rule.Id == id);

        Assert.Equal("Capsule", rule.Category);
        Assert.Matches("^CAP0[0-9]{3}$", rule.Id);
        Assert.EndsWith($"/docs/rules/{id}.md", rule.HelpLinkUri, StringComparison.Ordinal);
        Assert.True(rule.IsEnabledByDefault);
        Assert.False($"{rule.Title}".EndsWith('.'));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task The_page_of_a_rule_has_an_example_that_triggers_it_and_one_that_does_not(string id)
    {
        var page = RulePage.Read(id);

        Assert.Equal($"# {id}: {RulePage.Descriptors[id].Title}", page.Heading);
        Assert.Equal(PageSections, page.Sections.Keys);
        Assert.All(page.Sections.Values, section => Assert.NotEmpty(section));
        Assert.Equal([id], (await ReportedAsync(page.Example("Bad"), OptionsFor(id))).Distinct());
        Assert.Empty(await ReportedAsync(page.Example("Good"), OptionsFor(id)));
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void The_page_of_a_rule_says_how_severe_it_is(string id)
    {
        var severity = RulePage.All.Single(rule => rule.Id == id).DefaultSeverity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "information",
        };

        Assert.StartsWith($"Category `Capsule`, {severity} ", RulePage.Read(id).Category, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllIds))]
    public void The_page_of_a_rule_names_its_code_fix_when_there_is_one(string id)
    {
        var hasFix = typeof(CapsuleCodeFix).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CapsuleCodeFix)))
            .Any(type => ((CapsuleCodeFix)Activator.CreateInstance(type)!).FixableDiagnosticIds.Contains(id));

        Assert.Equal(hasFix, RulePage.Read(id).Sections["How to fix"].Contains("code fix", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_rule_of_the_generator_has_a_page() => Assert.All(RulePage.OfGenerator.Values, rule =>
    {
        var page = RulePage.Read(rule.Id);
        Assert.Equal($"# {rule.Id}: {rule.Title}", page.Heading);
        Assert.Equal(PageSections, page.Sections.Keys);
        Assert.All(page.Sections.Values, section => Assert.NotEmpty(section));
    });

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task A_pragma_suppresses_a_rule(string id)
    {
        var page = RulePage.Read(id);

        Assert.Empty(await ReportedAsync(page.Example("How to suppress") + page.Example("Bad"), OptionsFor(id)));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task An_editorconfig_changes_the_severity_of_a_rule(string id)
    {
        var compilation = Compile(RulePage.Read(id).Example("Bad"));
        var options = compilation.Options.WithSyntaxTreeOptionsProvider(new Severity(id, ReportDiagnostic.Hidden));

        var reported = await Analysis.RunAsync(compilation.WithOptions(options), OptionsFor(id));

        Assert.All(reported, diagnostic => Assert.Equal(DiagnosticSeverity.Hidden, diagnostic.Severity));
        Assert.NotEmpty(reported);
    }

    /// <summary>The table is written anew when snapshots are accepted.</summary>
    [Fact]
    public void The_index_lists_every_rule()
    {
        var index = Path.Combine(RulePage.Folder, "README.md");
        var rows = RulePage.All.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.DefaultSeverity} |").ToList();
        if (Environment.GetEnvironmentVariable("CAPSULE_ACCEPT_SNAPSHOTS") == "1")
            File.WriteAllLines(index, [.. File.ReadAllLines(index).TakeWhile(line => !line.StartsWith("| [", StringComparison.Ordinal)), .. rows]);

        Assert.Equal(rows, File.ReadAllLines(index).Where(line => line.StartsWith("| [", StringComparison.Ordinal)));
    }

    [Fact]
    public void There_is_no_page_without_a_rule() =>
        Assert.Equal(
            RulePage.All.Select(rule => rule.Id),
            Directory.GetFiles(RulePage.Folder, "CAP*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));

    [Fact]
    public void The_release_file_lists_every_rule()
    {
        var rows = File.ReadAllLines(Path.Combine(ProjectPaths.Read("AnalyzerProject"), "AnalyzerReleases.Unshipped.md"))
            .Where(line => line.StartsWith("CAP", StringComparison.Ordinal))
            .Select(line => string.Join('|', line.Split('|').Select(cell => cell.Trim())));

        Assert.Equal(RulePage.Descriptors.Values.Select(rule => $"{rule.Id}|{rule.Category}|{rule.DefaultSeverity}|{rule.Title}"), rows);
    }

    private static async Task<IEnumerable<string>> ReportedAsync(string program, AnalyzerConfigOptionsProvider? options) =>
        (await Analysis.RunAsync(Compile(program), options)).Select(diagnostic => diagnostic.Id);

    /// <summary>CAP0401 looks only at apps that are compiled ahead of time.</summary>
    private static BuildProperties? OptionsFor(string id) => id == "CAP0401" ? new(("PublishAot", "true")) : null;

    private static Compilation Compile(string program)
    {
        var compilation = Analysis.Generate(TestProject.Of(program).Compile());
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return compilation;
    }

    private sealed class Severity(string rule, ReportDiagnostic severity) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) => GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic result)
        {
            result = severity;
            return diagnosticId == rule;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic result)
        {
            result = default;
            return false;
        }
    }
}

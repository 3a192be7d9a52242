using System.Collections.Immutable;
using Capsule.Generators;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Tests.Harness;

/// <summary>Runs all of Capsule's analyzers over test programs, as a build does.</summary>
internal static class Analysis
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } =
    [
        .. typeof(CapsuleAnalyzer).Assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(DiagnosticAnalyzer)))
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    /// <summary>Asserts that a program of one file gives exactly the reports that its markup announces, whether or not generated code is there.</summary>
    public static async Task VerifyAsync(string marked, bool compiles = true, AnalyzerConfigOptionsProvider? options = null)
    {
        var markup = Markup.Parse(marked);
        var project = TestProject.Of(markup.Text);
        var bare = project.Compile();
        var whole = Generate(bare);
        if (compiles)
            Assert.Empty(whole.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));

        AssertExpected(markup, await ReportsAsync(whole, options));
        if (compiles && bare.GetDiagnostics().All(diagnostic => diagnostic.Severity != DiagnosticSeverity.Error))
            AssertExpected(markup, await ReportsAsync(bare, options));
    }

    /// <summary>Capsule's diagnostics that nothing suppresses.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, AnalyzerConfigOptionsProvider? options = null)
    {
        var analysis = compilation.WithAnalyzers(
            Analyzers,
            new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([], options ?? new BuildProperties()), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false));
        var diagnostics = await analysis.GetAnalyzerDiagnosticsAsync();
        Assert.Empty(diagnostics.Where(diagnostic => diagnostic.Id == "AD0001"));
        return [.. diagnostics.Where(diagnostic => !diagnostic.IsSuppressed).OrderBy(diagnostic => diagnostic.Location.SourceSpan.Start)];
    }

    /// <summary>The compilation with what the generator adds to it.</summary>
    public static Compilation Generate(CSharpCompilation compilation) => GeneratorSession.RunOnce(new CapsuleGenerator(), compilation).Output;

    private static async Task<IEnumerable<Report>> ReportsAsync(Compilation compilation, AnalyzerConfigOptionsProvider? options) =>
        (await RunAsync(compilation, options)).Select(diagnostic => new Report(diagnostic.Id, diagnostic.Location.SourceSpan));

    /// <summary>Fails with the whole program: lists that differ say little by themselves.</summary>
    private static void AssertExpected(Markup markup, IEnumerable<Report> actual)
    {
        var (expected, found) = (Show(markup, markup.Expected), Show(markup, actual));
        Assert.True(expected == found, $"Expected:\n{expected}\nReported:\n{found}\nIn:\n{markup.Text}");
    }

    private static string Show(Markup markup, IEnumerable<Report> reports) =>
        string.Join('\n', reports.Order().Select(report => $"{report.Id} at {report.Span}: {markup.Text.Substring(report.Span.Start, report.Span.Length)}"));
}

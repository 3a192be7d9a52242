using System.Collections.Immutable;
using Capsule.Generators.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Tests.Suppressors;

/// <summary>Advice that would break a handler is quiet on handlers, and on nothing else.</summary>
public class HandlerSuppressorTests
{
    private const string Program = """
        using Capsule;

        public class App
        {
            [Message] internal void Handle(Session session) { }
            internal void Helper(int number) { }
        }
        """;

    [Theory]
    [InlineData("CA1822", "Handle", "Helper")]
    [InlineData("IDE0051", "Handle", "Helper")]
    [InlineData("IDE0060", "session", "number")]
    public async Task Only_handlers_are_spared(string id, string onHandler, string elsewhere)
    {
        var diagnostics = await TestProject.Of(Program).Compile()
            .WithAnalyzers([new AdviceEverywhere(id), new HandlerSuppressor()], new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([]), onAnalyzerException: null, concurrentAnalysis: true, logAnalyzerExecutionTime: false, reportSuppressedDiagnostics: true))
            .GetAnalyzerDiagnosticsAsync();

        Assert.Equal([onHandler], diagnostics.Where(diagnostic => diagnostic.IsSuppressed).Select(NameAt));
        Assert.Equal([elsewhere], diagnostics.Where(diagnostic => !diagnostic.IsSuppressed).Select(NameAt));
    }

    private static string NameAt(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree!.GetText().ToString(diagnostic.Location.SourceSpan);

    /// <summary>Reports where the rule of that id would, at each method or parameter.</summary>
#pragma warning disable RS1017, RS1036, RS1038, RS1041, RS1042, RS2008 // It is no analyzer that anybody installs.
    [DiagnosticAnalyzer(LanguageNames.CSharp)]
    private sealed class AdviceEverywhere(string id) : DiagnosticAnalyzer
    {
        private readonly DiagnosticDescriptor rule = new(id, id, id, "Test", DiagnosticSeverity.Warning, isEnabledByDefault: true);

        public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [rule];

        public override void Initialize(AnalysisContext context)
        {
            context.EnableConcurrentExecution();
            context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
            context.RegisterSymbolAction(
                symbol =>
                {
                    if (symbol.Symbol is not IMethodSymbol { MethodKind: not MethodKind.Ordinary })
                        symbol.ReportDiagnostic(Diagnostic.Create(rule, symbol.Symbol.Locations[0]));
                },
                rule.Id == "IDE0060" ? SymbolKind.Parameter : SymbolKind.Method);
        }
    }
}

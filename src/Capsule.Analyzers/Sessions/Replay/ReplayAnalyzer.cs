using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0318: a handler that is replayed after a crash asks the clock, chance or the outside world again, and gets another answer.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReplayAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UnrecordedValue];

    private protected override void Register(CompilationStartAnalysisContext context) => context.RegisterOperationBlockAction(Analyze);

    private static void Analyze(OperationBlockAnalysisContext context)
    {
        if (context.OwningSymbol is not IMethodSymbol method || !HandlerMark.On(method).Any(IsReplayed))
            return;
        foreach (var block in context.OperationBlocks)
        {
            foreach (var value in new ReplayedMethod(block).Misplaced())
                context.ReportDiagnostic(Diagnostic.Create(Descriptors.UnrecordedValue, value.Operation.Syntax.GetLocation(), value.What));
        }
    }

    private static bool IsReplayed(HandlerMark mark) => mark.Kind == HandlerKind.Message && mark.Enum("OnCrash")?.EndsWith(".Replay", StringComparison.Ordinal) == true;
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers.Cost;

/// <summary>What any rule about bodies costs at least: the compiler binds them, and each operation is looked at. Nothing is kept.</summary>
#pragma warning disable RS1001, RS1036, RS2008 // Only this program runs it.
internal sealed class WalkAnalyzer(bool withFlow) : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Nothing = new("WALK01", "Nothing", "Nothing", "Cost", DiagnosticSeverity.Hidden, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Nothing];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterOperationBlockAction(Walk);
    }

    private void Walk(OperationBlockAnalysisContext context)
    {
        foreach (var block in context.OperationBlocks)
        {
            _ = block.DescendantsAndSelf().Count();
            if (withFlow)
                _ = context.GetControlFlowGraph(block);
        }
    }
}

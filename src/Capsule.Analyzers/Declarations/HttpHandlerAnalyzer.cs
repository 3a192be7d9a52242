using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>What rules about single HTTP handlers have in common: they see each once, and only those that can be bound.</summary>
public abstract class HttpHandlerAnalyzer : CapsuleAnalyzer
{
    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterSymbolAction(
            symbol =>
            {
                if (BoundHandler.Of((IMethodSymbol)symbol.Symbol, symbol.Compilation) is { } handler)
                    Analyze(handler, symbol.Compilation, symbol.ReportDiagnostic);
            },
            SymbolKind.Method);

    private protected abstract void Analyze(BoundHandler handler, Compilation compilation, Action<Diagnostic> report);
}

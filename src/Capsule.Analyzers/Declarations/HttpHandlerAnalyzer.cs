using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>What rules about single HTTP handlers have in common: they see each once, and only those that can be bound.</summary>
public abstract class HttpHandlerAnalyzer : CapsuleAnalyzer
{
    /// <summary>Handlers as the first rule has read them. A compilation that is forgotten takes its own along.</summary>
    private static readonly ConditionalWeakTable<Compilation, ConcurrentDictionary<ISymbol, BoundHandler?>> Read = new();

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var known = Read.GetValue(context.Compilation, _ => new ConcurrentDictionary<ISymbol, BoundHandler?>(SymbolEqualityComparer.Default));
        context.RegisterSymbolAction(
            symbol =>
            {
                var method = (IMethodSymbol)symbol.Symbol;
                if (method.PartialDefinitionPart is not null || method.GetAttributes().IsEmpty)
                    return;
                if (known.GetOrAdd(method, static method => BoundHandler.Of((IMethodSymbol)method)) is { } handler)
                    Analyze(handler, symbol.Compilation, symbol.ReportDiagnostic);
            },
            SymbolKind.Method);
    }

    private protected abstract void Analyze(BoundHandler handler, Compilation compilation, Action<Diagnostic> report);
}

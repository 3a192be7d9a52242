using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>A rule about what handlers do in their bodies. Nothing else is looked at, so it costs other code next to nothing.</summary>
public abstract class HandlerBodyAnalyzer : CapsuleAnalyzer
{
    /// <summary>The operations that can break the rule.</summary>
    private protected abstract ImmutableArray<OperationKind> Operations { get; }

    private protected sealed override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterOperationBlockStartAction(start =>
        {
            if (start.OwningSymbol is not IMethodSymbol method)
                return;
            foreach (var mark in HandlerMark.On(method))
            {
                if (!IsAbout(mark))
                    continue;
                start.RegisterOperationAction(operation => Analyze(operation, mark), Operations);
                return;
            }
        });

    /// <summary>Whether the rule applies to such a handler.</summary>
    private protected abstract bool IsAbout(HandlerMark mark);

    private protected abstract void Analyze(OperationAnalysisContext context, HandlerMark mark);
}

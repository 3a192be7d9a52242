using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>Quietens rules that would change a handler's signature: generated code calls it as it is declared.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class HandlerSuppressor : DiagnosticSuppressor
{
    public override ImmutableArray<SuppressionDescriptor> SupportedSuppressions { get; } =
    [
        new("CAPS001", "CA1822", "A handler may be an instance method: it is called on an object built for the call"),
        new("CAPS002", "IDE0051", "Generated code calls handlers"),
        new("CAPS003", "IDE0060", "A handler's parameters say what it is given, used or not"),
    ];

    public override void ReportSuppressions(SuppressionAnalysisContext context)
    {
        foreach (var diagnostic in context.ReportedDiagnostics)
        {
            if (diagnostic.Location.SourceTree is not { } tree)
                continue;
            var node = tree.GetRoot(context.CancellationToken).FindNode(diagnostic.Location.SourceSpan);
            var symbol = context.GetSemanticModel(tree).GetDeclaredSymbol(node, context.CancellationToken);
            if ((symbol is IParameterSymbol parameter ? parameter.ContainingSymbol : symbol) is IMethodSymbol method && HandlerMark.On(method).Count > 0)
                context.ReportSuppression(Suppression.Create(SupportedSuppressions.First(rule => rule.SuppressedDiagnosticId == diagnostic.Id), diagnostic));
        }
    }
}

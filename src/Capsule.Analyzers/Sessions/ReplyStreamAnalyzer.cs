using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0309: a growing reply that stays in its local and never ends.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ReplyStreamAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UndisposedReplyStream];

    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterOperationAction(Analyze, OperationKind.VariableDeclarator);

    private static void Analyze(OperationAnalysisContext context)
    {
        var declarator = (IVariableDeclaratorOperation)context.Operation;
        if (declarator.GetVariableInitializer()?.Value is not IInvocationOperation { TargetMethod: { Name: "StreamReply" } method }
            || !method.ContainingType.IsCapsule("Session")
            || declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation)
        {
            return;
        }
        var block = declarator.Parent;
        while (block?.Parent is not null)
            block = block.Parent;
        var uses = block?.Descendants().OfType<ILocalReferenceOperation>()
            .Where(use => SymbolEqualityComparer.Default.Equals(use.Local, declarator.Symbol));
        if (uses?.All(IsPlainUse) == true)
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.UndisposedReplyStream, declarator.Syntax.GetLocation(), declarator.Symbol.Name));
    }

    /// <summary>Whether a use neither ends the reply nor hands it to somebody who may.</summary>
    private static bool IsPlainUse(ILocalReferenceOperation use) => use.Parent switch
    {
        IInvocationOperation call => call.Instance == use && call.TargetMethod.Name != "DisposeAsync",
        IPropertyReferenceOperation => true,
        _ => false,
    };
}

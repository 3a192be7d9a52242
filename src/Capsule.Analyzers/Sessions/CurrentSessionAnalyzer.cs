using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0303: a task replies through <c>Session.Current</c>, which is nobody's when it was submitted without a session.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CurrentSessionAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UncheckedCurrentSession];

    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!SessionMembers.IsOutput(call.TargetMethod) || !HandlerMark.Is(context.ContainingSymbol, HandlerKind.Task))
            return;
        if (IsCurrent(SessionMembers.ReceiverOf(call), call.SemanticModel!, context.CancellationToken) && !ReplyFlow.Guards(context))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.UncheckedCurrentSession, call.Syntax.GetLocation(), call.TargetMethod.Name));
    }

    /// <summary>Also of a local that was given it where it was declared.</summary>
    private static bool IsCurrent(IOperation? receiver, SemanticModel semantics, CancellationToken cancellation)
    {
        if (receiver is not ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var reference] })
            return SessionMembers.IsCurrent(receiver);
        if (reference.GetSyntax(cancellation) is not VariableDeclaratorSyntax { Initializer.Value: var value })
            return false;
        var operation = semantics.GetOperation(value is PostfixUnaryExpressionSyntax sure ? sure.Operand : value, cancellation);
        return SessionMembers.IsCurrent(operation is IConversionOperation conversion ? conversion.Operand : operation);
    }
}

using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0303: a task replies through <c>Session.Current</c>, which is nobody's when it was submitted without a session.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CurrentSessionAnalyzer : HandlerBodyAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UncheckedCurrentSession];

    private protected override ImmutableArray<OperationKind> Operations { get; } = [OperationKind.Invocation];

    private protected override bool IsAbout(HandlerMark mark) => mark.Kind == HandlerKind.Task;

    private protected override void Analyze(OperationAnalysisContext context, HandlerMark mark)
    {
        var call = (IInvocationOperation)context.Operation;
        if (SessionMembers.IsOutput(call.TargetMethod) && IsCurrent(SessionMembers.ReceiverOf(call), call.SemanticModel!, context.CancellationToken) && !ReplyFlow.Guards(context))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.UncheckedCurrentSession, call.Syntax.GetLocation(), call.TargetMethod.Name));
    }

    /// <summary>Also of a local that was given it where it was declared, by a pattern or not.</summary>
    private static bool IsCurrent(IOperation? receiver, SemanticModel semantics, CancellationToken cancellation)
    {
        if (receiver is not ILocalReferenceOperation { Local.DeclaringSyntaxReferences: [var reference] })
            return SessionMembers.IsCurrent(receiver);
        var value = reference.GetSyntax(cancellation) switch
        {
            VariableDeclaratorSyntax { Initializer.Value: var given } => given,
            SingleVariableDesignationSyntax designation => designation.FirstAncestorOrSelf<IsPatternExpressionSyntax>()?.Expression,
            _ => null,
        };
        if (value is null)
            return false;
        var operation = semantics.GetOperation(value is PostfixUnaryExpressionSyntax sure ? sure.Operand : value, cancellation);
        return SessionMembers.IsCurrent(operation is IConversionOperation conversion ? conversion.Operand : operation);
    }
}

using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0304: nobody waits for what a session was told to do.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class DroppedCallAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.DroppedSessionCall];

    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        var type = call.TargetMethod.ContainingType;
        if (!type.IsCapsule("Session") && !type.IsCapsule("ReplyStream") && !type.IsCapsule("SessionData"))
            return;
        if (IsAwaitable(call.Type) && IsDropped(call))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.DroppedSessionCall, call.Syntax.GetLocation(), call.TargetMethod.Name));
    }

    private static bool IsAwaitable(ITypeSymbol? type) =>
        type.Is("System.Threading.Tasks.Task") || type.Is("System.Threading.Tasks.ValueTask");

    /// <summary>Whether nothing is done with what a call gives, whichever of several calls it is.</summary>
    internal static bool IsDropped(IOperation value) => value.Parent switch
    {
        IExpressionStatementOperation => true,
        IConversionOperation or IConditionalAccessOperation or IParenthesizedOperation or ICoalesceOperation or IConditionalOperation => IsDropped(value.Parent),
        ISwitchExpressionArmOperation { Parent: { } choice } => IsDropped(choice),
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask" or "WaitAsync" or "ContinueWith" } further => further.Instance == value && IsDropped(further),
        ISimpleAssignmentOperation { Target: IDiscardOperation } assignment => IsDropped(assignment),
        _ => false,
    };
}

using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0301: a schedule replies, prompts or shows something, though nobody reads its session.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScheduleOutputAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.OutputInSchedule];

    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterOperationAction(Analyze, OperationKind.Invocation);

    private static void Analyze(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (!SessionMembers.IsOutput(call.TargetMethod) || !HandlerMark.Is(context.ContainingSymbol, HandlerKind.Schedule))
            return;
        if (!SessionMembers.IsGivenToLambda(SessionMembers.ReceiverOf(call)) && !ReplyFlow.Guards(context))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OutputInSchedule, call.Syntax.GetLocation(), call.TargetMethod.Name));
    }
}

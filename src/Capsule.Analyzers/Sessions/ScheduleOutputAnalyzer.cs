using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0301: a schedule replies, prompts or shows something, though nobody reads its session.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScheduleOutputAnalyzer : HandlerBodyAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.OutputInSchedule];

    private protected override ImmutableArray<OperationKind> Operations { get; } = [OperationKind.Invocation];

    private protected override bool IsAbout(HandlerMark mark) => mark.Kind == HandlerKind.Schedule;

    private protected override void Analyze(OperationAnalysisContext context, HandlerMark mark)
    {
        var call = (IInvocationOperation)context.Operation;
        if (SessionMembers.IsOutput(call.TargetMethod) && !SessionMembers.IsGivenToLambda(SessionMembers.ReceiverOf(call)) && !ReplyFlow.Guards(context))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.OutputInSchedule, call.Syntax.GetLocation(), call.TargetMethod.Name));
    }
}

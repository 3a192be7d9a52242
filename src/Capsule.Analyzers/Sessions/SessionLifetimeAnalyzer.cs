using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0305: a session, or a request's context, is kept where it is still used when its handler has ended.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SessionLifetimeAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.OutlivesHandler];

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterOperationAction(AnalyzeAssignment, OperationKind.SimpleAssignment, OperationKind.CoalesceAssignment);
        context.RegisterOperationAction(AnalyzeCall, OperationKind.Invocation);
        context.RegisterOperationAction(AnalyzeTimer, OperationKind.ObjectCreation);
    }

    private static void AnalyzeAssignment(OperationAnalysisContext context)
    {
        var assignment = (IAssignmentOperation)context.Operation;
        var place = assignment.Target switch
        {
            IPropertyReferenceOperation { Property.IsIndexer: true } indexer => SharedPlace.Of(indexer.Instance),
            _ => SharedPlace.Of(assignment.Target),
        };
        if (place is not null && SharedPlace.KeptIn(assignment.Value) is { } kept && !SharedPlace.IsCleared(place, assignment))
            Report(context, kept, $"is kept in the static '{place.Name}'");
    }

    private static void AnalyzeCall(OperationAnalysisContext context)
    {
        var call = (IInvocationOperation)context.Operation;
        if (BackgroundWork.Of(call) is { } work)
        {
            if (BackgroundWork.SessionUsedIn(work) is { } used)
                Report(context, used, $"is used by work that nobody waits for ('{call.TargetMethod.Name}')");
        }
        else if (SharedPlace.Adds(call) && SharedPlace.Of(call.Instance) is { } place)
        {
            var kept = call.Arguments.Select(argument => SharedPlace.KeptIn(argument.Value)).FirstOrDefault(value => value is not null);
            if (kept is not null && !SharedPlace.IsCleared(place, call))
                Report(context, kept, $"is kept in the static '{place.Name}'");
        }
    }

    private static void AnalyzeTimer(OperationAnalysisContext context)
    {
        var creation = (IObjectCreationOperation)context.Operation;
        if (creation.Type?.Name == "Timer" && creation.Type.Is("System.Threading.Timer") && !BackgroundWork.EndsWithHandler(creation)
            && BackgroundWork.SessionUsedIn(creation) is { } used)
        {
            Report(context, used, "is used by a timer that goes on");
        }
    }

    private static void Report(OperationAnalysisContext context, IOperation value, string how) =>
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.OutlivesHandler, value.Syntax.GetLocation(), value.Type!.Name, how));
}

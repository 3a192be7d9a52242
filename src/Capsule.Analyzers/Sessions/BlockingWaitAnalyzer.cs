using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0313: a handler blocks its thread until a task has ended.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingWaitAnalyzer : HandlerBodyAnalyzer
{
    private static readonly string[] Waits = ["WhenAll", "WhenAny", "WhenEach"];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.BlockingWait];

    private protected override ImmutableArray<OperationKind> Operations { get; } = [OperationKind.Invocation, OperationKind.PropertyReference];

    private protected override bool IsAbout(HandlerMark mark) => true;

    private protected override void Analyze(OperationAnalysisContext context, HandlerMark mark)
    {
        if (context.Operation is IInvocationOperation call)
            AnalyzeCall(context, call);
        else if (context.Operation is IPropertyReferenceOperation { Property: { Name: "Result" } property, Instance: var task } && IsTask(property.ContainingType))
            Report(context, task, "Result");
    }

    private static void AnalyzeCall(OperationAnalysisContext context, IInvocationOperation call)
    {
        if (call.TargetMethod.Name == "Wait" && IsTask(call.TargetMethod.ContainingType))
            Report(context, call.Instance, "Wait");
        else if (call is { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter" } awaiter } && IsTask(awaiter.TargetMethod.ContainingType))
            Report(context, awaiter.Instance, "GetResult");
    }

    private static void Report(OperationAnalysisContext context, IOperation? task, string member)
    {
        if (!MayHaveEnded(task, context.Operation))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BlockingWait, context.Operation.Syntax.GetLocation(), member));
    }

    /// <summary>Whether earlier code of the method awaits the task, or asks whether it has ended.</summary>
    private static bool MayHaveEnded(IOperation? task, IOperation wait)
    {
        if (task is IInvocationOperation or null)
            return false;
        var root = wait;
        while (root.Parent is not null)
            root = root.Parent;
        var earlier = root.Descendants().Where(operation => operation.Syntax.SpanStart < wait.Syntax.SpanStart).ToList();
        if (earlier.OfType<IInvocationOperation>().Any(call => Waits.Contains(call.TargetMethod.Name) && IsTask(call.TargetMethod.ContainingType)))
            return true;
        var text = task.Syntax.ToString();
        return earlier.OfType<IAwaitOperation>().Any(operation => operation.Operation.DescendantsAndSelf().Any(part => part.Syntax.ToString() == text))
            || earlier.OfType<IPropertyReferenceOperation>().Any(check =>
                check.Property.Name.StartsWith("IsCompleted", StringComparison.Ordinal) && check.Instance?.Syntax.ToString() == text);
    }

    private static bool IsTask(INamedTypeSymbol type) =>
        type.Is("System.Threading.Tasks.Task") || type.Is("System.Threading.Tasks.ValueTask");
}

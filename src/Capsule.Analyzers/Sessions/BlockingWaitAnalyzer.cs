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

    private static readonly string[] BlockingWaits = ["WaitAll", "WaitAny"];

    private static readonly string[] Questions = ["IsCompleted", "IsCompletedSuccessfully", "IsFaulted", "IsCanceled", "Status"];

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
        else if (BlockingWaits.Contains(call.TargetMethod.Name) && IsTask(call.TargetMethod.ContainingType))
            Report(context, null, call.TargetMethod.Name);
        else if (call is { TargetMethod.Name: "GetResult", Instance: IInvocationOperation { TargetMethod.Name: "GetAwaiter" } awaiter } && IsTask(awaiter.TargetMethod.ContainingType))
            Report(context, awaiter.Instance, "GetResult");
    }

    private static void Report(OperationAnalysisContext context, IOperation? task, string member)
    {
        if (!MayHaveEnded(task, context.Operation))
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.BlockingWait, context.Operation.Syntax.GetLocation(), member));
    }

    /// <summary>Whether earlier code of the method awaits the task, or asks whether it has ended, or the task is that which a continuation is for.</summary>
    private static bool MayHaveEnded(IOperation? task, IOperation wait)
    {
        if (task is IInvocationOperation or null)
            return false;
        if (IsContinued(task))
            return true;
        var root = wait;
        while (root.Parent is not null)
            root = root.Parent;
        var earlier = root.Descendants().Where(operation => operation.Syntax.SpanStart < wait.Syntax.SpanStart).Concat(task.Descendants()).ToList();
        if (earlier.OfType<IInvocationOperation>().Any(call => Waits.Contains(call.TargetMethod.Name) && IsTask(call.TargetMethod.ContainingType)))
            return true;
        var text = task.Syntax.ToString();
        return earlier.OfType<IAwaitOperation>().Any(operation => operation.Operation.DescendantsAndSelf().Any(part => part.Syntax.ToString() == text))
            || earlier.OfType<IPropertyReferenceOperation>().Any(check =>
                Questions.Contains(check.Property.Name) && check.Instance?.Syntax.ToString() == text);
    }

    /// <summary>Whether it is what <c>ContinueWith</c> hands to its function.</summary>
    private static bool IsContinued(IOperation task)
    {
        if (task is not IParameterReferenceOperation { Parameter: { Ordinal: 0, ContainingSymbol: var function } })
            return false;
        for (var part = task.Parent; part is not null; part = part.Parent)
        {
            if (part is IAnonymousFunctionOperation lambda && SymbolEqualityComparer.Default.Equals(lambda.Symbol, function))
                return lambda.Parent is IDelegateCreationOperation { Parent: IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "ContinueWith" } } };
        }
        return false;
    }

    private static bool IsTask(INamedTypeSymbol type) =>
        type.Is("System.Threading.Tasks.Task") || type.Is("System.Threading.Tasks.ValueTask");
}

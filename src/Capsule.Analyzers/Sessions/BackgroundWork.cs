using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Work that a handler starts and does not wait for.</summary>
internal static class BackgroundWork
{
    private static readonly string[] Harmless = ["Id", "User", "Channel", "CanReply", "Authenticated", "CancellationToken"];

    /// <summary>The call that starts such work; null for any other, and for one whose task somebody has.</summary>
    public static IInvocationOperation? Of(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        return call.TargetMethod.Name switch
        {
            "Run" or "ContinueWith" when type.Is("System.Threading.Tasks.Task") => DroppedCallAnalyzer.IsDropped(call) ? call : null,
            "StartNew" when type.Is("System.Threading.Tasks.TaskFactory") => DroppedCallAnalyzer.IsDropped(call) ? call : null,
            "QueueUserWorkItem" or "UnsafeQueueUserWorkItem" when type.Is("System.Threading.ThreadPool") => call,
            _ => call.TargetMethod is { IsAsync: true, ReturnsVoid: false } && DroppedCallAnalyzer.IsDropped(call) ? call : null,
        };
    }

    /// <summary>The first place in the work's functions where a session or context from outside is told to do something; or where the work is given it.</summary>
    public static IOperation? SessionUsedIn(IOperation work)
    {
        var given = work is IInvocationOperation { TargetMethod.IsAsync: true, Arguments: var arguments }
            ? arguments.Select(argument => SharedPlace.KeptIn(argument.Value)).FirstOrDefault(value => value is not null)
            : null;
        return given ?? UsedIn(work) ?? LocalFunctionsIn(work).Select(UsedIn).FirstOrDefault(used => used is not null);
    }

    private static IOperation? UsedIn(IOperation work) => work.Descendants().FirstOrDefault(operation =>
        operation is IParameterReferenceOperation or ILocalReferenceOperation or IFieldReferenceOperation or IPropertyReferenceOperation
            && SharedPlace.IsHandlers(operation.Type) && IsFromOutside(operation, work) && IsUsed(operation));

    /// <summary>The local functions that the work is, or is given.</summary>
    private static IEnumerable<IOperation> LocalFunctionsIn(IOperation work)
    {
        var named = work.DescendantsAndSelf().Select(operation => operation switch
        {
            IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function } => function,
            IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function } => function,
            _ => null,
        }).OfType<IMethodSymbol>().ToList();
        if (named.Count == 0)
            return [];
        var root = work;
        while (root.Parent is not null)
            root = root.Parent;
        return root.Descendants().OfType<ILocalFunctionOperation>().Where(function => named.Contains(function.Symbol, SymbolEqualityComparer.Default));
    }

    /// <summary>Whether a timer is disposed by the method that makes it, or belongs to somebody who may do that.</summary>
    public static bool EndsWithHandler(IOperation timer)
    {
        var value = timer;
        while (value.Parent is IConversionOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IExpressionStatementOperation => false,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => false,
            ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field.IsStatic: true } } => false,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => IsUsing(declarator) || IsMentioned(declarator),
            _ => true,
        };
    }

    private static bool IsUsing(IVariableDeclaratorOperation declarator) =>
        declarator.Parent?.Parent?.Parent is IUsingDeclarationOperation or IUsingOperation;

    private static bool IsMentioned(IVariableDeclaratorOperation declarator)
    {
        IOperation root = declarator;
        while (root.Parent is not null)
            root = root.Parent;
        return root.Descendants().OfType<ILocalReferenceOperation>().Any(use =>
            SymbolEqualityComparer.Default.Equals(use.Local, declarator.Symbol) && use.Parent is not IInvocationOperation { TargetMethod.Name: "Change" });
    }

    private static bool IsFromOutside(IOperation operation, IOperation work)
    {
        var isInFunction = false;
        for (var part = operation.Parent; part is not null; part = part == work ? null : part.Parent)
        {
            var function = part switch
            {
                IAnonymousFunctionOperation lambda => lambda.Symbol,
                ILocalFunctionOperation local => local.Symbol,
                _ => null,
            };
            if (function is null)
                continue;
            isInFunction = true;
            var owner = operation switch
            {
                IParameterReferenceOperation reference => reference.Parameter.ContainingSymbol,
                ILocalReferenceOperation reference => reference.Local.ContainingSymbol,
                _ => null,
            };
            if (SymbolEqualityComparer.Default.Equals(owner, function))
                return false;
        }
        return isInFunction;
    }

    /// <summary>Not when only values are read that stay as they are.</summary>
    private static bool IsUsed(IOperation session) => session.Parent switch
    {
        IPropertyReferenceOperation reference => Array.IndexOf(Harmless, reference.Property.Name) < 0,
        IInvocationOperation call => call.Instance == session,
        IArgumentOperation => true,
        IConditionalAccessOperation access => access.Operation == session,
        IConversionOperation conversion => IsUsed(conversion),
        _ => false,
    };
}

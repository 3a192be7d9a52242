using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Follows values through a method that may run again: do they decide what it records?</summary>
internal sealed class ReplayedMethod(IOperation root)
{
    private readonly List<IOperation> all = [.. root.DescendantsAndSelf()];

    /// <summary>What must not change, or not happen, when the method runs again.</summary>
    public IEnumerable<ChangingValue> Misplaced()
    {
        if (!all.OfType<IInvocationOperation>().Any(RecordedEffects.IsEffect))
            return [];
        return all.Select(ChangingValue.Of).Where(value => value is not null && (IsDoneAgain(value) || DecidesEffect(value.Operation))).Select(value => value!);
    }

    /// <summary>Whether another system is called before an effect, from where the method goes on after a crash.</summary>
    private bool IsDoneAgain(ChangingValue value)
    {
        if (!value.IsOutside)
            return false;
        var end = value.Operation.Syntax.Span.End;
        for (var part = value.Operation.Parent; part is not null; part = part.Parent)
        {
            if (part is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
            if (part is ILoopOperation loop && HasEffect(loop.Body))
                return true;
        }
        return all.OfType<IInvocationOperation>().Any(call => call.Syntax.Span.End >= end && RecordedEffects.IsEffect(call));
    }

    /// <summary>Whether the value, or what is made of it, is an argument of an effect, or decides whether there is one.</summary>
    private bool DecidesEffect(IOperation value)
    {
        var seen = new HashSet<ILocalSymbol>(SymbolEqualityComparer.Default);
        var next = new Queue<IOperation>([value]);
        while (next.Count > 0)
        {
            if (Follow(next.Dequeue(), Keep))
                return true;
        }
        return false;

        void Keep(ILocalSymbol? local)
        {
            if (local is null || !seen.Add(local))
                return;
            foreach (var use in all.OfType<ILocalReferenceOperation>().Where(use => SymbolEqualityComparer.Default.Equals(use.Local, local)))
                next.Enqueue(use);
        }
    }

    /// <summary>Goes out from a value to the statement that it is in; true when that leads to an effect.</summary>
    private bool Follow(IOperation value, Action<ILocalSymbol?> keep)
    {
        for (var part = value; part.Parent is { } parent; part = parent)
        {
            switch (parent)
            {
                case IArgumentOperation argument when RecordedEffects.IsCompared(argument):
                    return true;
                case IInvocationOperation call when part is IArgumentOperation:
                    KeepWritten(call.Arguments, keep);
                    break;
                case ISimpleAssignmentOperation overwritten when part == overwritten.Target:
                    return false;
                case IAssignmentOperation assignment:
                    keep((assignment.Target as ILocalReferenceOperation)?.Local);
                    break;
                case IVariableDeclaratorOperation declarator:
                    keep(declarator.Symbol);
                    return false;
                case IIsPatternOperation pattern:
                    foreach (var declared in pattern.Pattern.DescendantsAndSelf().OfType<IDeclarationPatternOperation>())
                        keep(declared.DeclaredSymbol as ILocalSymbol);
                    break;
                case IAnonymousFunctionOperation when !IsRunAtOnce(parent):
                case ILocalFunctionOperation:
                    return false;
                case IConditionalOperation conditional when part == conditional.Condition && Decides(conditional.WhenTrue, conditional.WhenFalse):
                case ISwitchOperation choice when part == choice.Value && Decides([.. choice.Cases]):
                case ISwitchExpressionOperation expression when part == expression.Value && Decides([.. expression.Arms]):
                case IWhileLoopOperation loop when part == loop.Condition && HasEffect(loop.Body):
                case IForLoopOperation counted when part == counted.Condition && HasEffect(counted.Body):
                case IForEachLoopOperation each when part == each.Collection && HasEffect(each.Body):
                    return true;
                case IForEachLoopOperation each when part == each.Collection:
                    foreach (var local in each.Locals)
                        keep(local);
                    return false;
                case IBlockOperation { Parent: not IAnonymousFunctionOperation }:
                case IBlockOperation when part is not IReturnOperation:
                    return false;
            }
            if ((RecordedEffects.ChangesData(parent) || (parent is IAssignmentOperation { Target: var target } && RecordedEffects.ChangesData(target))) && IsFlushedAfter(parent))
                return true;
        }
        return false;
    }

    /// <summary>What a method writes that is given the value, or that is the value: a buffer, a shuffled list, an <c>out</c> argument.</summary>
    private static void KeepWritten(IEnumerable<IArgumentOperation> arguments, Action<ILocalSymbol?> keep)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.RefKind is RefKind.Out or RefKind.Ref)
                keep((argument.Value as ILocalReferenceOperation ?? (argument.Value as IDeclarationExpressionOperation)?.Expression as ILocalReferenceOperation)?.Local);
        }
    }

    /// <summary>Whether what runs, or whether something after it runs, depends on a condition.</summary>
    private bool Decides(params IOperation?[] branches) => Array.Exists(branches, branch => branch is not null && (HasEffect(branch) || Leaves(branch)));

    /// <summary>Whether it goes away from an effect that would follow.</summary>
    private bool Leaves(IOperation branch)
    {
        var end = branch.Syntax.Span.End;
        return branch.DescendantsAndSelf().Any(operation => operation is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: not BranchKind.Break } or IBranchOperation { Parent: not ISwitchCaseOperation })
            && all.OfType<IInvocationOperation>().Any(call => call.Syntax.SpanStart >= end && RecordedEffects.IsEffect(call));
    }

    private static bool HasEffect(IOperation operation) => operation.DescendantsAndSelf().OfType<IInvocationOperation>().Any(RecordedEffects.IsEffect);

    private bool IsFlushedAfter(IOperation operation) =>
        all.OfType<IInvocationOperation>().Any(call => call.Syntax.SpanStart >= operation.Syntax.Span.End && RecordedEffects.IsFlush(call));

    /// <summary>A function that belongs to the call which it is given to: of a query, of a filter, of a value kept with the session. One of a step is recorded itself.</summary>
    private static bool IsRunAtOnce(IOperation function)
    {
        var argument = function.Parent;
        while (argument is IDelegateCreationOperation or IConversionOperation)
            argument = argument.Parent;
        return argument is IArgumentOperation { Parent: IInvocationOperation call } given
            && (RecordedEffects.IsCompared(given) || call.TargetMethod.ContainingType.Is("System.Linq.Enumerable") || call.TargetMethod.ContainingType.IsCapsule("SessionData"));
    }
}

using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>What a condition of a control flow graph says about <see cref="ReplyFlow"/>'s facts when it is true, or false.</summary>
internal sealed class FlowConditions(TrackedParameters parameters)
{
    private const uint Everything = uint.MaxValue;
    private const int MostSteps = 500;

    private readonly Dictionary<CaptureId, List<Assigned>> captures = [];
    private readonly Dictionary<ILocalSymbol, List<Assigned>> locals = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ControlFlowGraph> learned = [];
    private readonly HashSet<object> open = [];
    private int steps;

    /// <summary>Reads what values the graph keeps in locals; <paramref name="facts"/> are those of its blocks, to be looked at later.</summary>
    public void Learn(ControlFlowGraph graph, uint[] facts)
    {
        if (!learned.Add(graph))
            Forget(graph);
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.Operations.SelectMany(operation => operation.DescendantsAndSelf()))
                Learn(operation, new Assigned(graph, facts, block.Ordinal, null));
        }
    }

    /// <summary>The facts that hold when a condition has that outcome.</summary>
    public uint Of(IOperation condition, bool outcome)
    {
        steps = 0;
        return When(condition, outcome);
    }

    /// <summary>Also for a <c>bool?</c>, which is null where it is neither.</summary>
    private uint When(IOperation value, bool outcome)
    {
        if (value.ConstantValue.HasValue)
            return Equals(value.ConstantValue.Value, outcome) ? 0 : Everything;
        if (steps++ > MostSteps)
            return 0;
        switch (value)
        {
            // What ?. gives for null is neither true nor false.
            case IDefaultValueOperation { Type: { } type } when type.IsNullableStruct():
                return Everything;
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return When(not.Operand, !outcome);
            case IConversionOperation { OperatorMethod: null } conversion:
                return When(conversion.Operand, outcome);
            case IPropertyReferenceOperation reference:
                return NotNull(reference.Instance) | (outcome && IsQuestion(reference.Property) ? ReplyFlow.CanReply : 0);
            case IInvocationOperation { TargetMethod.Name: "GetValueOrDefault", Instance: { } nullable, Arguments.IsEmpty: true } when nullable.Type?.IsNullableStruct() == true:
                return outcome ? When(nullable, true) : 0;
            case IInvocationOperation call:
                return NotNull(call.Instance) | (outcome && ReplyQuestions.IsAskedIn(call.TargetMethod) ? ReplyFlow.CanReply : 0);
            case IParameterReferenceOperation:
                return parameters.When(value, outcome);
            case IIsNullOperation test:
                return outcome ? 0 : NotNull(test.Operand);
            case IIsTypeOperation test:
                return outcome ? NotNull(test.ValueOperand) : 0;
            case IBinaryOperation binary:
                return Binary(binary, outcome);
            case IIsPatternOperation test:
                return Pattern(test.Pattern, test.Value, outcome);
            default:
                return ValuesOf(value) is { } values ? Each(values, assigned => When(assigned, outcome)) : 0;
        }
    }

    private uint Binary(IBinaryOperation binary, bool outcome)
    {
        switch (binary.OperatorKind)
        {
            case BinaryOperatorKind.And:
                return outcome ? When(binary.LeftOperand, true) | When(binary.RightOperand, true) : When(binary.LeftOperand, false) & When(binary.RightOperand, false);
            case BinaryOperatorKind.Or:
                return outcome ? When(binary.LeftOperand, true) & When(binary.RightOperand, true) : When(binary.LeftOperand, false) | When(binary.RightOperand, false);
            case BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals:
                var isEqual = outcome == (binary.OperatorKind == BinaryOperatorKind.Equals);
                return Compare(binary.LeftOperand, binary.RightOperand, isEqual) | Compare(binary.RightOperand, binary.LeftOperand, isEqual);
            default:
                return 0;
        }
    }

    private uint Compare(IOperation value, IOperation constant, bool isEqual) => SessionMembers.Unwrap(constant)!.ConstantValue switch
    {
        { HasValue: true, Value: null } => isEqual ? 0 : NotNull(value),
        { HasValue: true, Value: bool truth } => isEqual ? When(value, truth) : WhenUnequal(value, truth),
        _ => 0,
    };

    /// <summary>A <c>bool?</c> that is not true may be false or null.</summary>
    private uint WhenUnequal(IOperation value, bool truth) =>
        SessionMembers.Unwrap(value)?.Type is { SpecialType: SpecialType.System_Boolean } ? When(value, !truth) : 0;

    private uint Pattern(IPatternOperation pattern, IOperation value, bool outcome) => pattern switch
    {
        INegatedPatternOperation not => Pattern(not.Pattern, value, !outcome),
        IConstantPatternOperation { Value: var constant } => Compare(value, constant, outcome),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.And } both => outcome
            ? Pattern(both.LeftPattern, value, true) | Pattern(both.RightPattern, value, true)
            : Pattern(both.LeftPattern, value, false) & Pattern(both.RightPattern, value, false),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => outcome
            ? Pattern(either.LeftPattern, value, true) & Pattern(either.RightPattern, value, true)
            : Pattern(either.LeftPattern, value, false) | Pattern(either.RightPattern, value, false),
        IRecursivePatternOperation recursive when outcome => recursive.PropertySubpatterns
            .Where(part => part.Member is IPropertyReferenceOperation)
            .Aggregate(NotNull(value), (facts, part) => facts | Pattern(part.Pattern, part.Member, true)),
        ITypePatternOperation or IDeclarationPatternOperation { MatchesNull: false } when outcome => NotNull(value),
        _ => 0,
    };

    /// <summary>What is ruled out by a value that is not null.</summary>
    private uint NotNull(IOperation? value)
    {
        value = SessionMembers.Unwrap(value);
        if (value is null || steps++ > MostSteps)
            return 0;
        return ValuesOf(value) is { } values ? Each(values, NotNull) : parameters.NotNull(value);
    }

    private List<Assigned>? ValuesOf(IOperation value) => value switch
    {
        IFlowCaptureReferenceOperation reference when captures.TryGetValue(reference.Id, out var values) => values,
        ILocalReferenceOperation reference when locals.TryGetValue(reference.Local, out var values) => values,
        _ => null,
    };

    private static bool IsQuestion(IPropertySymbol property) =>
        ReplyQuestions.IsCanReply(property) || (property.Type.SpecialType == SpecialType.System_Boolean && property.GetMethod is { } getter && ReplyQuestions.IsAskedIn(getter));

    /// <summary>What holds whichever of the values it is. A value also tells where it was assigned; one made from itself tells nothing new.</summary>
    private uint Each(List<Assigned> values, Func<IOperation, uint> read)
    {
        if (!open.Add(values))
            return Everything;
        var facts = Everything;
        foreach (var assigned in values)
            facts &= assigned.Value is null ? 0 : read(assigned.Value) | assigned.Facts[assigned.Block];
        open.Remove(values);
        return values.Count == 0 ? 0 : facts;
    }

    private void Learn(IOperation operation, Assigned place)
    {
        switch (operation)
        {
            case IFlowCaptureOperation capture:
                Keep(captures, capture.Id, place with { Value = capture.Value });
                break;
            case ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment:
                Keep(locals, target.Local, place with { Value = assignment.Value });
                break;
            case ILocalReferenceOperation target when IsWritten(target) || (target.IsDeclaration && target.Parent is not ISimpleAssignmentOperation):
                Keep(locals, target.Local, place);
                break;
        }
    }

    private static bool IsWritten(ILocalReferenceOperation target) => target.Parent switch
    {
        ISimpleAssignmentOperation => false,
        IAssignmentOperation { Target: var written } => written == target,
        IArgumentOperation { Parameter.RefKind: RefKind.Out or RefKind.Ref } => true,
        _ => false,
    };

    private static void Keep<TKey>(Dictionary<TKey, List<Assigned>> values, TKey key, Assigned assigned)
        where TKey : notnull
    {
        if (!values.TryGetValue(key, out var list))
            values.Add(key, list = []);
        list.Add(assigned);
    }

    private void Forget(ControlFlowGraph graph)
    {
        foreach (var list in captures.Values.Concat(locals.Values))
            list.RemoveAll(assigned => assigned.Graph == graph);
    }

    /// <summary>A value that a local got, and where; null for one that nothing is known about.</summary>
    private sealed record Assigned(ControlFlowGraph Graph, uint[] Facts, int Block, IOperation? Value);
}

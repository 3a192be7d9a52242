using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Finds what a method, an accessor or an initialiser calls, its lambdas and local functions included.</summary>
internal sealed class CallCollector(ReplyMembers members, TrackedParameters parameters)
{
    private readonly List<(IOperation Operation, IMethodSymbol Target)> found = [];
    private bool isGuarded;
    private bool hasLocalFunctions;

    /// <summary>The calls that may lead to a reply, in the order of the source; those behind a guard are left out.</summary>
    public static ImmutableArray<Call> Collect(
        ISymbol owner, IEnumerable<IOperation> blocks, ReplyMembers members, Func<IOperation, ControlFlowGraph> graphOf)
    {
        var all = ImmutableArray.CreateBuilder<Call>();
        foreach (var block in blocks)
        {
            var collector = new CallCollector(members, new TrackedParameters(owner as IMethodSymbol));
            foreach (var operation in block.DescendantsAndSelf())
                collector.Visit(operation);
            if (collector.found.Count > 0)
                collector.AddTo(all, block, graphOf);
        }
        return all.ToImmutable();
    }

    private void Visit(IOperation operation)
    {
        switch (operation)
        {
            case IInvocationOperation { TargetMethod.MethodKind: not (MethodKind.DelegateInvoke or MethodKind.LocalFunction) } call:
                Add(operation, call.TargetMethod);
                break;
            case IObjectCreationOperation { Constructor: { } constructor }:
                Add(operation, constructor);
                break;
            case IMethodReferenceOperation { Method.MethodKind: not MethodKind.LocalFunction } reference:
                Add(operation, reference.Method);
                break;
            case IPropertyReferenceOperation reference:
                AddAccessors(reference);
                break;
            case IUsingOperation or IUsingDeclarationOperation:
                foreach (var type in ResourceTypes(operation))
                    AddDisposal(operation, type);
                break;
            case IBinaryOperation { OperatorMethod: { } method }:
                Add(operation, method);
                break;
            case IUnaryOperation { OperatorMethod: { } method }:
                Add(operation, method);
                break;
            case IConversionOperation { OperatorMethod: { } method }:
                Add(operation, method);
                break;
            case ICompoundAssignmentOperation { OperatorMethod: { } method }:
                Add(operation, method);
                break;
            case ILocalFunctionOperation:
                hasLocalFunctions = true;
                break;
            case ICatchClauseOperation handler:
                isGuarded |= SessionMembers.IsNoReplyException(handler.ExceptionType);
                break;
            case IParameterReferenceOperation reference:
                parameters.ForgetWhenWritten(reference);
                break;
        }
    }

    private void Add(IOperation operation, IMethodSymbol? target)
    {
        if (target is null || !members.IsRelevant(target))
            return;
        isGuarded |= members.AsksCanReply(target);
        found.Add((operation, target));
    }

    private void AddAccessors(IPropertyReferenceOperation reference)
    {
        if (ReplyQuestions.IsCanReply(reference.Property))
        {
            isGuarded = true;
            return;
        }
        var (reads, writes) = reference.Parent switch
        {
            ISimpleAssignmentOperation assignment when assignment.Target == reference => (false, true),
            ICompoundAssignmentOperation assignment when assignment.Target == reference => (true, true),
            ICoalesceAssignmentOperation assignment when assignment.Target == reference => (true, true),
            IIncrementOrDecrementOperation => (true, true),
            _ => (true, false),
        };
        if (reads)
            Add(reference, reference.Property.GetMethod);
        if (writes)
            Add(reference, reference.Property.SetMethod);
    }

    private static IEnumerable<ITypeSymbol?> ResourceTypes(IOperation operation) => operation switch
    {
        IUsingDeclarationOperation declaration => TypesOf(declaration.DeclarationGroup),
        IUsingOperation { Resources: IVariableDeclarationGroupOperation group } => TypesOf(group),
        IUsingOperation { Resources: var resource } => [resource.Type],
        _ => [],
    };

    private static IEnumerable<ITypeSymbol?> TypesOf(IVariableDeclarationGroupOperation group) =>
        group.Declarations.SelectMany(declaration => declaration.Declarators).Select(declarator => declarator.Symbol.Type);

    private void AddDisposal(IOperation operation, ITypeSymbol? type)
    {
        var name = operation is IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true } ? "DisposeAsync" : "Dispose";
        for (var declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            if (declaring.GetMembers(name).OfType<IMethodSymbol>().FirstOrDefault(method => method.Parameters.IsEmpty) is not { } disposal)
                continue;
            Add(operation, disposal);
            return;
        }
    }

    private void AddTo(ImmutableArray<Call>.Builder all, IOperation block, Func<IOperation, ControlFlowGraph> graphOf)
    {
        var flow = isGuarded || parameters.MayDecide ? ReplyFlow.Of(graphOf(block), parameters) : null;
        var functions = hasLocalFunctions ? LocalFunctionUse.In(block) : null;
        foreach (var (operation, target) in found)
        {
            var facts = flow?.At(operation.Syntax) ?? 0;
            var place = CallPlace.Of(operation, functions);
            if ((facts & ReplyFlow.CanReply) != 0 || !place.IsReached)
                continue;
            var receiver = ReceiverOf(operation);
            var call = new Call(target.ToNode(), operation.Syntax)
            {
                IsCertain = place.IsCertain && operation is not IMethodReferenceOperation && !MayBeAnother(target, receiver),
                IsOwnOutput = operation is IInvocationOperation && !SessionMembers.IsGivenToLambda(receiver),
                RuledOut = facts | parameters.NotNull(receiver),
            };
            if (operation is IInvocationOperation { Arguments: var arguments })
                Bind(call, arguments);
            else if (operation is IObjectCreationOperation creation)
                Bind(call, creation.Arguments);
            all.Add(call);
        }
    }

    private static IOperation? ReceiverOf(IOperation operation) => operation switch
    {
        IInvocationOperation call => SessionMembers.ReceiverOf(call),
        IMemberReferenceOperation reference => SessionMembers.Unwrap(reference.Instance),
        _ => null,
    };

    /// <summary>Whether an override or an implementation may run in the target's place.</summary>
    private static bool MayBeAnother(IMethodSymbol target, IOperation? receiver)
    {
        if (target.ContainingType.TypeKind == TypeKind.Interface)
            return target.IsVirtual || target.IsAbstract;
        if (!target.IsVirtual && !target.IsAbstract && !target.IsOverride || target.IsSealed || target.ContainingType.IsSealed)
            return false;
        return !ReplyMembers.IsOutput(target) && receiver is not { Type.IsSealed: true } and not IObjectCreationOperation && !IsBase(receiver);
    }

    private static bool IsBase(IOperation? receiver) =>
        receiver is IInstanceReferenceOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.BaseExpressionSyntax };

    private void Bind(Call call, ImmutableArray<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { Ordinal: < TrackedParameters.Most } parameter)
                continue;
            var value = SessionMembers.Unwrap(argument.Value);
            if (TrackedParameters.IsBool(parameter))
                BindBool(call, parameter.Ordinal, value);
            else if (parameter.Type.IsValueType)
                continue;
            else if (argument.Value.ConstantValue is { HasValue: true, Value: null } || value is { ConstantValue: { HasValue: true, Value: null } })
                call.Given |= 1u << parameter.Ordinal;
            else if (parameters.OrdinalOf(value) is { } from)
                call.Passed = call.Passed.Add((1u << from, 1u << parameter.Ordinal));
        }
    }

    private void BindBool(Call call, int to, IOperation? value)
    {
        if (value is { ConstantValue: { HasValue: true, Value: bool constant } })
        {
            call.Given |= TrackedParameters.BitOf(to, constant);
            return;
        }
        var isNegated = value is IUnaryOperation { OperatorKind: UnaryOperatorKind.Not };
        if (parameters.OrdinalOf(value is IUnaryOperation not && isNegated ? SessionMembers.Unwrap(not.Operand) : value) is not { } from)
            return;
        call.Passed =
        [
            .. call.Passed,
            (TrackedParameters.BitOf(from, false), TrackedParameters.BitOf(to, isNegated)),
            (TrackedParameters.BitOf(from, true), TrackedParameters.BitOf(to, !isNegated)),
        ];
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>
/// What is certain at each place of a method: that the session can reply, and which parameters are not null, not false or not true. None of that
/// changes while a method runs, so what a condition has shown stays true on the way on from there.
/// </summary>
internal sealed class ReplyFlow
{
    /// <summary>Beside the bits of <see cref="TrackedParameters"/>.</summary>
    public const uint CanReply = 1u << 31;

    /// <summary>Where control never comes, everything is true.</summary>
    private const uint Everything = uint.MaxValue;

    private readonly Dictionary<SyntaxNode, uint> bySyntax = [];
    private readonly Dictionary<IMethodSymbol, uint> atStartOfFunction = new(SymbolEqualityComparer.Default);
    private readonly FlowConditions conditions;

    private ReplyFlow(TrackedParameters parameters) => conditions = new FlowConditions(parameters);

    public static ReplyFlow Of(ControlFlowGraph graph, TrackedParameters parameters)
    {
        var flow = new ReplyFlow(parameters);
        // Local functions begin with what is true wherever they are used, which may be in each other.
        bool changed;
        do
        {
            var before = flow.atStartOfFunction.ToDictionary(pair => pair.Key, pair => pair.Value, SymbolEqualityComparer.Default);
            flow.bySyntax.Clear();
            flow.Analyze(graph, 0);
            changed = flow.atStartOfFunction.Any(pair => !before.TryGetValue(pair.Key, out var facts) || facts != pair.Value);
        }
        while (changed);
        return flow;
    }

    /// <summary>Whether the operation runs only where the session can reply, or where somebody catches that it can't.</summary>
    public static bool Guards(OperationAnalysisContext context) =>
        (Of(context.GetControlFlowGraph(), new TrackedParameters(context.ContainingSymbol as IMethodSymbol)).At(context.Operation.Syntax) & CanReply) != 0;

    /// <summary>The facts where a part of the method runs.</summary>
    public uint At(SyntaxNode node) => bySyntax.TryGetValue(node, out var facts) ? facts : 0;

    private void Analyze(ControlFlowGraph graph, uint atStart)
    {
        var facts = Enumerable.Repeat(Everything, graph.Blocks.Length).ToArray();
        facts[0] = atStart;
        conditions.Learn(graph, facts);
        bool changed;
        do
        {
            changed = false;
            foreach (var block in graph.Blocks)
            {
                if (HandlerEntry(block) is { } tryBlock)
                    changed |= Narrow(facts, block.Ordinal, facts[tryBlock]);
                changed |= Leave(facts, block, block.FallThroughSuccessor, block.ConditionKind == ControlFlowConditionKind.WhenFalse);
                changed |= Leave(facts, block, block.ConditionalSuccessor, block.ConditionKind == ControlFlowConditionKind.WhenTrue);
            }
        }
        while (changed);

        foreach (var block in graph.Blocks)
            Record(graph, block, facts[block.Ordinal] | (CatchesNoReply(block) ? CanReply : 0));
        foreach (var function in graph.LocalFunctions)
        {
            if (atStartOfFunction.TryGetValue(function.OriginalDefinition, out var known))
                Analyze(graph.GetLocalFunctionControlFlowGraph(function), known);
        }
    }

    private bool Leave(uint[] facts, BasicBlock block, ControlFlowBranch? branch, bool outcome)
    {
        if (branch?.Destination is not { } destination)
            return false;
        var known = facts[block.Ordinal];
        if (block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } condition)
            known |= conditions.Of(condition, outcome);
        return Narrow(facts, destination.Ordinal, known);
    }

    private static bool Narrow(uint[] facts, int ordinal, uint known)
    {
        var before = facts[ordinal];
        facts[ordinal] &= known;
        return facts[ordinal] != before;
    }

    /// <summary>The first block of the <c>try</c> that a block is the handler of: an exception may come from anywhere in it.</summary>
    private static int? HandlerEntry(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null && region.FirstBlockOrdinal == block.Ordinal; region = region.EnclosingRegion)
        {
            if (region.Kind is ControlFlowRegionKind.Catch or ControlFlowRegionKind.Filter or ControlFlowRegionKind.FilterAndHandler or ControlFlowRegionKind.Finally)
            {
                var whole = region.EnclosingRegion;
                while (whole is { Kind: not (ControlFlowRegionKind.TryAndCatch or ControlFlowRegionKind.TryAndFinally) })
                    whole = whole.EnclosingRegion;
                return whole?.FirstBlockOrdinal;
            }
        }
        return null;
    }

    /// <summary>Whether the block is in a <c>try</c> that expects that nobody can be replied to.</summary>
    private static bool CatchesNoReply(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region is not null; region = region.EnclosingRegion)
        {
            if (region.Kind == ControlFlowRegionKind.Try
                && region.EnclosingRegion!.NestedRegions.Any(handler => SessionMembers.IsNoReplyException(handler.ExceptionType)))
            {
                return true;
            }
        }
        return false;
    }

    private void Record(ControlFlowGraph graph, BasicBlock block, uint known)
    {
        foreach (var operation in block.Operations.SelectMany(operation => operation.DescendantsAndSelf()))
            Record(graph, operation, known);
        foreach (var operation in block.BranchValue?.DescendantsAndSelf() ?? [])
            Record(graph, operation, known);
    }

    private void Record(ControlFlowGraph graph, IOperation operation, uint known)
    {
        bySyntax[operation.Syntax] = bySyntax.TryGetValue(operation.Syntax, out var other) ? other & known : known;
        switch (operation)
        {
            case IFlowAnonymousFunctionOperation lambda:
                Analyze(graph.GetAnonymousFunctionControlFlowGraph(lambda), known);
                break;
            case IInvocationOperation { TargetMethod: { MethodKind: MethodKind.LocalFunction } function }:
                Enter(function);
                break;
            case IMethodReferenceOperation { Method: { MethodKind: MethodKind.LocalFunction } function }:
                Enter(function);
                break;
        }

        void Enter(IMethodSymbol function) =>
            atStartOfFunction[function.OriginalDefinition] =
                atStartOfFunction.TryGetValue(function.OriginalDefinition, out var before) ? before & known : known;
    }
}

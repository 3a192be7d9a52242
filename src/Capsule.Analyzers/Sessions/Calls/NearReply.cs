using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Looks for a reply in the methods that a schedule calls itself, so that an editor need not wait for the end of a compilation.</summary>
internal sealed class NearReply(ReplyMembers members, Compilation compilation)
{
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<Call>> known = new(SymbolEqualityComparer.Default);

    public ReplyPath? Find(IMethodSymbol schedule, ImmutableArray<Call> calls, CancellationToken cancellation)
    {
        CallGraph? near = null;
        foreach (var call in calls)
        {
            if (!call.IsCertain || !SymbolEqualityComparer.Default.Equals(call.Target.ContainingAssembly, compilation.Assembly))
                continue;
            var further = known.GetOrAdd(call.Target, target => CallsIn(target, cancellation));
            if (further.Any(next => ReplyMembers.IsOutput(next.Target)))
                (near ??= new CallGraph()).Add(call.Target, further);
        }
        if (near is null)
            return null;
        near.Add(schedule, calls);
        var path = new ReplySearch(near, new Implementations(compilation.Assembly, cancellation), cancellation).Find([schedule]).FirstOrDefault();
        return path is { IsCertain: true } ? path : null;
    }

    private ImmutableArray<Call> CallsIn(IMethodSymbol method, CancellationToken cancellation)
    {
        var definition = method.PartialImplementationPart ?? method;
        foreach (var reference in definition.DeclaringSyntaxReferences)
        {
            var syntax = reference.GetSyntax(cancellation);
            if (!syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && SessionMembers.IsOutputName(token.ValueText)))
                continue;
#pragma warning disable RS1030 // Only for a body in another file that by its words does reply.
            var semantics = compilation.GetSemanticModel(reference.SyntaxTree);
#pragma warning restore RS1030
            var node = syntax is ArrowExpressionClauseSyntax { Parent: { } parent } ? parent : syntax;
            if ((semantics.GetOperation(node, cancellation) ?? semantics.GetOperation(syntax, cancellation)) is { Parent: null } body)
                return CallCollector.Collect(method, [body], members, GraphOf);
        }
        return [];

        ControlFlowGraph GraphOf(IOperation body) => body switch
        {
            IMethodBodyOperation method => ControlFlowGraph.Create(method, cancellation),
            IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor, cancellation),
            IBlockOperation block => ControlFlowGraph.Create(block, cancellation),
            _ => throw new NotSupportedException(body.Kind.ToString()),
        };
    }
}

using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>Looks for a reply in the methods that a schedule calls itself, so that an editor need not wait for the end of a compilation.</summary>
internal static class NearReply
{
    public static ReplyPath? Find(
        IMethodSymbol schedule, ImmutableArray<Call> calls, ReplyMembers members, Compilation compilation, CancellationToken cancellation)
    {
        var near = new CallGraph();
        near.Add(schedule, calls);
        foreach (var call in calls)
        {
            if (call.IsCertain && SymbolEqualityComparer.Default.Equals(call.Target.ContainingAssembly, compilation.Assembly))
                near.Add(call.Target, CallsIn(call.Target, members, compilation, cancellation));
        }
        var path = new ReplySearch(near, new Implementations(compilation.Assembly, cancellation), cancellation).Find([schedule]).FirstOrDefault();
        return path is { IsCertain: true } ? path : null;
    }

    private static ImmutableArray<Call> CallsIn(IMethodSymbol method, ReplyMembers members, Compilation compilation, CancellationToken cancellation)
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

using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0301: removes a statement of a schedule that only replies, prompts or shows something, or runs it only for sessions with a reader.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveOutputFix() : CapsuleCodeFix(Descriptors.OutputInSchedule.Id, "Remove the call")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (StatementOf(node) is not { } statement)
            yield break;
        yield return new Change("Remove the call", node.SyntaxTree, editor => editor.RemoveNode(statement, SyntaxRemoveOptions.KeepNoTrivia));
        if (node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax session } })
            yield return new Change("Check CanReply first", node.SyntaxTree, editor => editor.ReplaceNode(statement, statement.Guarded(ReplyGuards.CanReply(session))));
    }

    private static ExpressionStatementSyntax? StatementOf(SyntaxNode node) =>
        node.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax or SwitchSectionSyntax } statement
            && !node.AncestorsAndSelf().TakeWhile(part => part != statement).Any(part => part is AnonymousFunctionExpressionSyntax or ArgumentSyntax)
            ? statement
            : null;
}

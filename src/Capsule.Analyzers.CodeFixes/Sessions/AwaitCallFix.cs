using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0304: awaits a session call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitCallFix() : CapsuleCodeFix(Descriptors.DroppedSessionCall.Id, "Await the call")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement || AsyncFunction.Around(statement, semantics) is not { } function)
            return null;
        var call = statement.Expression is AssignmentExpressionSyntax { Right: var dropped } ? dropped : statement.Expression;
        // Awaiting what ?. gives would fail on null, and where there is a choice, await would go with its first part.
        if (call is not (InvocationExpressionSyntax or ParenthesizedExpressionSyntax) || call.DescendantNodesAndSelf().OfType<AnonymousFunctionExpressionSyntax>().Any(inner => inner.Contains(node)))
            return null;
        return editor =>
        {
            editor.ReplaceNode(statement, statement.WithExpression(
                SyntaxFactory.AwaitExpression(call.WithoutLeadingTrivia()).WithLeadingTrivia(statement.Expression.GetLeadingTrivia())));
            function.MakeAsync(editor);
        };
    }
}

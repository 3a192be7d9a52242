using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0305: waits for the work that uses the session, so that the session is there until it ends.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitBackgroundWorkFix() : CapsuleCodeFix(Descriptors.OutlivesHandler.Id, "Await the work")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        var statement = node.Ancestors().OfType<ExpressionStatementSyntax>()
            .FirstOrDefault(candidate => IsStart(candidate.Expression is AssignmentExpressionSyntax { Right: var dropped } ? dropped : candidate.Expression, semantics));
        if (statement is null || AsyncFunction.Around(statement, semantics) is not { } function)
            return null;
        var call = statement.Expression is AssignmentExpressionSyntax { Right: var work } ? work : statement.Expression;
        return editor =>
        {
            editor.ReplaceNode(statement, statement.WithExpression(
                SyntaxFactory.AwaitExpression(call.WithoutLeadingTrivia()).WithLeadingTrivia(statement.Expression.GetLeadingTrivia())));
            function.MakeAsync(editor);
        };
    }

    private static bool IsStart(ExpressionSyntax expression, SemanticModel semantics) => expression is InvocationExpressionSyntax call
        && (call.Expression is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Run" or "ContinueWith" }
            || semantics.GetSymbolInfo(call).Symbol is IMethodSymbol { IsAsync: true, ReturnsVoid: false });
}

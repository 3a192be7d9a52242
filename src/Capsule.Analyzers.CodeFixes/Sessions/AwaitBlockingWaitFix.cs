using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0313: awaits the task instead of blocking a thread until it has ended.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitBlockingWaitFix() : CapsuleCodeFix(Descriptors.BlockingWait.Id, "Await the task")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node is not ExpressionSyntax wait || TaskOf(wait) is not { } task || AsyncFunction.Around(wait, semantics) is not { } function)
            return null;
        var awaited = SyntaxFactory.AwaitExpression(
            SyntaxFactory.Token([], SyntaxKind.AwaitKeyword, [SyntaxFactory.Space]), task.WithoutTrivia());
        return editor =>
        {
            editor.ReplaceNode(wait, awaited.InPlaceOf(wait));
            function.MakeAsync(editor);
        };
    }

    /// <summary>What is waited for; null for a wait with a time limit, which an await does not have.</summary>
    private static ExpressionSyntax? TaskOf(ExpressionSyntax wait) => wait switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task } => task,
        InvocationExpressionSyntax
        {
            ArgumentList.Arguments.Count: 0,
            Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: var task },
        } => task,
        InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax
            {
                Name.Identifier.ValueText: "GetResult",
                Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetAwaiter", Expression: var task } },
            },
        } => task,
        _ => null,
    };
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>Conditions under which a session is replied to.</summary>
internal static class ReplyGuards
{
    public static ExpressionSyntax CanReply(ExpressionSyntax session) =>
        SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, session.WithoutTrivia(), SyntaxFactory.IdentifierName("CanReply"));

    /// <summary>The statement below an <c>if</c>, on a line of its own.</summary>
    public static IfStatementSyntax Guarded(this StatementSyntax statement, ExpressionSyntax condition)
    {
        var start = statement.GetLeadingTrivia();
        var indentation = start.Reverse().TakeWhile(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse();
        var body = statement.WithLeadingTrivia(indentation.Append(SyntaxFactory.Whitespace("    ")));
        return SyntaxFactory.IfStatement(condition, body)
            .WithIfKeyword(SyntaxFactory.Token(start, SyntaxKind.IfKeyword, [SyntaxFactory.Space]))
            .WithCloseParenToken(SyntaxFactory.Token([], SyntaxKind.CloseParenToken, [SyntaxFactory.LineFeed]));
    }
}

using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0303: replies through <c>Session.Current</c> only where it can.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class GuardCurrentSessionFix() : CapsuleCodeFix(Descriptors.UncheckedCurrentSession.Id, "Check CanReply first")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var receiver } }
            || node.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax } statement
            || node.Ancestors().TakeWhile(part => part != statement).Any(part => part is AnonymousFunctionExpressionSyntax))
        {
            return null;
        }
        if (receiver is IdentifierNameSyntax local)
            return editor => editor.ReplaceNode(statement, statement.Guarded(ReplyGuards.CanReply(local)));

        var current = receiver is PostfixUnaryExpressionSyntax sure ? sure.Operand : receiver;
        var name = semantics.LookupSymbols(statement.SpanStart, name: "session").IsEmpty ? "session" : "current";
        var condition = SyntaxFactory.ParseExpression($"{current.WithoutTrivia()} is {{ CanReply: true }} {name}");
        var reply = statement.ReplaceNode(receiver, SyntaxFactory.IdentifierName(name).WithTriviaFrom(receiver));
        return editor => editor.ReplaceNode(statement, reply.Guarded(condition));
    }
}

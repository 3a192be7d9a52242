using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0309: ends a streamed reply where its local goes out of scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AwaitUsingFix() : CapsuleCodeFix(Descriptors.UndisposedReplyStream.Id, "Declare with await using")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<StatementSyntax>() is not LocalDeclarationStatementSyntax { Declaration.Variables.Count: 1 } declaration
            || AsyncFunction.Around(declaration, semantics) is not { } function)
        {
            return null;
        }
        return editor =>
        {
            var start = declaration.GetLeadingTrivia();
            editor.ReplaceNode(declaration, declaration.WithoutLeadingTrivia()
                .WithAwaitKeyword(SyntaxFactory.Token(start, SyntaxKind.AwaitKeyword, [SyntaxFactory.Space]))
                .WithUsingKeyword(SyntaxFactory.Token([], SyntaxKind.UsingKeyword, [SyntaxFactory.Space])));
            function.MakeAsync(editor);
        };
    }
}

using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0316: asks the user for an integration that is not connected yet, and waits for it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RequireIntegrationFix() : CapsuleCodeFix(Descriptors.UncheckedIntegration.Id, "Use RequireIntegrationAsync")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node is not PostfixUnaryExpressionSyntax sure || AsyncFunction.Around(node, semantics) is not { } function
            || IntegrationLookup.Of(sure.Operand, semantics, CancellationToken.None) is not { Session: { } session } lookup || lookup.Used != lookup.Expression)
        {
            return null;
        }
        var required = SyntaxFactory.ParseExpression($"await {session.WithoutTrivia()}.RequireIntegrationAsync({lookup.Integration.WithoutTrivia()})").InPlaceOf(sure);
        return editor =>
        {
            editor.ReplaceNode(node, required);
            function.MakeAsync(editor);
        };
    }
}

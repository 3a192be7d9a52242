using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Capsule.Analyzers;

/// <summary>CAP0317: marks a library's method <c>[MayReply]</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MarkMayReplyFix() : CapsuleCodeFix(Descriptors.UnmarkedReply.Id, "Mark [MayReply]")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<MethodDeclarationSyntax>() is not { } method || semantics.Compilation.GetTypeByMetadataName("Capsule.MayReplyAttribute") is not { } mark)
            return null;
        return editor => editor.ReplaceNode(method, (current, generator) => generator.AddAttributes(current, generator.Attribute(
            generator.TypeExpression(mark, addImport: true).WithAdditionalAnnotations(Simplifier.Annotation))));
    }
}

using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0001: makes the declaration, and the types around it, internal.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MakeInternalFix() : CapsuleCodeFix(Descriptors.NotAccessible.Id, "Make internal")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        var declaration = node.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        if (declaration is null or MethodDeclarationSyntax { ExplicitInterfaceSpecifier: not null })
            return null;
        var hidden = declaration.AncestorsAndSelf().OfType<MemberDeclarationSyntax>().Where(part => IsHidden(part, semantics)).ToList();
        return hidden.Count == 0 ? null : editor =>
        {
            foreach (var part in hidden)
                editor.ReplaceNode(part, (current, generator) => MakeInternal((MemberDeclarationSyntax)current, generator));
        };
    }

    private static bool IsHidden(MemberDeclarationSyntax declaration, SemanticModel semantics) =>
        semantics.GetDeclaredSymbol(declaration) is { DeclaredAccessibility: var accessibility } symbol and not INamespaceSymbol
        && (accessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal
            || symbol is INamedTypeSymbol { IsFileLocal: true });

    private static SyntaxNode MakeInternal(MemberDeclarationSyntax declaration, SyntaxGenerator generator)
    {
        var file = declaration.Modifiers.FirstOrDefault(modifier => modifier.IsKind(SyntaxKind.FileKeyword));
        return file.IsKind(SyntaxKind.FileKeyword)
            ? declaration.ReplaceToken(file, SyntaxFactory.Token(SyntaxKind.InternalKeyword).WithTriviaFrom(file))
            : generator.WithAccessibility(declaration, Accessibility.Internal);
    }
}

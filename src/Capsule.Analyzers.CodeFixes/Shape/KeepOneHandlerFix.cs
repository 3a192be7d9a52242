using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0004: leaves one of the attributes that exclude each other.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class KeepOneHandlerFix() : CapsuleCodeFix(Descriptors.ConflictingHandlers.Id, "Keep one")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not MethodDeclarationSyntax method || semantics.GetDeclaredSymbol(method) is not { } symbol)
            yield break;
        var marks = HandlerMark.On(symbol);
        foreach (var kept in marks.Select(mark => mark.Kind).Distinct())
        {
            var unwanted = marks.Where(mark => mark.Kind != kept).Select(mark => mark.Attribute.ApplicationSyntaxReference?.Span).ToList();
            // An attribute of another part of the method is not here to be removed.
            if (!marks.Any(mark => mark.Attribute.ApplicationSyntaxReference?.SyntaxTree != method.SyntaxTree))
            {
                yield return new Change($"Keep [{kept}]", method.SyntaxTree, editor =>
                    editor.ReplaceNode(method, method.WithoutAttributes(attribute => unwanted.Contains(attribute.Span))));
            }
        }
    }
}

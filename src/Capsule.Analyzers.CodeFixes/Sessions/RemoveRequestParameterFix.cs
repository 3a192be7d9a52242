using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0310: removes a parameter that only a request could fill.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class RemoveRequestParameterFix() : CapsuleCodeFix(Descriptors.RequestInSchedule.Id, "Remove the parameter")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics)
    {
        if (node.FirstAncestorOrSelf<ParameterSyntax>() is not { Parent.Parent: MethodDeclarationSyntax method } parameter
            || semantics.GetDeclaredSymbol(parameter) is not { ContainingSymbol: IMethodSymbol symbol } declared
            || symbol.HasFixedSignature() || symbol.IsNamedElsewhere(semantics.Compilation, CancellationToken.None) || declared.UsesOf(method, semantics).Any())
        {
            return null;
        }
        return editor => editor.RemoveNode(parameter);
    }
}

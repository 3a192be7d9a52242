using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>CAP0003: lets an <c>async void</c> handler return a task.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ReturnTaskFix() : CapsuleCodeFix(Descriptors.UnusableShape.Id, "Return Task")
{
    private protected override Action<SyntaxEditor>? EditFor(SyntaxNode node, SemanticModel semantics) =>
        node is MethodDeclarationSyntax method && semantics.GetDeclaredSymbol(method) is IMethodSymbol { IsAsync: true, ReturnsVoid: true }
            ? editor => editor.ReturnTask(method, semantics.Compilation)
            : null;
}

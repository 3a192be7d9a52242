using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Simplification;

namespace Capsule.Analyzers;

/// <summary>A function that may await: one that is <c>async</c>, or a handler without a result, which nobody but generated code calls.</summary>
internal sealed class AsyncFunction
{
    private readonly MethodDeclarationSyntax? toChange;
    private readonly Compilation compilation;

    private AsyncFunction(MethodDeclarationSyntax? toChange, Compilation compilation) => (this.toChange, this.compilation) = (toChange, compilation);

    /// <summary>The function that a node is in; null when it can't await.</summary>
    public static AsyncFunction? Around(SyntaxNode node, SemanticModel semantics)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case AnonymousFunctionExpressionSyntax function:
                    return function.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword) ? new(null, semantics.Compilation) : null;
                case LocalFunctionStatementSyntax function:
                    return function.Modifiers.Any(SyntaxKind.AsyncKeyword) ? new(null, semantics.Compilation) : null;
                case MethodDeclarationSyntax method when method.Modifiers.Any(SyntaxKind.AsyncKeyword):
                    return new(null, semantics.Compilation);
                case MethodDeclarationSyntax method:
                    return semantics.GetDeclaredSymbol(method) is { ReturnsVoid: true } symbol && HandlerMark.On(symbol).Count > 0
                        ? new(method, semantics.Compilation)
                        : null;
                case GlobalStatementSyntax:
                    return new(null, semantics.Compilation);
                case MemberDeclarationSyntax:
                    return null;
            }
        }
        return null;
    }

    public void MakeAsync(SyntaxEditor editor)
    {
        if (toChange is null)
            return;
        editor.ReplaceNode(toChange, (current, generator) =>
            generator.WithModifiers(current, generator.GetModifiers(current).WithAsync(true)));
        editor.ReturnTask(this.toChange, this.compilation);
    }
}

internal static class EditorExtensions
{
    /// <summary>Makes <c>Task</c> the return type of a method that has none.</summary>
    public static void ReturnTask(this SyntaxEditor editor, MethodDeclarationSyntax method, Compilation compilation)
    {
        if (compilation.GetTypeByMetadataName("System.Threading.Tasks.Task") is not { } task)
            return;
        editor.ReplaceNode(method, (current, generator) =>
        {
            var declaration = (MethodDeclarationSyntax)current;
            var type = (TypeSyntax)generator.TypeExpression(task).WithAdditionalAnnotations(Simplifier.Annotation, Simplifier.AddImportsAnnotation);
            return declaration.WithReturnType(type.WithTriviaFrom(declaration.ReturnType));
        });
    }
}

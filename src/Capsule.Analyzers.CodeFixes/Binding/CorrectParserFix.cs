using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;

namespace Capsule.Analyzers;

/// <summary>
/// CAP0105: makes a <c>TryParse</c> or <c>BindAsync</c> public and static, lets it read a <c>string</c>, and lets it return a <c>ValueTask</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CorrectParserFix() : CapsuleCodeFix(Descriptors.MalformedParser.Id, "Correct the method")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (diagnostic.AdditionalLocations is not [{ SourceTree: { } tree } place]
            || tree.GetRoot().FindNode(place.SourceSpan) is not MethodDeclarationSyntax { TypeParameterList: null } method)
        {
            yield break;
        }
        var compilation = semantics.Compilation;
        var symbol = compilation.GetSemanticModel(tree).GetDeclaredSymbol(method)!;
        yield return new Change($"Correct {symbol.Name}", "Correct the method", (tree, editor => editor.ReplaceNode(method, (current, generator) =>
        {
            var changed = (MethodDeclarationSyntax)generator.WithAccessibility(
                generator.WithModifiers(current, generator.GetModifiers(current).WithIsStatic(true)), Accessibility.Public);
            return symbol.Name == "TryParse" ? AsTryParse(changed, symbol) : AsBindAsync(changed, symbol, compilation, generator);
        })));
    }

    private static MethodDeclarationSyntax AsTryParse(MethodDeclarationSyntax method, IMethodSymbol symbol)
    {
        if (symbol.Parameters[0].Type.Is("System.ReadOnlySpan"))
            method = method.ReplaceNode(method.ParameterList.Parameters[0].Type!, SyntaxFactory.ParseTypeName("string "));
        var result = method.ParameterList.Parameters.Last();
        return result.Modifiers.Any(SyntaxKind.RefKeyword)
            ? method.ReplaceToken(result.Modifiers.First(modifier => modifier.IsKind(SyntaxKind.RefKeyword)), SyntaxFactory.ParseToken("out "))
            : method;
    }

    /// <summary>A <c>Task</c> of the author's own making becomes a <c>ValueTask</c>; an <c>async</c> method needs no other change.</summary>
    private static MethodDeclarationSyntax AsBindAsync(MethodDeclarationSyntax method, IMethodSymbol symbol, Compilation compilation, SyntaxGenerator generator)
    {
        if (!symbol.ReturnType.Is("System.Threading.Tasks.Task") || compilation.GetTypeByMetadataName("System.Threading.Tasks.ValueTask`1") is not { } valueTask)
            return method;
        var wanted = valueTask.Construct(((INamedTypeSymbol)symbol.ReturnType).TypeArguments[0]);
        var changed = method.WithReturnType(generator.Type(wanted).WithTriviaFrom(method.ReturnType));
        return symbol.IsAsync || changed.ExpressionBody is not { } arrow ? changed : changed.WithExpressionBody(arrow.WithExpression(
            SyntaxFactory.ObjectCreationExpression(generator.Type(wanted), SyntaxFactory.ArgumentList(SyntaxFactory.SingletonSeparatedList(
                SyntaxFactory.Argument(arrow.Expression.WithoutTrivia()))), null).WithNewKeyword(SyntaxFactory.ParseToken("new "))));
    }
}

using System.Composition;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>CAP0108: lets the parameter be null as the route allows, or changes the route's <c>?</c> to what the parameter says.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class OptionalRouteFix() : CapsuleCodeFix(Descriptors.OptionalMismatch.Id, "Agree on being optional")
{
    private protected override IEnumerable<Change> ChangesFor(SyntaxNode node, Diagnostic diagnostic, SemanticModel semantics)
    {
        if (node is not ParameterSyntax { Type: { } type } syntax || semantics.GetDeclaredSymbol(syntax) is not { ContainingSymbol: IMethodSymbol method }
            || HandlerMark.On(method) is not [var mark] || mark.Text(1) is not { } pattern
            || RoutePatternCheck.Parameters(pattern) is not [.., var last])
        {
            yield break;
        }
        if (last.IsOptional)
        {
            yield return new Change("Make the parameter nullable", syntax.SyntaxTree, editor =>
                editor.ReplaceNode(type, SyntaxFactory.NullableType(type.WithoutTrivia()).WithTriviaFrom(type)));
        }
        if (mark.PatternLiteral() is { } literal && literal.Token.Text.IndexOf(pattern, StringComparison.Ordinal) is >= 0 and var offset)
        {
            var close = offset + last.Start + last.Length - 1;
            var text = last.IsOptional ? literal.Token.Text.Remove(close - 1, 1) : literal.Token.Text.Insert(close, "?");
            yield return new Change(last.IsOptional ? "Require it in the route" : "Make it optional in the route", literal.SyntaxTree, editor =>
                editor.ReplaceNode(literal, SyntaxFactory.ParseExpression(text).WithTriviaFrom(literal)));
        }
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Analyzers;

/// <summary>Texts of a handler attribute that are written as literals.</summary>
internal static class ScheduleText
{
    /// <summary>The change of a literal to what is suggested for its value.</summary>
    public static IEnumerable<Change> ChangeOf(SyntaxNode node, Func<string, string?> suggest, string key)
    {
        var argument = node.FirstAncestorOrSelf<AttributeArgumentSyntax>();
        if (argument?.Expression is not LiteralExpressionSyntax { Token.Value: string text } literal || suggest(text) is not { } better || better == text)
            yield break;
        var edited = SyntaxEdits.Literal(better).WithTriviaFrom(literal);
        yield return new Change($"Use '{better}'", key, (node.SyntaxTree, editor => editor.ReplaceNode(literal, edited)));
    }

    /// <summary>A literal of other text in the source, written in the same way.</summary>
    public static ExpressionSyntax Literal(LiteralExpressionSyntax literal, string source) =>
        SyntaxFactory.ParseExpression(source).WithTriviaFrom(literal);
}

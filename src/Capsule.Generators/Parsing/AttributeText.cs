using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Generators.Parsing;

/// <summary>Finds places inside texts that attributes are given.</summary>
internal static class AttributeText
{
    /// <summary>
    /// Where a part of a text stands: that part of the literal, or the whole argument where it is no literal.
    /// </summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="parameter">The name of the constructor's parameter, or of the property, that the text is given to.</param>
    /// <param name="start">Where the part begins in the text's value.</param>
    /// <param name="length">How long it is; 0 for a place between two characters, which is widened to one that can be seen.</param>
    /// <param name="cancellation">Ends the search.</param>
    public static Location? Locate(this AttributeData attribute, string parameter, int start, int length, CancellationToken cancellation)
    {
        if (attribute.ApplicationSyntaxReference?.GetSyntax(cancellation) is not AttributeSyntax syntax)
            return null;
        if (ArgumentFor(attribute, syntax, parameter)?.Expression is not { } expression)
            return syntax.GetLocation();
        if (expression is not LiteralExpressionSyntax { Token: var token } || token.ValueText.Length == 0)
            return expression.GetLocation();
        if (length == 0)
            (start, length) = start < token.ValueText.Length ? (start, 1) : (token.ValueText.Length - 1, 1);
        return LiteralText.SpanOf(token, start, length) is { } span ? Location.Create(syntax.SyntaxTree, span) : expression.GetLocation();
    }

    private static AttributeArgumentSyntax? ArgumentFor(AttributeData attribute, AttributeSyntax syntax, string parameter)
    {
        var arguments = syntax.ArgumentList?.Arguments ?? default;
        foreach (var argument in arguments)
        {
            if ((argument.NameEquals?.Name ?? argument.NameColon?.Name)?.Identifier.ValueText == parameter)
                return argument;
        }
        var position = attribute.AttributeConstructor?.Parameters.FirstOrDefault(candidate => candidate.Name == parameter)?.Ordinal ?? -1;
        return position >= 0 && position < arguments.Count && arguments[position] is { NameEquals: null, NameColon: null } found ? found : null;
    }
}

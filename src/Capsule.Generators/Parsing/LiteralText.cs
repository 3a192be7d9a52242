using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Generators.Parsing;

/// <summary>Where the characters of a string's value stand in its literal, with escapes, verbatim or raw.</summary>
internal static class LiteralText
{
    /// <summary>The part of the literal that a part of its value is written in; null where the two can't be matched.</summary>
    /// <param name="literal">The token of a string.</param>
    /// <param name="start">Where the part begins in the value.</param>
    /// <param name="length">How many characters of the value it has.</param>
    public static TextSpan? SpanOf(SyntaxToken literal, int start, int length)
    {
        if (literal.ContainsDiagnostics)
            return null;
        var places = Places(literal);
        var end = start + length;
        if (places.Count != literal.ValueText.Length + 1 || end >= places.Count)
            return null;
        // Two characters of the value that one escape stands for.
        while (length > 0 && end < places.Count - 1 && places[end] == places[end - 1])
            end++;
        return TextSpan.FromBounds(literal.SpanStart + places[start], literal.SpanStart + places[end]);
    }

    /// <summary>The place in the literal of each character of the value, and that of its end.</summary>
    private static List<int> Places(SyntaxToken literal) => literal.Kind() switch
    {
        SyntaxKind.SingleLineRawStringLiteralToken => [.. Enumerable.Range(Quotes(literal.Text), literal.ValueText.Length + 1)],
        SyntaxKind.MultiLineRawStringLiteralToken => OfLines(literal.Text),
        _ => literal.Text.StartsWith("@", StringComparison.Ordinal) ? OfVerbatim(literal.Text) : OfEscaped(literal.Text),
    };

    private static int Quotes(string text) => text.Length - text.TrimStart('"').Length;

    /// <summary>What stands before the closing quotes is not part of any line.</summary>
    private static List<int> OfLines(string text)
    {
        var last = text.LastIndexOf('\n');
        var indentation = text.Length - last - 1 - Quotes(text);
        var end = text[last - 1] == '\r' ? last - 1 : last;
        var places = new List<int>();
        for (var line = text.IndexOf('\n') + 1; line <= end; line = text.IndexOf('\n', line) + 1)
        {
            var next = text.IndexOf('\n', line);
            // A blank line may be shorter than the indentation.
            for (var place = Math.Min(line + indentation, text[next - 1] == '\r' ? next - 1 : next); place <= Math.Min(next, end); place++)
                places.Add(place);
        }
        return places;
    }

    private static List<int> OfVerbatim(string text)
    {
        var places = new List<int>();
        var place = 2;
        for (; place < text.Length - 1; place += text[place] == '"' ? 2 : 1)
            places.Add(place);
        places.Add(place);
        return places;
    }

    private static List<int> OfEscaped(string text)
    {
        var places = new List<int>();
        var place = 1;
        while (place < text.Length - 1)
        {
            places.Add(place);
            var length = text[place] == '\\' ? LengthOfEscape(text, place) : 1;
            // Beyond the first 65,536 characters, a character takes two places in the value.
            if (length == 10 && Convert.ToInt32(text.Substring(place + 2, 8), 16) > char.MaxValue)
                places.Add(place);
            place += length;
        }
        places.Add(place);
        return places;
    }

    private static int LengthOfEscape(string text, int place)
    {
        switch (text[place + 1])
        {
            case 'u':
                return 6;
            case 'U':
                return 10;
            case 'x':
                var end = place + 2;
                while (end < place + 6 && Uri.IsHexDigit(text[end]))
                    end++;
                return end - place;
            default:
                return 2;
        }
    }
}

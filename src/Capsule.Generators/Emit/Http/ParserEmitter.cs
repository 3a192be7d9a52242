using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;

namespace Capsule.Generators.Emit;

/// <summary>Names the type that turns text into a value, and writes it for types with a <c>TryParse</c> of their own.</summary>
internal static class ParserEmitter
{
    private const string Parsers = Known.Hosting + "Parsers.";

    public static string TypeOf(ValueParameter value, string ownParser) => value.Parser switch
    {
        Parser.Enum or Parser.SpanParsable or Parser.Parsable => $"{Parsers}{value.Parser}<{value.ValueType}>",
        Parser.TryParse or Parser.TryParseWithProvider or Parser.Undecided => ownParser,
        _ => Parsers + value.Parser,
    };

    public static void Emit(SourceWriter members, HttpHandlerModel handler, string factory)
    {
        foreach (var bound in BindingPlan.Of(handler.Method.Parameters))
        {
            if (bound.Parameter is not ValueParameter { Parser: Parser.TryParse or Parser.TryParseWithProvider or Parser.Undecided } value)
                continue;
            members.WriteLine();
            using (members.Block($"private readonly struct Parser{bound.Id}Of{factory} : {Known.Hosting}IValueParser<{value.ValueType}>"))
            {
                members.WriteLine($"public static bool TryParse(global::System.ReadOnlySpan<char> text, out {value.ValueType} value) =>");
                using (members.Indent())
                    members.WriteLine(Call(value, DecisionEmitter.NameOf(factory, bound)));
            }
        }
    }

    private static string Call(ValueParameter value, string decision) => value.Parser switch
    {
        Parser.TryParseWithProvider => $"{value.ValueType}.TryParse(text.ToString(), global::System.Globalization.CultureInfo.InvariantCulture, out value);",
        Parser.TryParse => $"{value.ValueType}.TryParse(text.ToString(), out value);",
        _ => $"{decision}.TryParse(text, out value);",
    };
}

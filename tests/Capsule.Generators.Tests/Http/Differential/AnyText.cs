using FsCheck;
using FsCheck.Fluent;

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>Texts that nobody thought of: near the values of a type, or anything at all.</summary>
internal static class AnyText
{
    private static readonly string[] Pieces =
        ["0", "-", "+", "1", "9", ".", ",", ":", "/", " ", "\t", "e", "E", "T", "Z", "(", ")", "{", "}", "x", "%", "&", "=", "#", "_", "'", "\"", "\\", "null", "NaN", "∞", "٣", "é", "\u00a0", "$", "true"];

    /// <summary>Requests with such texts for each type from each place.</summary>
    public static IEnumerable<(string Name, TwinRequest Request)> Requests(int each)
    {
        foreach (var value in ValueCase.All.Where(value => !value.Place.IsPath || value.Values[0] == Optionality.All[0]))
        {
            foreach (var text in Near(value.Type).Sample(each).Where(text => CanCarry(value.Place, text)))
                yield return value.With(text);
        }
    }

    private static Gen<string> Near(BoundType type)
    {
        var edited =
            from text in Gen.Elements(new[] { type.Good, type.Other, type.TooMuch ?? "", type.Foreign ?? "" })
            from at in Gen.Choose(0, text.Length)
            from removed in Gen.Choose(0, Math.Min(2, text.Length - at))
            from piece in Gen.Elements(Pieces.Prepend(""))
            select text.Remove(at, removed).Insert(at, piece);
        var made = Gen.Elements(Pieces).ArrayOf().Select(pieces => string.Concat(pieces.Take(12)));
        var any = ArbMap.Default.GeneratorFor<string>().Where(text => text is not null);
        return Gen.Frequency((6, edited), (2, made), (1, any));
    }

    /// <summary>A header has no control characters, and a path no zero.</summary>
    private static bool CanCarry(ValuePlace place, string text) => place.IsPath ? !text.Contains('\0', StringComparison.Ordinal) : place.Name != "header" || !text.Any(char.IsControl);
}

using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Type names as ASP.NET Core's logs write them: keywords, no namespaces, no nullability of references.</summary>
internal static class DisplayNames
{
    private static readonly SymbolDisplayFormat Format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameOnly,
        genericsOptions: SymbolDisplayGenericsOptions.IncludeTypeParameters,
        miscellaneousOptions: SymbolDisplayMiscellaneousOptions.UseSpecialTypes
            | SymbolDisplayMiscellaneousOptions.ExpandNullable | SymbolDisplayMiscellaneousOptions.ExpandValueTuple);

    public static string Of(ITypeSymbol type) => type.ToDisplayString(Format);
}

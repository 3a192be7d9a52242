using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Chooses how text becomes a value of a type, in the order of ASP.NET Core.</summary>
internal static class ParserChoice
{
    /// <summary>Null for a type that text does not become.</summary>
    public static Parser? For(ITypeSymbol type)
    {
        if (type.SpecialType == SpecialType.System_String)
            return Parser.Text;
        if (type.TypeKind == TypeKind.Enum)
            return Parser.Enum;
        if (type is not INamedTypeSymbol named || named.IsNullableStruct())
            return null;
        return OfFramework(named) ?? OfOwn(named);
    }

    /// <summary>Whether the type says that it reads strings by itself.</summary>
    public static bool IsParsable(ITypeSymbol type) => type is INamedTypeSymbol named && ImplementsOfItself(named, "System.IParsable");

    /// <summary>Whether the type says that it reads spans by itself.</summary>
    public static bool IsSpanParsable(ITypeSymbol type) => type is INamedTypeSymbol named && ImplementsOfItself(named, "System.ISpanParsable");

    private static Parser? OfFramework(INamedTypeSymbol type) => type.Name switch
    {
        "Uri" when type.Is("System.Uri") => Parser.Uri,
        "DateTime" when type.Is("System.DateTime") => Parser.DateTime,
        "DateTimeOffset" when type.Is("System.DateTimeOffset") => Parser.DateTimeOffset,
        "DateOnly" when type.Is("System.DateOnly") => Parser.DateOnly,
        "TimeOnly" when type.Is("System.TimeOnly") => Parser.TimeOnly,
        _ when IsOfBaseLibrary(type) && ImplementsOfItself(type, "System.ISpanParsable") => Parser.SpanParsable,
        _ => null,
    };

    private static Parser? OfOwn(INamedTypeSymbol type)
    {
        if (IsParsable(type))
            return Parser.Parsable;
        if (HasTryParse(type, withProvider: true))
            return Parser.TryParseWithProvider;
        return HasTryParse(type, withProvider: false) ? Parser.TryParse : null;
    }

    /// <summary>Types whose span parser is known to read what their <c>TryParse(string, …)</c> reads.</summary>
    private static bool IsOfBaseLibrary(INamedTypeSymbol type) =>
        type.ContainingAssembly.Name.StartsWith("System.", StringComparison.Ordinal)
        && type.ContainingNamespace.ToDisplayString() is "System" or "System.Numerics" or "System.Net";

    private static bool ImplementsOfItself(INamedTypeSymbol type, string interfaceName) =>
        type.AllInterfaces.Any(candidate => candidate is { TypeArguments: [var argument] }
            && SymbolEqualityComparer.Default.Equals(argument, type) && candidate.Is(interfaceName));

    private static bool HasTryParse(INamedTypeSymbol type, bool withProvider)
    {
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            if (part.GetMembers("TryParse").OfType<IMethodSymbol>().Any(method => IsTryParse(method, type, withProvider)))
                return true;
        }
        return false;
    }

    private static bool IsTryParse(IMethodSymbol method, INamedTypeSymbol type, bool withProvider) =>
        method is { IsStatic: true, IsGenericMethod: false, DeclaredAccessibility: Accessibility.Public, ReturnType.SpecialType: SpecialType.System_Boolean }
        && method.Parameters.Length == (withProvider ? 3 : 2)
        && method.Parameters[0].Type.SpecialType is SpecialType.System_String or SpecialType.System_Object
        && (!withProvider || method.Parameters[1].Type.Is("System.IFormatProvider"))
        && method.Parameters[method.Parameters.Length - 1] is { RefKind: RefKind.Out } result
        && SymbolEqualityComparer.Default.Equals(result.Type, type);
}

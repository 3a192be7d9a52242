using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Questions about symbols, and their names as C#.</summary>
internal static class SymbolExtensions
{
    private static readonly SymbolDisplayFormat WithNullability =
        SymbolDisplayFormat.FullyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    private static readonly SymbolDisplayFormat ForPeople =
        SymbolDisplayFormat.CSharpErrorMessageFormat.WithParameterOptions(SymbolDisplayParameterOptions.None)
            .WithMemberOptions(SymbolDisplayMemberOptions.IncludeContainingType)
            .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None);

    /// <summary>The type as C#, with its nullability.</summary>
    public static string ToCode(this ITypeSymbol type) => type.ToDisplayString(WithNullability);

    /// <summary>The type as C#, never nullable itself: for <c>typeof</c>, <c>new</c> and type arguments of services.</summary>
    public static string ToCodeWithoutNull(this ITypeSymbol type) =>
        type.TypeKind == TypeKind.Dynamic ? "object" : type.WithNullableAnnotation(NullableAnnotation.NotAnnotated).ToCode();

    /// <summary>The symbol for people: <c>Namespace.Type.Member</c>.</summary>
    public static string ToReadable(this ISymbol symbol) => symbol.ToDisplayString(ForPeople);

    /// <summary>Whether it is a type of Capsule's own assembly.</summary>
    public static bool IsCapsule(this ITypeSymbol? type, string name) =>
        type is not null && type.Name == name
        && type.ContainingNamespace is { Name: "Capsule", ContainingNamespace.IsGlobalNamespace: true }
        && type.ContainingAssembly?.Name == "Capsule.Abstractions";

    /// <summary>Whether it is the type of that full name, type arguments aside.</summary>
    public static bool Is(this ITypeSymbol? type, string fullName)
    {
        if (type is not { ContainingType: null, ContainingNamespace: { } container })
            return false;
        var start = fullName.LastIndexOf('.') + 1;
        if (!IsPart(type.Name, fullName, start, fullName.Length))
            return false;
        for (; start > 0; container = container.ContainingNamespace)
        {
            var end = start - 1;
            start = fullName.LastIndexOf('.', end - 1) + 1;
            if (container is null || !IsPart(container.Name, fullName, start, end))
                return false;
        }
        return container is { IsGlobalNamespace: true };
    }

    private static bool IsPart(string name, string fullName, int start, int end) =>
        name.Length == end - start && string.CompareOrdinal(name, 0, fullName, start, name.Length) == 0;

    /// <summary>Whether it is the class of that full name, or derives from it.</summary>
    public static bool DerivesFrom(this ITypeSymbol? type, string fullName)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            if (part.Is(fullName))
                return true;
        }
        return false;
    }

    /// <summary>Whether the type is the interface, or implements it.</summary>
    public static bool Implements(this ITypeSymbol type, string interfaceName) =>
        type.Is(interfaceName) || type.AllInterfaces.Any(candidate => candidate.Is(interfaceName));

    public static bool HasAttribute(this ISymbol symbol, string fullName) => symbol.FindAttribute(fullName) is not null;

    public static AttributeData? FindAttribute(this ISymbol symbol, string fullName) =>
        symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.Is(fullName));

    /// <summary>An attribute's named argument; null when it is not given.</summary>
    public static TypedConstant? Argument(this AttributeData attribute, string name)
    {
        foreach (var argument in attribute.NamedArguments)
        {
            if (argument.Key == name)
                return argument.Value;
        }
        return null;
    }

    public static T ArgumentOr<T>(this AttributeData attribute, string name, T otherwise) =>
        attribute.Argument(name) is { Kind: not TypedConstantKind.Error, Value: T value } ? value : otherwise;

    /// <summary>Whether a null may be given: a nullable type, or a reference type where nullability is not declared.</summary>
    public static bool AcceptsNull(this ITypeSymbol type) =>
        type.IsReferenceType ? type.NullableAnnotation != NullableAnnotation.NotAnnotated : type.IsNullableStruct();

    public static bool IsNullableStruct(this ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T;

    /// <summary>The value type inside <c>Nullable&lt;T&gt;</c>; any other type itself.</summary>
    public static ITypeSymbol WithoutNullable(this ITypeSymbol type) =>
        type.IsNullableStruct() ? ((INamedTypeSymbol)type).TypeArguments[0] : type;

    /// <summary>Whether code anywhere in the assembly can name the symbol.</summary>
    public static bool IsAccessibleInAssembly(this ISymbol symbol)
    {
        for (var part = symbol; part is not null and not INamespaceSymbol; part = part.ContainingType)
        {
            if (part.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal)
                return false;
            if (part is INamedTypeSymbol { IsFileLocal: true })
                return false;
        }
        return true;
    }

    /// <summary>Whether code of the assembly can name the type, its elements and type arguments included.</summary>
    public static bool IsUsableFrom(this ITypeSymbol type, IAssemblySymbol assembly) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.IsUsableFrom(assembly),
        INamedTypeSymbol named =>
            (SymbolEqualityComparer.Default.Equals(named.ContainingAssembly, assembly)
                ? named.IsAccessibleInAssembly()
                : named.IsPublic() || named.ContainingAssembly.GivesAccessTo(assembly))
            && named.TypeArguments.All(argument => argument.IsUsableFrom(assembly)),
        _ => true,
    };

    /// <summary>Whether every assembly can name the type.</summary>
    public static bool IsPublic(this ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => array.ElementType.IsPublic(),
        INamedTypeSymbol named => ((ISymbol)named).IsPublicMember() && named.TypeArguments.All(argument => argument.IsPublic()),
        _ => true,
    };

    /// <summary>Whether every assembly can name the member.</summary>
    public static bool IsPublicMember(this ISymbol symbol)
    {
        for (var part = symbol; part is not null and not INamespaceSymbol; part = part.ContainingType)
        {
            if (part.DeclaredAccessibility != Accessibility.Public || part is INamedTypeSymbol { IsFileLocal: true })
                return false;
        }
        return true;
    }

    /// <summary>Whether the type, or a part of it, is one the compiler does not know; it reports that itself.</summary>
    public static bool IsUnknown(this ITypeSymbol type) => type switch
    {
        IErrorTypeSymbol => true,
        IArrayTypeSymbol array => array.ElementType.IsUnknown(),
        INamedTypeSymbol named => named.TypeArguments.Any(argument => argument.IsUnknown()),
        _ => false,
    };
}

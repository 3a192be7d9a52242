using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>What System.Text.Json finds in a type, unless it is told otherwise.</summary>
internal static class JsonMembers
{
    private const string Serialization = "System.Text.Json.Serialization.";

    /// <summary>The public properties that are written; for reading, those that can be set or are parameters of a constructor.</summary>
    public static IEnumerable<IPropertySymbol> Of(INamedTypeSymbol type, bool isRead)
    {
        for (INamedTypeSymbol? part = type; part is { SpecialType: not SpecialType.System_Object }; part = part.BaseType)
        {
            foreach (var property in part.GetMembers().OfType<IPropertySymbol>())
            {
                if (property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public }
                    && !IsIgnored(property) && (!isRead || CanBeRead(property, type)))
                {
                    yield return property;
                }
            }
        }
    }

    public static bool HasConverter(ISymbol symbol) =>
        symbol.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && IsOrDerivesFrom(type, Serialization + "JsonConverterAttribute"));

    public static bool IsPolymorphic(ITypeSymbol type) =>
        type.HasAttribute(Serialization + "JsonDerivedTypeAttribute") || type.HasAttribute(Serialization + "JsonPolymorphicAttribute");

    /// <summary>Whether the type is the class of that name, or derives from it.</summary>
    public static bool IsOrDerivesFrom(ITypeSymbol type, string fullName)
    {
        for (var part = type; part is not null; part = part.BaseType)
        {
            if (part.Is(fullName))
                return true;
        }
        return false;
    }

    /// <summary>All types declared in a namespace and those inside them.</summary>
    public static IEnumerable<INamedTypeSymbol> TypesIn(INamespaceOrTypeSymbol container) =>
        container.GetMembers().OfType<INamespaceOrTypeSymbol>()
            .SelectMany(member => member is INamedTypeSymbol type ? TypesIn(type).Prepend(type) : TypesIn(member));

    private static bool IsIgnored(IPropertySymbol property)
    {
        const int always = 1;
        return property.HasAttribute(Serialization + "JsonExtensionDataAttribute")
            || (property.FindAttribute(Serialization + "JsonIgnoreAttribute") is { } ignore && ignore.ArgumentOr("Condition", always) == always);
    }

    private static bool CanBeRead(IPropertySymbol property, INamedTypeSymbol type) =>
        property.SetMethod?.DeclaredAccessibility == Accessibility.Public
        || type.InstanceConstructors.Any(constructor => constructor.DeclaredAccessibility == Accessibility.Public
            && constructor.Parameters.Any(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase)));
}

using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Which types and properties ASP.NET Core's validation looks at.</summary>
internal static class ValidationRules
{
    private const string Rule = "System.ComponentModel.DataAnnotations.ValidationAttribute";
    private const string OwnRules = "System.ComponentModel.DataAnnotations.IValidatableObject";
    private const string Unvalidated = "Microsoft.Extensions.Validation.SkipValidationAttribute";
    private const string JsonIgnore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    private const string Services = "Microsoft.AspNetCore.Http.Metadata.IFromServiceMetadata";
    private const string KeyedServices = "Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute";
    private const int JsonIgnoreAlways = 1;

    /// <summary>Whether it has an attribute that checks its value.</summary>
    public static bool HasRules(ISymbol symbol) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass.DerivesFrom(Rule));

    /// <summary>Whether the type as a whole is checked, by attributes or by its own code.</summary>
    public static bool HasRulesItself(ITypeSymbol type)
    {
        for (ITypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            if (HasRules(part))
                return true;
        }
        return type.Implements(OwnRules);
    }

    public static bool IsSkipped(ISymbol symbol) => symbol.HasAttribute(Unvalidated);

    /// <summary>Whether rules of the type, or of what it holds, can matter. The framework's own types have none, but what they contain may.</summary>
    public static bool MayHoldRules(ITypeSymbol type) =>
        type is INamedTypeSymbol { SpecialType: SpecialType.None, TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsUnboundGenericType: false } named
        && (named.IsGenericType || !IsOfFramework(named))
        && !IsSkipped(named)
        && ParserChoice.For(named) is null;

    /// <summary>Whether the property is looked at.</summary>
    public static bool IsChecked(IPropertySymbol property) =>
        property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public, GetMethod.DeclaredAccessibility: Accessibility.Public }
        && !IsSkipped(property)
        && !(property.FindAttribute(JsonIgnore) is { } ignored && ignored.ArgumentOr("Condition", JsonIgnoreAlways) == JsonIgnoreAlways)
        && !property.GetAttributes().Any(attribute => attribute.AttributeClass is { } type && (type.Implements(Services) || type.Is(KeyedServices)));

    /// <summary>The parameter of a record's own constructor that sets the property; its attributes count as the property's.</summary>
    public static IParameterSymbol? RecordParameterOf(IPropertySymbol property)
    {
        if (property.ContainingType is not { IsRecord: true } record)
            return null;
        return record.InstanceConstructors
            .Where(constructor => !IsCopy(constructor))
            .SelectMany(constructor => constructor.Parameters)
            .FirstOrDefault(parameter => string.Equals(parameter.Name, property.Name, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What a collection is made of; any other type itself, without its <c>Nullable&lt;T&gt;</c>.</summary>
    public static ITypeSymbol ElementOf(ITypeSymbol type)
    {
        type = type.WithoutNullable();
        if (type is IArrayTypeSymbol array)
            return ElementOf(array.ElementType);
        if (type.SpecialType == SpecialType.System_String)
            return type;
        var sequence = IsSequence(type) ? type : type.AllInterfaces.FirstOrDefault(IsSequence);
        return sequence is INamedTypeSymbol named ? ElementOf(named.TypeArguments[0]) : type;
    }

    private static bool IsSequence(ITypeSymbol type) => type.OriginalDefinition.SpecialType == SpecialType.System_Collections_Generic_IEnumerable_T;

    private static bool IsCopy(IMethodSymbol constructor) =>
        constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType);

    private static bool IsOfFramework(INamedTypeSymbol type)
    {
        INamespaceSymbol? outermost = null;
        for (var part = type.ContainingNamespace; part is { IsGlobalNamespace: false }; part = part.ContainingNamespace)
            outermost = part;
        return outermost?.Name is "System" or "Microsoft";
    }
}

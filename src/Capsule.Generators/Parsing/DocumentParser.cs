using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads a <c>[Document]</c> type.</summary>
internal sealed class DocumentParser(Compilation compilation, NameRegistry names, ProblemList problems)
{
    private const string JsonName = "System.Text.Json.Serialization.JsonPropertyNameAttribute";
    private const string JsonIgnore = "System.Text.Json.Serialization.JsonIgnoreAttribute";
    private const int IgnoreAlways = 1;

    /// <summary>Null, with a problem where the type is marked, when it can't be a document.</summary>
    public DocumentModel? Parse(INamedTypeSymbol type)
    {
        var attribute = type.GetAttributes().FirstOrDefault(candidate => candidate.AttributeClass.IsCapsule("DocumentAttribute"));
        if (attribute is not { ConstructorArguments: [{ Value: string name }] })
            return null;
        if (!IsUsable(type))
            return null;
        var properties = PropertiesOf(type);
        var id = properties.Find(property => property is { Name: "Id", Type.SpecialType: SpecialType.System_String });
        if (id is null)
        {
            problems.Add(Rules.DocumentWithoutId, type, type.ToReadable());
            return null;
        }

        var database = compilation.GetTypeByMetadataName("Capsule.DocumentDatabase");
        if (Identifiers.PascalCase(name) is not { } propertyName || FacadeNames.IsHidden(database, propertyName))
        {
            problems.Add(Rules.UnusableName, type, name);
            return null;
        }
        if (!names.Take("document", name, type) || !names.Take("document property", propertyName, type))
            return null;
        return new DocumentModel
        {
            Type = type.ToCodeWithoutNull(),
            TypeName = type.Name,
            Name = name,
            PropertyName = propertyName,
            Scope = attribute.Argument("Scope") is { Kind: TypedConstantKind.Enum } scope
                ? Constants.EnumMember(scope)
                : "global::Capsule.Scope.App",
            IdField = JsonNameOf(id),
            IsPublic = type.IsPublic(),
            Fields = properties
                .Where(property => IsField(property.Type) && property.Name != type.Name + "Fields")
                .Select(property => new FieldModel(property.Name, JsonNameOf(property), property.Type.ToCode()))
                .ToEquatableArray(),
        };
    }

    private bool IsUsable(INamedTypeSymbol type)
    {
        var before = problems.Count;
        for (var part = type; part is not null; part = part.ContainingType)
        {
            if (part.Arity > 0)
                problems.Add(Rules.Generic, type, type.ToReadable());
        }
        if (!type.IsAccessibleInAssembly())
            problems.Add(Rules.NotAccessible, type, type.ToReadable());
        return problems.Count == before;
    }

    /// <summary>The properties that JSON has, those of base types first; one that hides another takes its place.</summary>
    private static List<IPropertySymbol> PropertiesOf(INamedTypeSymbol type)
    {
        var found = new List<IPropertySymbol>();
        for (INamedTypeSymbol? part = type; part is { SpecialType: not SpecialType.System_Object }; part = part.BaseType)
        {
            found.InsertRange(0, part.GetMembers().OfType<IPropertySymbol>()
                .Where(property => IsSerialized(property) && !found.Exists(other => other.Name == property.Name)));
        }
        return found;
    }

    private static bool IsSerialized(IPropertySymbol property) =>
        property is
        {
            IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public,
            GetMethod.DeclaredAccessibility: Accessibility.Public,
        }
        && !(property.FindAttribute(JsonIgnore) is { } ignore && ignore.ArgumentOr("Condition", IgnoreAlways) == IgnoreAlways);

    private static string JsonNameOf(IPropertySymbol property) =>
        property.FindAttribute(JsonName) is { ConstructorArguments: [{ Value: string name }] } ? name : Identifiers.JsonName(property.Name);

    private static bool IsField(ITypeSymbol type)
    {
        var value = type.WithoutNullable();
        return value.TypeKind == TypeKind.Enum
            || value.SpecialType is SpecialType.System_String or SpecialType.System_Boolean or SpecialType.System_DateTime
                or (>= SpecialType.System_SByte and <= SpecialType.System_Double)
            || value.Is("System.Guid") || value.Is("System.DateTimeOffset") || value.Is("System.DateOnly") || value.Is("System.TimeOnly");
    }
}

using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>
/// Reads a type that is made of many values of a form, with all types it consists of, in the order of ASP.NET Core's mapping: what reads
/// itself from text, then dictionaries, collections, and objects with one public constructor.
/// </summary>
internal sealed class FormObjectParser
{
    private readonly List<FormTypeModel?> types = [];
    private readonly Dictionary<ITypeSymbol, int> indexes = new(SymbolEqualityComparer.Default);
    private readonly HashSet<ITypeSymbol> recursive = new(SymbolEqualityComparer.Default);
    private readonly List<ITypeSymbol> ancestors = [];
    private bool isRefused;

    /// <summary>Null for a type that no form becomes.</summary>
    public static FormObjectParameter? Parse(BindingTarget target)
    {
        var parser = new FormObjectParser();
        parser.IndexOf(target.Type);
        if (parser.isRefused)
            return null;
        var recursiveIndexes = parser.recursive.Select(type => parser.indexes[type]).ToList();
        return new FormObjectParameter
        {
            Name = target.Name,
            DisplayType = DisplayNames.Of(target.Type),
            IsOptional = target.IsOptional,
            Types = parser.types.Select((type, index) => type! with { IsRecursive = recursiveIndexes.Contains(index) }).ToEquatableArray(),
        };
    }

    private int IndexOf(ITypeSymbol type)
    {
        MarkRecursion(type);
        if (indexes.TryGetValue(type, out var known))
            return known;
        var index = types.Count;
        indexes.Add(type, index);
        types.Add(null);
        types[index] = Read(type);
        isRefused |= types[index] is null;
        return index;
    }

    /// <summary>A type contains itself also where a type derived from it is inside.</summary>
    private void MarkRecursion(ITypeSymbol type)
    {
        foreach (var ancestor in ancestors)
        {
            for (ITypeSymbol? part = type; part is not null; part = part.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(part, ancestor))
                    recursive.Add(ancestor);
            }
        }
    }

    private FormTypeModel? Read(ITypeSymbol type)
    {
        var code = type.ToCodeWithoutNull();
        if (SingleKindOf(type) is { } single)
            return new(single, code);
        if (type.IsNullableStruct())
            return OfNullable(type.WithoutNullable(), code);
        if (FormCollections.IsLeftOut(type))
            return new(FormTypeKind.Nothing, code);
        if (FormCollections.DictionaryOf(type) is var (key, value, entries))
            return new(FormTypeKind.Dictionary, code) { Key = key.ToCodeWithoutNull(), Inner = IndexOf(value), Made = entries };
        if (FormCollections.CollectionOf(type) is var (element, elements))
            return new(FormTypeKind.Collection, code) { Inner = IndexOf(element), Made = elements };
        return type is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } named ? OfObject(named, code) : null;
    }

    private static FormTypeKind? SingleKindOf(ITypeSymbol type)
    {
        if (type.Is("Microsoft.AspNetCore.Http.IFormFile"))
            return FormTypeKind.File;
        if (type.Is("Microsoft.AspNetCore.Http.IFormFileCollection"))
            return FormTypeKind.Files;
        if (type is INamedTypeSymbol { TypeArguments: [var element] } && type.Is("System.Collections.Generic.IReadOnlyList") && element.Is("Microsoft.AspNetCore.Http.IFormFile"))
            return FormTypeKind.FileList;
        if (type.Is("System.Uri"))
            return FormTypeKind.Uri;
        if (type.TypeKind == TypeKind.Enum)
            return FormTypeKind.Enum;
        return ParserChoice.IsParsable(type) ? FormTypeKind.Parsable : null;
    }

    private FormTypeModel OfNullable(ITypeSymbol inner, string code) => SingleKindOf(inner) is FormTypeKind.Parsable or FormTypeKind.Enum
        ? new(FormTypeKind.Nullable, code) { Inner = IndexOf(inner) }
        : new(FormTypeKind.Nothing, code);

    private FormTypeModel? OfObject(INamedTypeSymbol type, string code)
    {
        var constructors = type.InstanceConstructors.Where(constructor =>
            constructor.DeclaredAccessibility == Accessibility.Public && !(type.IsValueType && constructor.IsImplicitlyDeclared && constructor.Parameters.IsEmpty)).ToList();
        if (constructors.Count > 1 || (constructors.Count == 0 && !type.IsValueType))
            return null;
        ancestors.Add(type);
        var properties = ObjectParser.PublicProperties(type).Where(property => property.GetMethod is { DeclaredAccessibility: Accessibility.Public }).ToList();
        var arguments = constructors.SelectMany(constructor => constructor.Parameters).Select(parameter => Argument(parameter, properties)).ToEquatableArray();
        var members = properties.Where(property => IsSet(property, arguments)).Select(Member).ToEquatableArray();
        ancestors.RemoveAt(ancestors.Count - 1);
        return new(FormTypeKind.Object, code) { Arguments = arguments, Properties = members };
    }

    private FormMemberModel Argument(IParameterSymbol parameter, List<IPropertySymbol> properties)
    {
        var property = properties.Find(candidate => string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));
        return new((property is null ? null : NameIn(property)) ?? parameter.Name, parameter.Name, IndexOf(parameter.Type));
    }

    private FormMemberModel Member(IPropertySymbol property) =>
        new(NameIn(property) ?? property.Name, property.Name, IndexOf(property.Type), property.IsRequired || property.SetMethod!.IsInitOnly, property.IsRequired);

    private static bool IsSet(IPropertySymbol property, EquatableArray<FormMemberModel> arguments) =>
        property.SetMethod is { DeclaredAccessibility: Accessibility.Public }
        && !property.HasAttribute("System.Runtime.Serialization.IgnoreDataMemberAttribute")
        && !arguments.Any(argument => string.Equals(argument.Property, property.Name, StringComparison.OrdinalIgnoreCase));

    private static string? NameIn(IPropertySymbol property) =>
        property.FindAttribute("System.Runtime.Serialization.DataMemberAttribute")?.ArgumentOr("Name", (string?)null);
}

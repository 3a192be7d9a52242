using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>
/// Reads an <c>[AsParameters]</c> parameter: made by its only public constructor, whose parameters must match properties, else by the
/// parameterless one and by setting every property with a public setter.
/// </summary>
internal sealed class ObjectParser(ProblemList problems, Func<BindingTarget, ParameterModel?> parseMember)
{
    /// <summary>Null, with a problem, for a type that can't be made so.</summary>
    public ObjectParameter? Parse(BindingTarget target)
    {
        if (target.Type is not INamedTypeSymbol { IsAbstract: false, TypeKind: TypeKind.Class or TypeKind.Struct } type
            || type.IsNullableStruct() || type.NullableAnnotation == NullableAnnotation.Annotated
            || type.AllInterfaces.Any(candidate => candidate.Is("System.Collections.IEnumerable")))
        {
            return Refuse(target, "to be concrete, not nullable and not a collection");
        }

        var constructors = PublicConstructors(type);
        var chosen = constructors.Count == 1 ? constructors[0] : constructors.Find(constructor => constructor.Parameters.IsEmpty);
        if (chosen is null && !type.IsValueType)
            return Refuse(target, "one public constructor, or one without parameters");
        var properties = PublicProperties(type);
        var members = chosen is { Parameters.IsEmpty: false } ? OfConstructor(chosen, properties) : OfProperties(properties);
        if (members is null)
            return Refuse(target, "a property for each parameter of its constructor");

        var parsed = members.Select(Member).OfType<MemberModel>().ToEquatableArray();
        return parsed.Count < members.Count ? null : new ObjectParameter(
            type.ToCodeWithoutNull(),
            chosen?.Parameters.Select(parameter => parameter.Type.ToCodeWithoutNull()).ToEquatableArray() ?? [],
            parsed);
    }

    private MemberModel? Member(BindingTarget member) => parseMember(member) is { } parameter ? new MemberModel(member.Name, parameter) : null;

    private static List<IMethodSymbol> PublicConstructors(INamedTypeSymbol type) =>
    [
        .. type.InstanceConstructors.Where(constructor =>
            constructor.DeclaredAccessibility == Accessibility.Public && !(type.IsValueType && constructor.IsImplicitlyDeclared && constructor.Parameters.IsEmpty)),
    ];

    /// <summary>Those of the type first, then those it inherits.</summary>
    public static List<IPropertySymbol> PublicProperties(INamedTypeSymbol type)
    {
        var properties = new List<IPropertySymbol>();
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            properties.AddRange(part.GetMembers().OfType<IPropertySymbol>().Where(property =>
                property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public }
                && !properties.Exists(known => known.Name == property.Name)));
        }
        return properties;
    }

    private static List<BindingTarget>? OfConstructor(IMethodSymbol constructor, List<IPropertySymbol> properties)
    {
        var targets = new List<BindingTarget>();
        foreach (var parameter in constructor.Parameters)
        {
            var property = properties.Find(candidate => string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
                && SymbolEqualityComparer.Default.Equals(candidate.Type, parameter.Type));
            if (property is null || parameter.RefKind != RefKind.None)
                return null;
            targets.Add(BindingTarget.Of(property, parameter));
        }
        return targets;
    }

    private static List<BindingTarget> OfProperties(List<IPropertySymbol> properties) =>
        [.. properties.Where(property => property.SetMethod is { DeclaredAccessibility: Accessibility.Public }).Select(BindingTarget.Of)];

    private ObjectParameter? Refuse(BindingTarget target, string needs)
    {
        problems.Add(Rules.InvalidAsParameters, target.Symbol, target.Name, target.Type.ToReadable(), needs);
        return null;
    }
}

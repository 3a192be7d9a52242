using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>
/// Finds the types with validation attributes among what a client supplies, through properties, elements of collections, base types and derived types
/// that JSON can name. Types may hold each other, so all are collected first; one is checked when anything that can be reached from it is.
/// </summary>
internal sealed class ValidatedTypeGraph(IAssemblySymbol assembly)
{
    private const string JsonDerivedType = "System.Text.Json.Serialization.JsonDerivedTypeAttribute";

    /// <summary>How deep type arguments may lie: a <c>Node&lt;T&gt;</c> that holds a <c>Node&lt;Node&lt;T&gt;&gt;</c> would have no end.</summary>
    private const int MostNested = 8;

    private readonly Dictionary<ITypeSymbol, Node> nodes = new(SymbolEqualityComparer.Default);

    public void Add(ITypeSymbol type) => NodeOf(type);

    /// <summary>The types that are checked, in the order of their names.</summary>
    public EquatableArray<ValidatedTypeModel> Find()
    {
        bool isKnown;
        do
        {
            isKnown = true;
            foreach (var node in nodes.Values)
                isKnown &= !node.Settle();
        }
        while (!isKnown);
        return nodes.Values.Where(node => node.IsValidated)
            .Select(node => new ValidatedTypeModel(node.Type.ToCodeWithoutNull(), node.ValidatedMembers))
            .OrderBy(model => model.Type, StringComparer.Ordinal)
            .ToEquatableArray();
    }

    private Node? NodeOf(ITypeSymbol type)
    {
        type = ValidationRules.ElementOf(type);
        if (!ValidationRules.MayHoldRules(type) || NestingOf(type) > MostNested || !type.IsUsableFrom(assembly))
            return null;
        if (nodes.TryGetValue(type, out var known))
            return known;
        var node = new Node(type);
        nodes.Add(type, node);
        Fill(node);
        return node;
    }

    private static int NestingOf(ITypeSymbol type) => type switch
    {
        IArrayTypeSymbol array => NestingOf(array.ElementType),
        INamedTypeSymbol { IsGenericType: true } named => 1 + named.TypeArguments.Select(NestingOf).DefaultIfEmpty().Max(),
        _ => 0,
    };

    private void Fill(Node node)
    {
        foreach (var property in node.Type.GetMembers().OfType<IPropertySymbol>().Where(ValidationRules.IsChecked))
        {
            var parameter = ValidationRules.RecordParameterOf(property);
            if (parameter is not null && ValidationRules.IsSkipped(parameter))
                continue;
            var isMarked = ValidationRules.HasRules(property) || (parameter is not null && ValidationRules.HasRules(parameter));
            node.Members.Add(new Member(property.Name, isMarked, NodeOf(property.Type)));
        }
        if (node.Type.BaseType is { SpecialType: SpecialType.None } parent)
            node.Relate(NodeOf(parent));
        foreach (var attribute in node.Type.GetAttributes())
        {
            if (attribute.AttributeClass.Is(JsonDerivedType) && attribute.ConstructorArguments is [{ Value: ITypeSymbol derived }, ..])
                node.Relate(NodeOf(derived));
        }
    }

    private sealed record Member(string Name, bool IsMarked, Node? Type)
    {
        public bool IsValidated => IsMarked || Type?.IsValidated == true;
    }

    private sealed class Node(ITypeSymbol type)
    {
        private readonly List<Node> related = [];

        public ITypeSymbol Type => type;

        public List<Member> Members { get; } = [];

        public bool IsValidated { get; private set; } = ValidationRules.HasRulesItself(type);

        public EquatableArray<string> ValidatedMembers => Members.Where(member => member.IsValidated).Select(member => member.Name).ToEquatableArray();

        public void Relate(Node? other)
        {
            if (other is not null)
                related.Add(other);
        }

        /// <summary>Whether more is known than before.</summary>
        public bool Settle()
        {
            if (IsValidated || !(Members.Exists(member => member.IsValidated) || related.Exists(other => other.IsValidated)))
                return false;
            return IsValidated = true;
        }
    }
}

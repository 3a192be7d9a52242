using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>
/// The collections and dictionaries that parts of a form become, and how each is made of <c>all</c> its elements; null for one that is
/// made empty and filled.
/// </summary>
internal static class FormCollections
{
    private const string Generic = "System.Collections.Generic.";
    private const string Concurrent = "System.Collections.Concurrent.";
    private const string Immutable = "System.Collections.Immutable.";
    private const string ObjectModel = "System.Collections.ObjectModel.";
    private const string HashSet = "global::System.Linq.Enumerable.ToHashSet(all)";

    private static readonly Dictionary<string, string> Collections = new()
    {
        [Generic + "IEnumerable"] = "all",
        [Generic + "ICollection"] = "all",
        [Generic + "IList"] = "all",
        [Generic + "IReadOnlyCollection"] = "all",
        [Generic + "IReadOnlyList"] = "all",
        [Generic + "List"] = "all",
        [Generic + "ISet"] = HashSet,
        [Generic + "IReadOnlySet"] = HashSet,
        [Generic + "Queue"] = "new(all)",
        [Generic + "Stack"] = "new(all)",
        [ObjectModel + "ReadOnlyCollection"] = "new(all)",
        [Concurrent + "ConcurrentBag"] = "new(all)",
        [Concurrent + "ConcurrentStack"] = "new(all)",
        [Concurrent + "ConcurrentQueue"] = "new(all)",
        [Immutable + "ImmutableArray"] = Created("ImmutableArray"),
        [Immutable + "ImmutableList"] = Created("ImmutableList"),
        [Immutable + "ImmutableHashSet"] = Created("ImmutableHashSet"),
        [Immutable + "ImmutableSortedSet"] = Created("ImmutableSortedSet"),
        [Immutable + "ImmutableQueue"] = Created("ImmutableQueue"),
        [Immutable + "ImmutableStack"] = Created("ImmutableStack"),
        [Immutable + "IImmutableList"] = Created("ImmutableList"),
        [Immutable + "IImmutableSet"] = Created("ImmutableHashSet"),
        [Immutable + "IImmutableQueue"] = Created("ImmutableQueue"),
        [Immutable + "IImmutableStack"] = Created("ImmutableStack"),
    };

    private static readonly Dictionary<string, string> Dictionaries = new()
    {
        [Generic + "IDictionary"] = "all",
        [Generic + "IReadOnlyDictionary"] = "global::System.Collections.Generic.CollectionExtensions.AsReadOnly(all)",
        [Generic + "Dictionary"] = "all",
        [ObjectModel + "ReadOnlyDictionary"] = "new(all)",
        [Immutable + "ImmutableDictionary"] = Created("ImmutableDictionary"),
        [Immutable + "ImmutableSortedDictionary"] = Created("ImmutableSortedDictionary"),
        [Immutable + "IImmutableDictionary"] = Created("ImmutableDictionary"),
    };

    /// <summary>A collection's elements; null for any other type.</summary>
    public static (ITypeSymbol Element, string? Made)? CollectionOf(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol { Rank: 1 } array)
            return (array.ElementType, "all.ToArray()");
        if (Interface(type, Generic + "IEnumerable") is not { } enumerable)
            return null;
        var element = enumerable.TypeArguments[0];
        if (Find(Collections, type) is { } made)
            return (element, made);
        return Interface(type, Generic + "ICollection") is not null && IsMadeEmpty(type) ? (element, null) : null;
    }

    /// <summary>A dictionary's keys and values; null for any other type.</summary>
    public static (ITypeSymbol Key, ITypeSymbol Value, string? Made)? DictionaryOf(ITypeSymbol type)
    {
        if (DictionaryIn(type) is not { TypeArguments: [var key, var value] } || !ParserChoice.IsSpanParsable(key))
            return null;
        if (Find(Dictionaries, type) is { } made)
            return (key, value, made);
        return Interface(type, Generic + "IDictionary") is not null && IsMadeEmpty(type) ? (key, value, null) : null;
    }

    /// <summary>Whether it is a dictionary of keys that read strings, but no spans: ASP.NET Core leaves it null.</summary>
    public static bool IsLeftOut(ITypeSymbol type) =>
        DictionaryIn(type) is { TypeArguments: [var key, _] } && ParserChoice.IsParsable(key) && !ParserChoice.IsSpanParsable(key);

    private static INamedTypeSymbol? DictionaryIn(ITypeSymbol type) => Interface(type, Generic + "IDictionary") ?? Interface(type, Generic + "IReadOnlyDictionary");

    private static string Created(string factory) => $"global::{Immutable}{factory}.CreateRange(all)";

    private static string? Find(Dictionary<string, string> table, ITypeSymbol type) =>
        table.FirstOrDefault(row => type.Is(row.Key)).Value;

    private static INamedTypeSymbol? Interface(ITypeSymbol type, string name) =>
        type is INamedTypeSymbol { TypeKind: TypeKind.Interface } self && self.Is(name) ? self : type.AllInterfaces.FirstOrDefault(candidate => candidate.Is(name));

    private static bool IsMadeEmpty(ITypeSymbol type) => type is INamedTypeSymbol { IsAbstract: false } named
        && named.InstanceConstructors.Any(constructor => constructor is { DeclaredAccessibility: Accessibility.Public, Parameters.IsEmpty: true });
}

using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>Looks for a part of a type that System.Text.Json refuses whatever its value is.</summary>
internal sealed class JsonCheck(bool isRead)
{
    private const int Depth = 8;

    private readonly HashSet<ITypeSymbol> visited = new(SymbolEqualityComparer.Default);

    /// <summary>The first part that can't be JSON, and the way to it; null for none.</summary>
    public (string Path, ITypeSymbol Type)? Find(ITypeSymbol type, string path)
    {
        if (visited.Count > 500 || path.Count(c => c == '.') > Depth || !visited.Add(type) || JsonMembers.HasConverter(type))
            return null;
        if (IsRefused(type))
            return (path, type);
        return type switch
        {
            IArrayTypeSymbol array => Find(array.ElementType, path + "[]"),
            INamedTypeSymbol { TypeArguments: { IsEmpty: false } arguments } generic when IsOfFramework(generic) => OfArguments(generic, arguments, path),
            INamedTypeSymbol named when IsFromSource(named) => OfMembers(named, path),
            _ => null,
        };
    }

    private (string, ITypeSymbol)? OfArguments(INamedTypeSymbol type, IEnumerable<ITypeSymbol> arguments, string path)
    {
        if (!type.IsNullableStruct() && !type.Implements("System.Collections.IEnumerable"))
            return null;
        return arguments.Select(argument => Find(argument, path + (type.IsNullableStruct() ? "" : "[]"))).FirstOrDefault(found => found is not null);
    }

    private (string, ITypeSymbol)? OfMembers(INamedTypeSymbol type, string path)
    {
        // A collection of the author's own is written item by item.
        if (type.Implements("System.Collections.IEnumerable"))
            return null;
        foreach (var property in JsonMembers.Of(type, isRead))
        {
            if (!JsonMembers.HasConverter(property) && Find(property.Type, $"{path}.{property.Name}") is { } found)
                return found;
        }
        return null;
    }

    private bool IsRefused(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Delegate or TypeKind.Pointer or TypeKind.FunctionPointer
        || type.IsRefLikeType
        || type is IArrayTypeSymbol { Rank: > 1 }
        || type.SpecialType is SpecialType.System_IntPtr or SpecialType.System_UIntPtr or SpecialType.System_Delegate or SpecialType.System_MulticastDelegate
        || JsonMembers.IsOrDerivesFrom(type, "System.Reflection.MemberInfo")
        || HasObjectsAsKeys(type)
        || (isRead && HasNoInstances(type));

    /// <summary>A dictionary by objects of the author's: JSON has texts as keys.</summary>
    private static bool HasObjectsAsKeys(ITypeSymbol type) =>
        type is INamedTypeSymbol { TypeArguments: [INamedTypeSymbol key, _] } && type.Implements("System.Collections.IEnumerable") && IsOfFramework(type)
        && type.Name.EndsWith("Dictionary", StringComparison.Ordinal)
        && (key.IsTupleType || (IsFromSource(key) && key.TypeKind is TypeKind.Class or TypeKind.Struct && !JsonMembers.HasConverter(key)));

    /// <summary>An interface or abstract class of the author's that does not say which types stand for it.</summary>
    private static bool HasNoInstances(ITypeSymbol type) =>
        type.TypeKind is TypeKind.Interface or TypeKind.Class && type.IsAbstract && IsFromSource(type) && !type.IsStatic
        && !JsonMembers.IsPolymorphic(type) && !type.Implements("System.Collections.IEnumerable");

    private static bool IsFromSource(ITypeSymbol type) => !type.OriginalDefinition.DeclaringSyntaxReferences.IsEmpty;

    private static bool IsOfFramework(ITypeSymbol type) => type.ContainingAssembly?.Name.StartsWith("System.", StringComparison.Ordinal) == true;
}

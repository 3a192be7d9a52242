using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>Which methods of a compilation may run where an interface's or a virtual one is called. Made when first needed.</summary>
internal sealed class Implementations(IAssemblySymbol assembly, CancellationToken cancellation)
{
    private readonly Dictionary<INamedTypeSymbol, List<INamedTypeSymbol>> byInterface = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, List<IMethodSymbol>> byOverridden = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<IMethodSymbol, IReadOnlyCollection<IMethodSymbol>> known = new(SymbolEqualityComparer.Default);
    private bool isRead;

    public IReadOnlyCollection<IMethodSymbol> Of(IMethodSymbol member)
    {
        if (known.TryGetValue(member, out var methods))
            return methods;
        if (!isRead)
        {
            isRead = true;
            Read(assembly.GlobalNamespace);
        }
        return known[member] = [.. Find(member).Where(method => !method.IsAbstract)];
    }

    private HashSet<IMethodSymbol> Find(IMethodSymbol member)
    {
        var found = new HashSet<IMethodSymbol>(SymbolEqualityComparer.Default);
        if (member.ContainingType.TypeKind == TypeKind.Interface)
        {
            foreach (var type in byInterface.TryGetValue(member.ContainingType, out var types) ? types : [])
                found.UnionWith(In(type, member));
        }
        foreach (var method in found.Append(member).ToList())
        {
            if (byOverridden.TryGetValue(method, out var overrides))
                found.UnionWith(overrides);
        }
        return found;
    }

    private static IEnumerable<IMethodSymbol> In(INamedTypeSymbol type, IMethodSymbol member) =>
        from implemented in type.AllInterfaces
        where SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, member.ContainingType)
        from candidate in implemented.GetMembers(member.Name).OfType<IMethodSymbol>()
        where SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, member)
        let method = type.FindImplementationForInterfaceMember(candidate) as IMethodSymbol
        where method is not null
        select method.ToNode();

    private void Read(INamespaceOrTypeSymbol container)
    {
        cancellation.ThrowIfCancellationRequested();
        foreach (var member in container.GetMembers())
        {
            if (member is INamespaceSymbol inner)
                Read(inner);
            else if (member is INamedTypeSymbol type)
                ReadType(type);
        }
    }

    private void ReadType(INamedTypeSymbol type)
    {
        if (type.TypeKind is not (TypeKind.Class or TypeKind.Struct or TypeKind.Interface))
            return;
        foreach (var implemented in type.AllInterfaces)
            Add(byInterface, implemented.OriginalDefinition, type);
        foreach (var method in type.GetMembers().OfType<IMethodSymbol>())
        {
            for (var overridden = method.OverriddenMethod; overridden is not null; overridden = overridden.OverriddenMethod)
                Add(byOverridden, overridden.ToNode(), method.ToNode());
        }
        Read(type);
    }

    private static void Add<TKey, TValue>(Dictionary<TKey, List<TValue>> lists, TKey key, TValue value)
        where TKey : ISymbol
    {
        if (!lists.TryGetValue(key, out var list))
            lists.Add(key, list = []);
        list.Add(value);
    }
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>What the methods of a compilation call. Written by many threads, read when all is there.</summary>
internal sealed class CallGraph
{
    private readonly ConcurrentDictionary<IMethodSymbol, ImmutableArray<Call>> byMethod = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<INamedTypeSymbol, ConcurrentBag<Call>> byInitializedType = new(SymbolEqualityComparer.Default);

    public IEnumerable<IMethodSymbol> Callers => byMethod.Keys;

    public void Add(ISymbol owner, ImmutableArray<Call> calls)
    {
        if (calls.IsEmpty)
            return;
        if (owner is IMethodSymbol method)
        {
            byMethod[method.ToNode()] = calls;
        }
        else if (owner is { IsStatic: false, ContainingType: { } type })
        {
            var initializers = byInitializedType.GetOrAdd(type, static _ => []);
            foreach (var call in calls)
                initializers.Add(call);
        }
    }

    /// <summary>In the order of the source. A constructor also runs its type's initialisers, and the base type's constructor.</summary>
    public IEnumerable<Call> CallsOf(IMethodSymbol method)
    {
        var calls = byMethod.TryGetValue(method, out var own) ? own : [];
        if (method is not { MethodKind: MethodKind.Constructor, ContainingType: { } type })
            return calls;
        IEnumerable<Call> all = byInitializedType.TryGetValue(type, out var initializers)
            ? initializers.OrderBy(call => call.Tree.FilePath, StringComparer.Ordinal).ThenBy(call => call.Span.Start)
            : [];
        if (!calls.Any(call => call.Target.MethodKind == MethodKind.Constructor && call.IsConstructorInitializer)
            && ImplicitBase(method, type) is { } inherited)
        {
            all = all.Append(inherited);
        }
        return all.Concat(calls);
    }

    private static Call? ImplicitBase(IMethodSymbol constructor, INamedTypeSymbol type)
    {
        var inherited = type.BaseType?.OriginalDefinition.InstanceConstructors.FirstOrDefault(candidate => candidate.Parameters.IsEmpty);
        var place = constructor.DeclaringSyntaxReferences.Concat(type.DeclaringSyntaxReferences).FirstOrDefault();
        return inherited is null || place is null || inherited.DeclaringSyntaxReferences.IsEmpty && inherited.ContainingType.DeclaringSyntaxReferences.IsEmpty
            ? null
            : new Call(inherited, place.GetSyntax()) { IsCertain = true };
    }
}

internal static class CallGraphExtensions
{
    /// <summary>The one symbol that stands for a method: its definition, and of a partial method the defining part.</summary>
    public static IMethodSymbol ToNode(this IMethodSymbol method)
    {
        var definition = (method.ReducedFrom ?? method).OriginalDefinition;
        return definition.PartialDefinitionPart ?? definition;
    }
}

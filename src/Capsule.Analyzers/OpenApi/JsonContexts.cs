using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>The types that a program's <c>JsonSerializerContext</c>s know: those they list, and all that these are made of.</summary>
internal sealed class JsonContexts
{
    private const string Context = "System.Text.Json.Serialization.JsonSerializerContext";
    private const string Listing = "System.Text.Json.Serialization.JsonSerializableAttribute";

    /// <summary>A generic type may go on for ever, as in <c>Node&lt;Node&lt;T&gt;&gt;</c>.</summary>
    private const int Depth = 20;

    private readonly HashSet<ITypeSymbol> known = new(SymbolEqualityComparer.Default);

    /// <summary>Reads the contexts of the compilation, and those of the assemblies it references that the framework does not bring.</summary>
    public static JsonContexts Of(Compilation compilation)
    {
        var contexts = new JsonContexts();
        var assemblies = compilation.SourceModule.ReferencedAssemblySymbols.Where(assembly => !IsOfFramework(assembly)).Prepend(compilation.Assembly);
        foreach (var context in assemblies.SelectMany(assembly => JsonMembers.TypesIn(assembly.GlobalNamespace)).Where(IsContext))
        {
            foreach (var attribute in context.GetAttributes())
            {
                if (attribute.AttributeClass.Is(Listing) && attribute.ConstructorArguments is [{ Value: ITypeSymbol listed }])
                    contexts.Add(listed, Depth);
            }
        }
        return contexts;
    }

    public static bool IsContext(INamedTypeSymbol type) => type.BaseType.Is(Context);

    /// <summary>Whether the host finds how to read and write the type. What every context or the framework's own knows counts too.</summary>
    public bool Knows(ITypeSymbol type) =>
        IsSimple(type) || known.Contains(type) || (type.IsNullableStruct() && Knows(type.WithoutNullable()));

    private void Add(ITypeSymbol type, int depth)
    {
        if (depth == 0 || !known.Add(type) || IsSimple(type))
            return;
        if (type is IArrayTypeSymbol array)
            Add(array.ElementType, depth - 1);
        if (type is not INamedTypeSymbol named)
            return;
        foreach (var argument in named.TypeArguments)
            Add(argument, depth - 1);
        foreach (var derived in named.GetAttributes().Where(attribute => attribute.AttributeClass.Is("System.Text.Json.Serialization.JsonDerivedTypeAttribute")))
        {
            if (derived.ConstructorArguments is [{ Value: ITypeSymbol other }, ..])
                Add(other, depth - 1);
        }
        if (!IsOfFramework(named.ContainingAssembly))
        {
            foreach (var property in JsonMembers.Of(named, isRead: false))
                Add(property.Type, depth - 1);
        }
    }

    /// <summary>Numbers, texts, dates and the like, which the problem documents of ASP.NET Core need as well; and JSON itself.</summary>
    private static bool IsSimple(ITypeSymbol type) =>
        type is INamedTypeSymbol { Arity: 0, TypeKind: not TypeKind.Enum, ContainingNamespace: { } container } && IsOfFramework(type.ContainingAssembly)
        && container.ToDisplayString() is "System" or "System.Text.Json" or "System.Text.Json.Nodes";

    private static bool IsOfFramework(IAssemblySymbol? assembly) =>
        assembly?.Name is { } name && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name is "mscorlib" or "netstandard");
}

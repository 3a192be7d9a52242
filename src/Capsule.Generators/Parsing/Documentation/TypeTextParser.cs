using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Walks the types that requests and responses of HTTP handlers hold, and collects what their comments say.</summary>
internal sealed class TypeTextParser(Compilation compilation, CancellationToken cancellation)
{
    private static readonly string[] FrameworkNamespaces = ["System", "Microsoft"];

    private readonly CommentReader comments = new(compilation, cancellation);
    private readonly HashSet<ITypeSymbol> seen = new(SymbolEqualityComparer.Default);
    private readonly SortedDictionary<string, TypeText> declared = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, ReferencedType> referenced = new(StringComparer.Ordinal);

    public static TypeTexts Parse(IEnumerable<IMethodSymbol> methods, Compilation compilation, CancellationToken cancellation)
    {
        var parser = new TypeTextParser(compilation, cancellation);
        foreach (var method in methods.Where(method => HandlerMark.On(method).Any(mark => mark.IsHttp)))
            parser.Visit(method);
        return new TypeTexts(
            Identifiers.Encode(compilation.AssemblyName ?? ""), parser.declared.Values.ToEquatableArray(), parser.referenced.Values.ToEquatableArray());
    }

    private void Visit(IMethodSymbol method)
    {
        cancellation.ThrowIfCancellationRequested();
        Visit(method.ReturnType);
        foreach (var parameter in method.Parameters.Where(parameter => InjectedParser.Parse(parameter.Type) is null))
            Visit(parameter.Type);
        // [ProducesResponseType<T>] and the like.
        foreach (var attribute in method.GetAttributes())
            Visit(attribute);
    }

    private void Visit(AttributeData attribute)
    {
        foreach (var argument in attribute.AttributeClass?.TypeArguments ?? [])
            Visit(argument);
        foreach (var argument in attribute.ConstructorArguments)
        {
            if (argument is { Kind: TypedConstantKind.Type, Value: ITypeSymbol type })
                Visit(type);
        }
    }

    private void Visit(ITypeSymbol type)
    {
        if (type is IArrayTypeSymbol array)
            Visit(array.ElementType);
        if (type is not INamedTypeSymbol named || named.IsUnknown() || !seen.Add(named))
            return;
        foreach (var argument in named.TypeArguments)
            Visit(argument);
        if (IsOfFramework(named))
            return;
        // What a generic type holds is the same for all its arguments; going on with each would have no end where one holds a Node<Node<T>>.
        var definition = named.OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(named, definition) && !seen.Add(definition))
            return;
        named = definition;
        Collect(named);
        if (named.BaseType is { } baseType)
            Visit(baseType);
        // The subtypes that JSON may hold.
        foreach (var attribute in named.GetAttributes().Where(attribute => attribute.AttributeClass.Is("System.Text.Json.Serialization.JsonDerivedTypeAttribute")))
            Visit(attribute);
        foreach (var property in MemberTexts.MembersOf(named).OfType<IPropertySymbol>())
            Visit(property.Type);
    }

    private void Collect(INamedTypeSymbol type)
    {
        var name = RuntimeName(type);
        if (!SymbolEqualityComparer.Default.Equals(type.ContainingAssembly, compilation.Assembly))
        {
            referenced[name] = new ReferencedType(
                name,
                type.ContainingAssembly.Name,
                DocumentationCommentId.CreateDeclarationId(type)!,
                MemberTexts.MembersOf(type).Select(member => new ReferencedMember(member.Name, DocumentationCommentId.CreateDeclarationId(member)!)).ToEquatableArray());
            return;
        }
        var comment = comments.Of(type);
        var text = new TypeText(
            name,
            MemberTexts.Joined(MarkdownText.Blocks(comment?.Element("summary")), MarkdownText.Blocks(comment?.Element("remarks"))),
            MemberTexts.ExampleIn(comment),
            MemberTexts.Of(type, comments).ToEquatableArray());
        if (text is not { Text: null, Example: null, Members.IsEmpty: true })
            declared[name] = text;
    }

    private static bool IsOfFramework(INamedTypeSymbol type)
    {
        var root = type.ContainingNamespace;
        while (root is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false })
            root = root.ContainingNamespace;
        return type.SpecialType != SpecialType.None || (root is not null && FrameworkNamespaces.Contains(root.Name));
    }

    /// <summary><c>Namespace.Outer+Inner`1</c>, as reflection writes it.</summary>
    private static string RuntimeName(INamedTypeSymbol type)
    {
        if (type.ContainingType is { } outer)
            return $"{RuntimeName(outer)}+{type.MetadataName}";
        return type.ContainingNamespace is { IsGlobalNamespace: false } container ? $"{container.ToDisplayString()}.{type.MetadataName}" : type.MetadataName;
    }
}

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Capsule.Generators.Parsing;

/// <summary>
/// Finds by syntax alone the declarations whose attributes may be ours, so that symbols are made only for those. A name given by a
/// <c>using</c> alias may be ours too.
/// </summary>
internal sealed class CandidateFinder
{
    private static readonly string[] AttributeNames =
        ["Message", "Data", "Endpoint", "Schedule", "Task", "Boot", "Shutdown", "Enter", "Exit", "Document"];

    private readonly HashSet<string> names =
        new(AttributeNames.Concat(AttributeNames.Select(name => name + "Attribute")), StringComparer.Ordinal);

    private CandidateFinder(Compilation compilation, CancellationToken cancellation)
    {
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var directive in ((CompilationUnitSyntax)tree.GetRoot(cancellation)).DescendantNodes(MayHoldUsings).OfType<UsingDirectiveSyntax>())
            {
                if (directive.Alias is { } alias)
                    names.Add(alias.Name.Identifier.ValueText);
            }
        }
    }

    /// <summary>The types to look at, each once, with those of their methods that have a promising attribute.</summary>
    public static IReadOnlyList<Candidate> Find(Compilation compilation, CancellationToken cancellation)
    {
        var finder = new CandidateFinder(compilation, cancellation);
        var found = new Dictionary<INamedTypeSymbol, Candidate>(SymbolEqualityComparer.Default);
        foreach (var tree in compilation.SyntaxTrees)
        {
            cancellation.ThrowIfCancellationRequested();
            var declarations = finder.DeclarationsIn(tree.GetRoot(cancellation)).ToList();
            if (declarations.Count == 0)
                continue;
            var semantics = compilation.GetSemanticModel(tree);
            foreach (var declaration in declarations)
            {
                switch (semantics.GetDeclaredSymbol(declaration, cancellation))
                {
                    case INamedTypeSymbol type:
                        CandidateOf(type).IsAnnotated = true;
                        break;
                    case IMethodSymbol { ContainingType: { } type } method:
                        CandidateOf(type).Methods.Add(method.PartialDefinitionPart ?? method);
                        break;
                }
            }
        }
        return [.. found.Values];

        Candidate CandidateOf(INamedTypeSymbol type)
        {
            if (!found.TryGetValue(type, out var candidate))
                found.Add(type, candidate = new Candidate(type));
            return candidate;
        }
    }

    private IEnumerable<MemberDeclarationSyntax> DeclarationsIn(SyntaxNode root) =>
        root.DescendantNodes(MayHoldDeclarations).OfType<MemberDeclarationSyntax>()
            .Where(member => member is MethodDeclarationSyntax or TypeDeclarationSyntax && HasPromisingAttribute(member));

    private bool HasPromisingAttribute(MemberDeclarationSyntax member)
    {
        foreach (var list in member.AttributeLists)
        {
            foreach (var attribute in list.Attributes)
            {
                if (names.Contains(LastName(attribute.Name)))
                    return true;
            }
        }
        return false;
    }

    private static string LastName(NameSyntax name) => name switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    private static bool MayHoldUsings(SyntaxNode node) => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax;

    private static bool MayHoldDeclarations(SyntaxNode node) => MayHoldUsings(node) || node is TypeDeclarationSyntax;
}

/// <summary>A type with a promising attribute on itself or on methods.</summary>
internal sealed class Candidate(INamedTypeSymbol type)
{
    public INamedTypeSymbol Type { get; } = type;

    public bool IsAnnotated { get; set; }

    /// <summary>In the order of the source; a partial method once.</summary>
    public HashSet<IMethodSymbol> Methods { get; } = new(SymbolEqualityComparer.Default);
}

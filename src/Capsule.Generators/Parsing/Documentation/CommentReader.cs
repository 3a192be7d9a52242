using System.Runtime.CompilerServices;
using System.Xml;
using System.Xml.Linq;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Finds the XML comments of symbols, also those that <c>inheritdoc</c> takes from elsewhere.</summary>
internal sealed class CommentReader(Compilation compilation, CancellationToken cancellation)
{
    /// <summary>How far a comment that is inherited may itself be inherited.</summary>
    private const int Depth = 8;

    /// <summary>A type's comment is asked for by each of its handlers.</summary>
    private static readonly ConditionalWeakTable<INamedTypeSymbol, StrongBox<XElement?>> OfTypes = new();

    /// <summary>Null without a comment, and for one that is not XML: the compiler reports that (CS1570).</summary>
    public XElement? Of(ISymbol symbol)
    {
        if (symbol is not INamedTypeSymbol type)
            return Of(symbol, Depth);
        if (!OfTypes.TryGetValue(type, out var known))
        {
            var read = new StrongBox<XElement?>(Of(symbol, Depth));
            known = OfTypes.GetValue(type, _ => read);
        }
        return known.Value;
    }

    /// <summary>The tag of a comment that is about something of that name.</summary>
    public static XElement? Named(XElement? comment, string tag, string name) =>
        comment?.Elements(tag).FirstOrDefault(element => (string?)element.Attribute("name") == name);

    public static XElement? Parse(string? comment)
    {
        if (string.IsNullOrWhiteSpace(comment))
            return null;
        try
        {
            return XElement.Parse(comment, LoadOptions.PreserveWhitespace);
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private XElement? Of(ISymbol symbol, int depth)
    {
        var comment = Parse(symbol.GetDocumentationCommentXml(expandIncludes: false, cancellationToken: cancellation));
        if (comment?.Element("inheritdoc") is not { } inherit || depth == 0)
            return comment;
        var source = (string?)inherit.Attribute("cref") is { } name
            ? DocumentationCommentId.GetFirstSymbolForDeclarationId(name, compilation)
            : InheritedBy(symbol);
        if (source is null || Of(source, depth - 1) is not { } inherited)
            return comment;
        // What it says itself comes first. The elements are copied: they are still of the other comment.
        comment.Add(inherited.Elements());
        return comment;
    }

    private static ISymbol? InheritedBy(ISymbol symbol) => symbol switch
    {
        IMethodSymbol { OverriddenMethod: { } overridden } => overridden,
        IPropertySymbol { OverriddenProperty: { } overridden } => overridden,
        INamedTypeSymbol { BaseType: { SpecialType: not SpecialType.System_Object and not SpecialType.System_ValueType } baseType } => baseType,
        INamedTypeSymbol type => type.Interfaces.FirstOrDefault(),
        _ => symbol.ContainingType.AllInterfaces
            .SelectMany(candidate => candidate.GetMembers(symbol.Name))
            .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(symbol.ContainingType.FindImplementationForInterfaceMember(member), symbol)),
    };
}

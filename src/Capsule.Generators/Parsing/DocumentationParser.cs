using System.Text;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads a method's XML comment into plain texts.</summary>
internal static class DocumentationParser
{
    private static readonly Regex Blanks = new(@"\s+", RegexOptions.CultureInvariant);

    public static DocumentationModel Parse(IMethodSymbol method, CancellationToken cancellation)
    {
        var comment = method.GetDocumentationCommentXml(expandIncludes: false, cancellationToken: cancellation);
        if (string.IsNullOrWhiteSpace(comment))
            return DocumentationModel.Empty;
        try
        {
            var root = XElement.Parse(comment);
            return new(
                Text(root.Element("summary")),
                Text(root.Element("remarks")),
                Text(root.Element("returns")),
                root.Elements("param")
                    .Select(element => (Name: (string?)element.Attribute("name"), Text: Text(element)))
                    .Where(parameter => parameter is { Name: not null, Text: not null })
                    .Select(parameter => new ParameterText(parameter.Name!, parameter.Text!))
                    .ToEquatableArray());
        }
        catch (XmlException)
        {
            // The compiler reports malformed comments (CS1570).
            return DocumentationModel.Empty;
        }
    }

    private static string? Text(XElement? element)
    {
        if (element is null)
            return null;
        var text = new StringBuilder();
        Append(element, text);
        var result = Blanks.Replace(text.ToString(), " ").Trim();
        return result.Length == 0 ? null : result;
    }

    private static void Append(XElement element, StringBuilder text)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words)
                text.Append(words.Value);
            else if (node is XElement { IsEmpty: true } reference)
                text.Append(NameIn(reference));
            else if (node is XElement inner)
                Append(inner, text);
        }
    }

    /// <summary>What a <c>see</c>, <c>paramref</c> or the like shows: the last part of the name it refers to.</summary>
    private static string NameIn(XElement reference)
    {
        var name = (string?)reference.Attribute("cref") ?? (string?)reference.Attribute("name")
            ?? (string?)reference.Attribute("langword") ?? (string?)reference.Attribute("href") ?? " ";
        if (reference.Attribute("cref") is null)
            return name;
        var parameters = name.IndexOf('(');
        var bare = parameters < 0 ? name : name.Substring(0, parameters);
        return bare.Substring(bare.LastIndexOfAny(['.', ':']) + 1);
    }
}

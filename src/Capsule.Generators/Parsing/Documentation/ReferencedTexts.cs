using System.Xml.Linq;
using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads comments of types that are not in the compilation from the XML files of their assemblies, which the build hands over.</summary>
internal static class ReferencedTexts
{
    /// <summary>All texts, those of the compilation's own types included; null when none is asked for.</summary>
    /// <param name="texts">The types that are asked for.</param>
    /// <param name="files">The files at hand. Only those of assemblies that are asked for are read.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static ResolvedTexts? Resolve(TypeTexts texts, IReadOnlyList<AdditionalText> files, CancellationToken cancellation)
    {
        if (texts.IsEmpty)
            return null;
        var all = texts.Declared.ToList();
        foreach (var assembly in texts.Referenced.GroupBy(type => type.Assembly))
        {
            if (files.FirstOrDefault(file => IsOf(file, assembly.Key)) is not { } file || CommentReader.Parse(file.GetText(cancellation)?.ToString()) is not { } root)
                continue;
            var comments = root.Descendants("member").Where(member => member.Attribute("name") is not null)
                .GroupBy(member => member.Attribute("name")!.Value, StringComparer.Ordinal)
                .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
            all.AddRange(assembly.Select(type => Resolve(type, comments)).OfType<TypeText>());
        }
        return new ResolvedTexts(texts.Assembly, all.OrderBy(text => text.Name, StringComparer.Ordinal).ToEquatableArray());
    }

    public static bool IsXml(AdditionalText file) => file.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    private static bool IsOf(AdditionalText file, string assembly) => string.Equals(FileName(file.Path), assembly + ".xml", StringComparison.OrdinalIgnoreCase);

    private static string FileName(string path) => path.Substring(path.LastIndexOfAny(['/', '\\']) + 1);

    private static TypeText? Resolve(ReferencedType type, Dictionary<string, XElement> comments)
    {
        comments.TryGetValue(type.DocumentationId, out var comment);
        var members = type.Members.Select(Member).OfType<MemberText>().ToEquatableArray();
        return comment is null && members.IsEmpty ? null : new TypeText(
            type.Name,
            MemberTexts.Joined(MarkdownText.Blocks(comment?.Element("summary")), MarkdownText.Blocks(comment?.Element("remarks"))),
            MemberTexts.ExampleIn(comment),
            members);

        MemberText? Member(ReferencedMember member)
        {
            comments.TryGetValue(member.DocumentationId, out var own);
            return MemberTexts.OfComment(member.Name, own)
                ?? (CommentReader.Named(comment, "param", member.Name) is { } tag ? MemberTexts.OfTag(member.Name, tag) : null);
        }
    }
}

using System.Xml.Linq;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>What comments say of the properties or constants of a type.</summary>
internal static class MemberTexts
{
    /// <summary>Those that it declares itself. A record's parameters speak for the properties they become.</summary>
    public static IEnumerable<MemberText> Of(INamedTypeSymbol type, CommentReader comments)
    {
        var comment = comments.Of(type);
        foreach (var member in MembersOf(type))
        {
            // The compiler gives a record's property the words of the parameter's tag, and not its example.
            var own = OfComment(member.Name, comments.Of(member));
            var ofParameter = OfParameter(type, member.Name, comment, comments);
            if (WithContent(new MemberText(member.Name, own?.Text ?? ofParameter?.Text, own?.Example ?? ofParameter?.Example)) is { } text)
                yield return text;
        }
    }

    /// <summary>Those of the type first, then those it inherits.</summary>
    public static IEnumerable<MemberText> WithInherited(INamedTypeSymbol type, CommentReader comments)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (INamedTypeSymbol? part = type; part is not null; part = part.BaseType)
        {
            foreach (var text in Of(part, comments))
            {
                if (seen.Add(text.Name))
                    yield return text;
            }
        }
    }

    /// <summary>Public properties, or the constants of an enum.</summary>
    public static IEnumerable<ISymbol> MembersOf(INamedTypeSymbol type) => type.TypeKind == TypeKind.Enum
        ? type.GetMembers().OfType<IFieldSymbol>().Where(field => field.IsConst)
        : type.GetMembers().OfType<IPropertySymbol>()
            .Where(property => property is { IsStatic: false, IsIndexer: false, DeclaredAccessibility: Accessibility.Public });

    public static MemberText? OfTag(string name, XElement tag) =>
        WithContent(new MemberText(name, MarkdownText.Blocks(tag), (string?)tag.Attribute("example")));

    /// <summary>What a comment of the member itself says.</summary>
    public static MemberText? OfComment(string name, XElement? comment) => comment is null ? null : WithContent(new MemberText(
        name,
        Joined(MarkdownText.Blocks(comment.Element("summary") ?? comment.Element("value")), MarkdownText.Blocks(comment.Element("remarks"))),
        ExampleIn(comment)));

    /// <summary>A value, without the blanks around it.</summary>
    public static string? ExampleIn(XElement? comment) => comment?.Element("example")?.Value.Trim() is { Length: > 0 } example ? example : null;

    public static string? Joined(string? first, string? second) =>
        first is null ? second : second is null ? first : first + "\n\n" + second;

    private static MemberText? OfParameter(INamedTypeSymbol type, string name, XElement? typeComment, CommentReader comments)
    {
        var constructor = type.InstanceConstructors.FirstOrDefault(candidate =>
            candidate.Parameters.Any(parameter => string.Equals(parameter.Name, name, StringComparison.OrdinalIgnoreCase)));
        if (constructor is null)
            return null;
        var parameter = constructor.Parameters.First(candidate => string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase));
        var tag = CommentReader.Named(typeComment, "param", parameter.Name)
            ?? (constructor.IsImplicitlyDeclared ? null : CommentReader.Named(comments.Of(constructor), "param", parameter.Name));
        return tag is null ? null : OfTag(name, tag);
    }

    private static MemberText? WithContent(MemberText text) => text is { Text: null, Example: null } ? null : text;
}

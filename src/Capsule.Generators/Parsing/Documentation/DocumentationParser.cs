using System.Xml.Linq;
using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads a handler's XML comment into texts.</summary>
internal static class DocumentationParser
{
    public static DocumentationModel Parse(IMethodSymbol method, Compilation compilation, CancellationToken cancellation)
    {
        var comments = new CommentReader(compilation, cancellation);
        var group = MarkdownText.Line(comments.Of(method.ContainingType)?.Element("summary"));
        var comment = comments.Of(method);
        return new DocumentationModel
        {
            Summary = MarkdownText.Line(comment?.Element("summary")),
            Remarks = MarkdownText.Blocks(comment?.Element("remarks")),
            Returns = MarkdownText.Blocks(comment?.Element("returns")),
            Example = MarkdownText.Blocks(comment?.Element("example")),
            Group = group,
            Parameters = method.Parameters.SelectMany(parameter => TextsOf(parameter, comment, comments)).ToEquatableArray(),
            Responses = comment is null ? [] : ResponsesOf(comment).ToEquatableArray(),
        };
    }

    private static IEnumerable<MemberText> TextsOf(IParameterSymbol parameter, XElement? comment, CommentReader comments)
    {
        if (CommentReader.Named(comment, "param", parameter.Name) is { } element && MemberTexts.OfTag(parameter.Name, element) is { } text)
            yield return text;
        if (SourceAttributes.On(BindingTarget.Of(parameter)).Source != ExplicitSource.AsParameters || parameter.Type is not INamedTypeSymbol type)
            yield break;
        foreach (var member in MemberTexts.WithInherited(type, comments))
            yield return member with { Name = $"{parameter.Name}.{member.Name}" };
    }

    private static IEnumerable<ResponseText> ResponsesOf(XElement comment) =>
        from response in comment.Elements("response")
        let status = (string?)response.Attribute("code")
        let text = MarkdownText.Blocks(response)
        where status is { Length: 3 } && status.All(char.IsDigit) && text is not null
        select new ResponseText(status, text);
}

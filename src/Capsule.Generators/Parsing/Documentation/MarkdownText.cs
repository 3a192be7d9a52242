using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Capsule.Generators.Parsing;

/// <summary>Writes the content of a tag of an XML comment as Markdown, which is what OpenAPI documents hold.</summary>
internal sealed class MarkdownText
{
    /// <summary>Stand for line ends and blanks of code, which stay as they are.</summary>
    private const char CodeLine = '\uE000';
    private const char CodeBlank = '\uE001';

    private static readonly Regex Blanks = new(@"\s+", RegexOptions.CultureInvariant);
    private static readonly Regex BlanksInLine = new(" {2,}", RegexOptions.CultureInvariant);
    private static readonly Regex BlanksAtLineEnds = new(" *\n *", RegexOptions.CultureInvariant);
    private static readonly Regex Paragraphs = new("\n{2,}", RegexOptions.CultureInvariant);

    private readonly StringBuilder text = new();

    private MarkdownText()
    {
    }

    /// <summary>All of it on one line; null without content.</summary>
    public static string? Line(XElement? element) => Blocks(element) is { } blocks ? Blanks.Replace(blocks.Replace("```", "`"), " ") : null;

    /// <summary>With paragraphs, lists and code blocks; null without content.</summary>
    public static string? Blocks(XElement? element)
    {
        if (element is null)
            return null;
        var markdown = new MarkdownText();
        markdown.AppendContent(element);
        var result = BlanksInLine.Replace(markdown.text.ToString(), " ");
        result = BlanksAtLineEnds.Replace(result, "\n");
        result = Paragraphs.Replace(result, "\n\n").Trim();
        return result.Length == 0 ? null : result.Replace(CodeLine, '\n').Replace(CodeBlank, ' ');
    }

    private void AppendContent(XElement element)
    {
        foreach (var node in element.Nodes())
        {
            if (node is XText words)
                text.Append(Blanks.Replace(words.Value, " "));
            else if (node is XElement inner)
                Append(inner);
        }
    }

    private void Append(XElement element)
    {
        switch (element.Name.LocalName)
        {
            case "para" or "p":
                AppendBlock(() => AppendContent(element));
                break;
            case "br":
                text.Append("\n\n");
                break;
            case "code":
                AppendBlock(() => AppendCode(element.Value));
                break;
            case "c":
                Wrap("`", element);
                break;
            case "b" or "strong":
                Wrap("**", element);
                break;
            case "i" or "em":
                Wrap("*", element);
                break;
            case "list":
                AppendBlock(() => AppendList(element));
                break;
            case "see" or "seealso" or "a" when (string?)element.Attribute("href") is { } address:
                text.Append(element.IsEmpty ? $"<{address}>" : $"[{Blanks.Replace(element.Value, " ").Trim()}]({address})");
                break;
            case "see" or "seealso" or "paramref" or "typeparamref" when element.IsEmpty:
                text.Append('`').Append(NameIn(element)).Append('`');
                break;
            default:
                AppendContent(element);
                break;
        }
    }

    private void AppendBlock(Action append)
    {
        text.Append("\n\n");
        append();
        text.Append("\n\n");
    }

    private void Wrap(string mark, XElement element) => text.Append(mark).Append(Blanks.Replace(element.Value, " ").Trim()).Append(mark);

    private void AppendList(XElement list)
    {
        var isNumbered = (string?)list.Attribute("type") == "number";
        foreach (var item in list.Elements("item"))
        {
            text.Append(isNumbered ? "\n1. " : "\n- ");
            if (item.Element("term") is { } term)
            {
                Wrap("**", term);
                text.Append(item.Element("description") is null ? "" : ": ");
            }
            AppendContent(item.Element("description") ?? (item.Element("term") is null ? item : new XElement("none")));
        }
    }

    /// <summary>Fenced, without the indentation that all its lines share.</summary>
    private void AppendCode(string code)
    {
        var lines = code.Replace("\r", "").Split('\n').Select(line => line.TrimEnd()).SkipWhile(line => line.Length == 0).ToList();
        while (lines.Count > 0 && lines[lines.Count - 1].Length == 0)
            lines.RemoveAt(lines.Count - 1);
        var indentation = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        var shifted = lines.Select(line => line.Length > indentation ? line.Substring(indentation) : line.TrimStart());
        text.Append("```").Append(CodeLine);
        text.Append(string.Join(CodeLine.ToString(), shifted).Replace(' ', CodeBlank));
        text.Append(CodeLine).Append("```");
    }

    /// <summary>What a reference without words shows: the last part of the name it refers to.</summary>
    private static string NameIn(XElement reference)
    {
        if ((string?)reference.Attribute("cref") is not { } name)
            return (string?)reference.Attribute("name") ?? (string?)reference.Attribute("langword") ?? "";
        var parameters = name.IndexOf('(');
        var bare = parameters < 0 ? name : name.Substring(0, parameters);
        var last = bare.Substring(bare.LastIndexOfAny(['.', ':']) + 1);
        var arity = last.IndexOf('`');
        return arity < 0 ? last : last.Substring(0, arity);
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Generators.Infrastructure;

/// <summary>
/// Writes indented C#: four spaces a level, LF line ends, no trailing blanks, the invariant culture. A text of several lines,
/// such as a raw string literal, gets the current indentation on each of them.
/// </summary>
internal sealed class SourceWriter
{
    private const int SpacesPerLevel = 4;

    private readonly StringBuilder text = new();
    private int level;

    public void WriteLine() => text.Append('\n');

    public void WriteLine(string text)
    {
        foreach (var line in text.Split('\n'))
        {
            var content = line.TrimEnd();
            if (content.Length > 0)
                this.text.Append(' ', level * SpacesPerLevel).Append(content);
            this.text.Append('\n');
        }
    }

    public void WriteLine(Invariant text) => WriteLine(text.ToString());

    /// <summary>Writes what another writer holds, at the current indentation.</summary>
    public void Write(SourceWriter text)
    {
        if (text.text.Length > 0)
            WriteLine(text.text.ToString(0, text.text.Length - 1));
    }

    /// <summary>Writes <paramref name="header"/> and an opening brace; disposing writes the closing brace.</summary>
    /// <param name="header">What stands before the brace; empty for a bare block.</param>
    /// <param name="end">What follows the closing brace, such as <c>;</c> or <c>);</c>.</param>
    public Scope Block(string header, string end = "")
    {
        if (header.Length > 0)
            WriteLine(header);
        WriteLine("{");
        level++;
        return new Scope(this, "}" + end);
    }

    /// <inheritdoc cref="Block(string, string)"/>
    public Scope Block(Invariant header, string end = "") => Block(header.ToString(), end);

    /// <summary>One level deeper until disposed, without braces.</summary>
    public Scope Indent()
    {
        level++;
        return new Scope(this, null);
    }

    public override string ToString() => text.ToString();

    public SourceText ToSourceText() => SourceText.From(ToString(), Encoding.UTF8);

    internal readonly struct Scope(SourceWriter writer, string? end) : IDisposable
    {
        public void Dispose()
        {
            writer.level--;
            if (end is not null)
                writer.WriteLine(end);
        }
    }

    /// <summary>An interpolated string whose values are formatted with the invariant culture, whatever the build machine's is.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Invariant(int literalLength, int formattedCount)
    {
        private readonly StringBuilder text = new(literalLength + (formattedCount * 16));

        public void AppendLiteral(string text) => this.text.Append(text);

        public void AppendFormatted(string? value) => text.Append(value);

        public void AppendFormatted<T>(T value)
            where T : IFormattable => text.Append(value.ToString(null, CultureInfo.InvariantCulture));

        public void AppendFormatted(bool value) => text.Append(value ? "true" : "false");

        public void AppendFormatted(char value) => text.Append(value);

        public override string ToString() => text.ToString();
    }
}

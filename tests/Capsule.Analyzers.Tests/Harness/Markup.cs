using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Analyzers.Tests.Harness;

/// <summary>A text in which <c>{|CAP0001:…|}</c> stands around what a rule is expected to report. Marks may be nested.</summary>
internal sealed record Markup(string Text, ImmutableArray<Report> Expected)
{
    public static Markup Parse(string marked)
    {
        var text = new StringBuilder();
        var open = new Stack<(string Id, int Start)>();
        var expected = new List<Report>();
        for (var i = 0; i < marked.Length; i++)
        {
            if (marked.AsSpan(i).StartsWith("{|", StringComparison.Ordinal) && marked.IndexOf(':', i) is > 0 and var colon)
            {
                open.Push((marked[(i + 2)..colon], text.Length));
                i = colon;
            }
            else if (open.Count > 0 && marked.AsSpan(i).StartsWith("|}", StringComparison.Ordinal))
            {
                var (id, start) = open.Pop();
                expected.Add(new Report(id, TextSpan.FromBounds(start, text.Length)));
                i++;
            }
            else
            {
                text.Append(marked[i]);
            }
        }
        Assert.Empty(open);
        return new Markup(text.ToString(), [.. expected.Order()]);
    }
}

/// <summary>A rule and where it reports.</summary>
internal readonly record struct Report(string Id, TextSpan Span) : IComparable<Report>
{
    public int CompareTo(Report other) => (Span, Id).CompareTo((other.Span, other.Id));
}

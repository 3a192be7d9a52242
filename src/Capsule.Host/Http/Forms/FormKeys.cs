using System.Diagnostics.CodeAnalysis;

namespace Capsule.Hosting;

/// <summary>What the names of a form say about its structure; worked out only for dictionaries and for types that contain themselves.</summary>
internal sealed class FormKeys
{
    private readonly string[] sorted;
    private Dictionary<string, List<string>>? indexes;

    public FormKeys(IEnumerable<string> names)
    {
        Names = names;
        // Of a name and of one that goes on from it, only the start matters, not with which separator.
        sorted = [.. names.Select(name => name.Replace('[', '.'))];
        Array.Sort(sorted, StringComparer.Ordinal);
    }

    private IEnumerable<string> Names { get; }

    /// <summary>Whether there is the name, or one that goes on from it.</summary>
    public bool Contains(ReadOnlySpan<char> name)
    {
        var start = name.ToString().Replace('[', '.');
        return Array.BinarySearch(sorted, start, StringComparer.Ordinal) >= 0 || ContainsStart(start + '.');
    }

    /// <summary>What follows the name in brackets, with them, each once.</summary>
    public bool TryGetIndexes(string name, [NotNullWhen(true)] out List<string>? found) => (indexes ??= FindIndexes()).TryGetValue(name, out found);

    private bool ContainsStart(string start)
    {
        var found = ~Array.BinarySearch(sorted, start, StringComparer.Ordinal);
        return found < 0 || (found < sorted.Length && sorted[found].StartsWith(start, StringComparison.Ordinal));
    }

    private Dictionary<string, List<string>> FindIndexes()
    {
        var all = new Dictionary<string, List<string>>(StringComparer.OrdinalIgnoreCase);
        var known = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in Names)
        {
            for (var open = name.IndexOf('['); open >= 0;)
            {
                var close = name.IndexOf(']', open);
                if (close < 0)
                    break;
                if (known.Add(name[..(close + 1)]))
                    Add(all, name[..open], name[open..(close + 1)]);
                open = name.IndexOf('[', close);
            }
        }
        return all;
    }

    private static void Add(Dictionary<string, List<string>> all, string prefix, string index)
    {
        if (!all.TryGetValue(prefix, out var indexes))
            all[prefix] = indexes = [];
        indexes.Add(index);
    }
}

namespace Capsule.Hosting;

/// <summary>The values of one name in a query string, searched as it came: without a collection of all values, and without strings where nothing is escaped.</summary>
/// <param name="query">The query string, with its question mark; null for none.</param>
/// <param name="name">The name, in any case.</param>
internal ref struct QueryValues(string? query, string name)
{
    private ReadOnlySpan<char> rest = query is ['?', ..] ? query.AsSpan(1) : query;

    /// <summary>The value that was found last.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    public readonly QueryValues GetEnumerator() => this;

    /// <summary>Looks for the next one.</summary>
    public bool MoveNext()
    {
        while (!rest.IsEmpty)
        {
            var pair = Take(ref rest, '&');
            // As ASP.NET Core has it, a pair that is nothing at all is none, and one that begins with '=' has an empty name.
            if (pair.IsEmpty)
                continue;
            var key = Take(ref pair, '=');
            if (!Decode(key).Equals(name, StringComparison.OrdinalIgnoreCase))
                continue;
            Current = Decode(pair);
            return true;
        }
        return false;
    }

    private static ReadOnlySpan<char> Take(scoped ref ReadOnlySpan<char> text, char separator)
    {
        var end = text.IndexOf(separator);
        var taken = end < 0 ? text : text[..end];
        text = end < 0 ? default : text[(end + 1)..];
        return taken;
    }

    private static ReadOnlySpan<char> Decode(ReadOnlySpan<char> text) =>
        text.ContainsAny('%', '+') ? Uri.UnescapeDataString(text.ToString().Replace('+', ' ')) : text;
}

namespace Capsule.Analyzers;

/// <summary>The names of the IANA time zone database, so that a build means the same on every machine.</summary>
internal static class TimeZoneNames
{
    private static readonly Lazy<HashSet<string>> Names = new(Read);

    public static bool Contains(string name) => Names.Value.Contains(name);

    /// <summary>The name that takes the fewest changes to reach.</summary>
    public static string Nearest(string name) =>
        Names.Value.OrderBy(candidate => Distance(name.Replace(' ', '_').ToUpperInvariant(), candidate.ToUpperInvariant()))
            .ThenBy(candidate => candidate, StringComparer.Ordinal).First();

    private static HashSet<string> Read()
    {
        using var stream = typeof(TimeZoneNames).Assembly.GetManifestResourceStream("time-zones.txt")!;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd().Split(['\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }

    /// <summary>How many characters must be put in, taken out or exchanged. Texts longer than any name count by their length.</summary>
    private static int Distance(string from, string to)
    {
        if (from.Length > 100)
            return from.Length;
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var exchanged = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(exchanged, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.Length];
    }
}

namespace Capsule.Analyzers;

/// <summary>Guesses what somebody meant to write.</summary>
internal static class NearestText
{
    /// <summary>The candidate that takes the fewest changes to reach, upper and lower case aside; null without any.</summary>
    public static string? To(string text, IEnumerable<string> candidates) =>
        candidates.OrderBy(candidate => Distance(text.ToUpperInvariant(), candidate.ToUpperInvariant()))
            .ThenBy(candidate => candidate, StringComparer.Ordinal).FirstOrDefault();

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

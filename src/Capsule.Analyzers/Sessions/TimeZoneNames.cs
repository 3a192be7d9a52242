namespace Capsule.Analyzers;

/// <summary>The names of the IANA time zone database, so that a build means the same on every machine.</summary>
internal static class TimeZoneNames
{
    private static readonly Lazy<HashSet<string>> Names = new(() => new(Lines("time-zones.txt"), StringComparer.Ordinal));

    private static readonly Lazy<Dictionary<string, string>> OfWindows = new(() => Lines("windows-time-zones.txt").Select(line => line.Split('\t'))
        .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase));

    public static bool Contains(string name) => Names.Value.Contains(name);

    /// <summary>The IANA name of what Windows calls by another, or else the name that takes the fewest changes to reach.</summary>
    public static string Nearest(string name) =>
        OfWindows.Value.TryGetValue(name.Trim(), out var same) ? same : NearestText.To(name.Replace(' ', '_'), Names.Value)!;

    private static string[] Lines(string resource)
    {
        using var stream = typeof(TimeZoneNames).Assembly.GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split(['\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}

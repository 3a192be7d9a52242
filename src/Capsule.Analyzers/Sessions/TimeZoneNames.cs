namespace Capsule.Analyzers;

/// <summary>The names of the IANA time zone database, so that a build means the same on every machine.</summary>
internal static class TimeZoneNames
{
    private static readonly Lazy<HashSet<string>> Names = new(Read);

    public static bool Contains(string name) => Names.Value.Contains(name);

    /// <summary>The name that takes the fewest changes to reach.</summary>
    public static string Nearest(string name) => NearestText.To(name.Replace(' ', '_'), Names.Value)!;

    private static HashSet<string> Read()
    {
        using var stream = typeof(TimeZoneNames).Assembly.GetManifestResourceStream("time-zones.txt")!;
        using var reader = new StreamReader(stream);
        return new(reader.ReadToEnd().Split(['\n'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
    }
}

namespace Capsule.Hosting.Sessions;

/// <summary>What a title may be: one line of at most 200 characters.</summary>
internal static class SessionTitle
{
    public const int MaxLength = 200;

    /// <summary>The title on one line, without space around it, cut where it is too long.</summary>
    public static string Clean(string? title)
    {
        var line = string.Join(' ', (title ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= MaxLength ? line : line[..(MaxLength - (char.IsHighSurrogate(line[MaxLength - 1]) ? 1 : 0))];
    }
}

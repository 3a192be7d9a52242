using System.Text;

namespace Capsule.Hosting;

/// <summary>Makes names that users give harmless, for disks and for headers.</summary>
internal static class FileNames
{
    private const int LongestName = 200;
    private const string Nameless = "file";

    /// <summary>The name without a path, control characters, characters that a file system gives a meaning, or leading and trailing dots.</summary>
    public static string MakeSafe(string? name)
    {
        var last = (name ?? "").Split('/', '\\')[^1];
        var safe = new StringBuilder(last.Length);
        foreach (var rune in last.EnumerateRunes())
        {
            // A rune of its own for each half of a broken pair; neither is text.
            if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar && !IsReserved(rune) && !IsDirectionMark(rune))
                safe.Append(rune.ToString());
        }
        var trimmed = safe.ToString().Trim(' ', '.');
        return trimmed.Length == 0 ? Nameless : Shorten(trimmed);
    }

    private static bool IsReserved(Rune rune) => rune.IsAscii && "<>:\"|?*".Contains((char)rune.Value, StringComparison.Ordinal);

    /// <summary>Marks that turn <c>exe.txt</c> around on a screen.</summary>
    private static bool IsDirectionMark(Rune rune) => rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or 0x200E or 0x200F;

    private static string Shorten(string name)
    {
        if (name.Length <= LongestName)
            return name;
        var extension = Path.GetExtension(name);
        if (extension.Length > 20)
            extension = "";
        var end = LongestName - extension.Length;
        if (char.IsHighSurrogate(name[end - 1]))
            end--;
        return name[..end] + extension;
    }
}

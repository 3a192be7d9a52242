using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Parsing;

/// <summary>Names made from other names.</summary>
internal static class Identifiers
{
    /// <summary>
    /// A dotted name as one identifier, never the same for two names: a dot between two name parts is <c>_</c>, and everything that
    /// is not an ASCII letter or digit is its code after <c>__</c>.
    /// </summary>
    public static string Encode(string name)
    {
        var text = new StringBuilder(name.Length);
        for (var i = 0; i < name.Length; i++)
        {
            var c = name[i];
            if (IsLetter(c) || (IsDigit(c) && i > 0))
                text.Append(c);
            else if (c == '.' && i > 0 && i + 1 < name.Length && (IsLetter(name[i + 1]) || IsDigit(name[i + 1])))
                text.Append('_');
            else
                text.Append("__").Append(((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture));
        }
        return text.ToString();
    }

    /// <summary>A name such as <c>mailbox_metrics</c> in PascalCase: <c>MailboxMetrics</c>. Null when no identifier comes of it.</summary>
    public static string? PascalCase(string name)
    {
        var text = new StringBuilder(name.Length);
        var atStart = true;
        foreach (var c in name)
        {
            if (c is '_' or '-' or '.' or ' ')
            {
                atStart = true;
                continue;
            }
            text.Append(atStart ? char.ToUpperInvariant(c) : c);
            atStart = false;
        }
        var result = text.ToString();
        return SyntaxFacts.IsValidIdentifier(result) ? result : null;
    }

    /// <summary>A property's name as System.Text.Json's Web defaults write it: of leading capitals, all but the one that begins the next word become small.</summary>
    public static string JsonName(string name)
    {
        if (name.Length == 0 || !char.IsUpper(name[0]))
            return name;
        var letters = name.ToCharArray();
        for (var i = 0; i < letters.Length; i++)
        {
            if (i == 1 && !char.IsUpper(letters[i]))
                break;
            var beginsNextWord = i > 0 && i + 1 < letters.Length && !char.IsUpper(letters[i + 1]);
            if (beginsNextWord)
                break;
            letters[i] = char.ToLowerInvariant(letters[i]);
        }
        return new string(letters);
    }

    private static bool IsLetter(char c) => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z');

    private static bool IsDigit(char c) => c is >= '0' and <= '9';
}

using System.Globalization;
using System.Text.RegularExpressions;
using Capsule.Hosting;

namespace Capsule.Analyzers;

/// <summary>Guesses the cron expression that somebody meant.</summary>
internal static class CronSuggestion
{
    private const int MostRepairs = 20;
    private const int DayField = 2;
    private const int MonthField = 3;

    private static readonly Dictionary<string, string> Macros = new(StringComparer.OrdinalIgnoreCase)
    {
        ["yearly"] = "0 0 1 1 *",
        ["annually"] = "0 0 1 1 *",
        ["monthly"] = "0 0 1 * *",
        ["weekly"] = "0 0 * * 0",
        ["daily"] = "0 0 * * *",
        ["midnight"] = "0 0 * * *",
        ["hourly"] = "0 * * * *",
    };

    private static readonly string[] Names =
        ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC", "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>A valid expression near to a text that is none; null where nothing comes near.</summary>
    public static string? For(string text)
    {
        if (text.Length > 200)
            return null;
        if (Macros.TryGetValue(text.Trim().TrimStart('@'), out var known))
            return known;
        var fields = Fields(text.Replace('?', '*'));
        if (fields.Count == 0)
            return null;
        // Others have a field for seconds in front, and some one for years behind.
        if (fields.Count == 7)
            fields.RemoveAt(6);
        if (fields.Count == 6)
            fields.RemoveAt(0);
        while (fields.Count < 5)
            fields.Add("*");
        var candidate = string.Join(" ", fields.Take(5));
        for (var i = 0; i < MostRepairs; i++)
        {
            if (CronExpression.TryParse(candidate, out var error) is not null)
                return candidate;
            candidate = Repair(candidate, error!);
        }
        return null;
    }

    /// <summary>An expression that never fires, with the last day that its months have.</summary>
    public static string? WithExistingDay(string text)
    {
        var fields = Fields(text);
        if (fields.Count != 5)
            return null;
        for (var day = 31; day > 0; day--)
        {
            fields[DayField] = day.ToString(CultureInfo.InvariantCulture);
            var candidate = string.Join(" ", fields);
            if (CronExpression.TryParse(candidate, out _) is { NeverFires: false })
                return candidate;
        }
        return null;
    }

    /// <summary>Where the day of the month stands in a valid expression.</summary>
    public static (int Start, int Length) DayOf(string text)
    {
        var fields = Regex.Matches(text, "[^ \t]+");
        return fields.Count > MonthField ? (fields[DayField].Index, fields[DayField].Length) : (0, text.Length);
    }

    private static List<string> Fields(string text) => [.. text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>Replaces what is wrong: a number by the limit it is beyond, a name by the nearest, anything else by <c>*</c>.</summary>
    private static string Repair(string text, CronError error)
    {
        var start = Math.Min(error.Position, text.Length - 1);
        var wrong = text.Substring(start, Math.Min(Math.Max(error.Length, 1), text.Length - start));
        var limits = Regex.Match(error.Message, @"must be from (\d+)( to (\d+))?");
        if (limits.Success && int.TryParse(wrong, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            var lowest = int.Parse(limits.Groups[1].Value, CultureInfo.InvariantCulture);
            var nearest = number < lowest ? limits.Groups[1].Value : limits.Groups[3].Value;
            return text.Remove(start, wrong.Length).Insert(start, nearest);
        }
        if (error.Message.Contains("the names are") && NearestText.To(wrong, Names.Where(name => error.Message.Contains(name))) is { } name)
            return text.Remove(start, wrong.Length).Insert(start, name);
        return WithStar(text, start);
    }

    private static string WithStar(string text, int position)
    {
        var fields = Regex.Matches(text, "[^ \t]+").Cast<Match>().ToList();
        var index = fields.FindIndex(field => position <= field.Index + field.Length);
        return string.Join(" ", fields.Select((field, i) => i == index ? "*" : field.Value));
    }
}

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>A type that text of a request becomes.</summary>
/// <param name="Name">Its name in paths.</param>
/// <param name="Code">It in C#.</param>
/// <param name="Default">A default value of it, in C#; null where it has no constants.</param>
/// <param name="Good">A text that is a value of it.</param>
/// <param name="Other">Another one.</param>
/// <param name="TooMuch">A text of the right form that does not fit; null where there is none.</param>
/// <param name="Foreign">A text that is a value of it in another culture; null where there is none.</param>
internal sealed record BoundType(string Name, string Code, string? Default, string Good, string Other, string? TooMuch = null, string? Foreign = null)
{
    /// <summary>Whether it takes several values of one name.</summary>
    public bool IsList => Code.EndsWith("[]", StringComparison.Ordinal) || Code == "StringValues";

    /// <summary>Every type of the suite.</summary>
    public static IReadOnlyList<BoundType> All { get; } =
    [
        new("string", "string", "\"default\"", "text", "Ünï cødé+&=%"),
        new("bool", "bool", "true", "true", "False", "2", "wahr"),
        new("char", "char", "'d'", "x", "+", "xy"),
        new("byte", "byte", "7", "0", "255", "256", "1.0"),
        new("short", "short", "-7", "-32768", "12", "32768", "1.000"),
        new("int", "int", "7", "12", "-0012", "2147483648", "1,200"),
        new("uint", "uint", "7", "12", "4294967295", "-1", "1'200"),
        new("long", "long", "7", "12", "-9223372036854775808", "9223372036854775808", "1 200"),
        new("ulong", "ulong", "7", "12", "0", "18446744073709551616", "1_200"),
        new("float", "float", "0.5f", "1.5", "-1e3", "1e99", "1,5"),
        new("double", "double", "double.NaN", "1.5", "NaN", "1e999", "1,5"),
        new("decimal", "decimal", "1.50m", "1.50", "(2.5)", "79228162514264337593543950336", "1.200,50"),
        new("big", "System.Numerics.BigInteger", null, "79228162514264337593543950336", "-1", "1.5", "1,5"),
        new("guid", "Guid", null, "6f9619ff-8b86-d011-b42d-00c04fc964ff", "{6F9619FF8B86D011B42D00C04FC964FF}", "6f9619ff-8b86-d011-b42d-00c04fc964ff0"),
        new("time-span", "TimeSpan", null, "1.02:03:04.5", "7", "10675200", "03:04:05,5"),
        new("date-time", "DateTime", null, "2026-01-02T03:04:05", "2026-01-02T03:04:05+02:00", "10000-01-01", "31.12.2026"),
        new("moment", "DateTimeOffset", null, "2026-01-02T03:04:05", "2026-01-02T03:04:05Z", "2026-02-30", "31.12.2026"),
        new("date", "DateOnly", null, "2026-01-02", "01/02/2026", "2026-02-29", "31.12.2026"),
        new("time", "TimeOnly", null, "03:04:05.678", "3 PM", "24:00", "03.04"),
        new("enum", "DayOfWeek", "DayOfWeek.Friday", "Monday", "3", "99", "montag"),
        new("flags", "Colors", "Colors.Red | Colors.Blue", "Red", "Red, Blue", "256", "9"),
        new("uri", "Uri", "null!", "https://example.com/ä?b=c#d", "../e f", "http://[", "http:///x"),
        new("twofold", "Twofold", null, "1", "2", "x"),
        new("threefold", "Threefold", null, "1", "2", "x"),
        new("version", "Version", "null!", "1.2", "1.2.3.4", "1.2.3.4.5", "1,2"),
        new("address", "System.Net.IPAddress", "null!", "127.0.0.1", "::1", "256.0.0.1", "1,2"),
        new("own", "Point", null, "1:2", "3:4", "1:99999999999", "1,5:2"),
        new("own-provider", "Amount", null, "1.5", "2", "1e99", "1,5"),
        new("own-class", "Tag", "null!", "a-tag", "B", "far-too-long-for-a-tag"),
        new("parsable", "Celsius", null, "21.5", "-1", "1e999", "21,5"),
        new("span-parsable", "Percent", null, "50%", "0%", "101%", "50 %"),
        new("inherited", "SubTag", "null!", "sub", "SUB", "far-too-long-for-a-tag"),
        new("strings", "string[]", "null!", "a,b", "c"),
        new("values", "StringValues", null, "a,b", "c"),
        new("ints", "int[]", "null!", "1", "-2", "2147483648", "1,2"),
        new("ints-or-null", "int?[]", "null!", "1", "-2", "2147483648", "1,2"),
        new("dates", "DateTime[]", "null!", "2026-01-02", "2026-01-02T03:04:05Z", "10000-01-01", "31.12.2026"),
        new("dates-or-null", "DateTime?[]", "null!", "2026-01-02", "2026-01-02T03:04:05Z", "10000-01-01", "31.12.2026"),
        new("enums", "DayOfWeek[]", "null!", "Monday", "3", "99", "montag"),
        new("guids", "Guid[]", "null!", "6f9619ff-8b86-d011-b42d-00c04fc964ff", "{6F9619FF8B86D011B42D00C04FC964FF}", "6f"),
        new("uris", "Uri[]", "null!", "/a", "b", "http://["),
        new("owns", "Point[]", "null!", "1:2", "3:4", "1:99999999999"),
        new("own-classes", "Tag[]", "null!", "a-tag", "B", "far-too-long-for-a-tag"),
        new("parsables", "Celsius[]", "null!", "21.5", "-1", "1e999", "21,5"),
    ];
}

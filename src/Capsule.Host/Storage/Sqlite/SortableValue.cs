using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Capsule.Hosting.Storage.Sqlite;

/// <summary>
/// A JSON value as an integer or text that SQLite orders as the kind of its field says. The same function serves stored values (in SQL) and those of
/// filters, so both are read in the same way.
/// </summary>
internal static class SortableValue
{
    /// <summary>The SQL function: kind, JSON.</summary>
    public const string Function = "capsule_sortable";

    public static void AddTo(SqliteConnection connection) =>
        connection.CreateFunction<long, string?, object?>(Function, static (kind, json) => Of((FieldKind)kind, json), isDeterministic: true);

    /// <summary>The value; null for null and for what is absent.</summary>
    public static object? Of(FieldKind kind, string? json) => json switch
    {
        null or "null" => null,
        _ when kind == FieldKind.Json => json,
        "true" => 1L,
        "false" => 0L,
        ['"', ..] => OfText(kind, JsonSerializer.Deserialize(json, StorageJson.Default.String)!),
        ['[' or '{', ..] => json,
        _ => OfNumber(kind, json),
    };

    private static object OfText(FieldKind kind, string text) => kind switch
    {
        FieldKind.Instant when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time.UtcTicks,
        FieldKind.Duration when TimeSpan.TryParseExact(text, "c", CultureInfo.InvariantCulture, out var span) => span.Ticks,
        _ => text,
    };

    private static object OfNumber(FieldKind kind, string json) => kind switch
    {
        FieldKind.Decimal => OfDecimal(json),
        FieldKind.Real => OfReal(double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture)),
        _ when long.TryParse(json, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) => integer,
        _ => double.Parse(json, NumberStyles.Float, CultureInfo.InvariantCulture),
    };

    /// <summary>The bits of a floating-point number, arranged so that they grow with it.</summary>
    private static long OfReal(double value)
    {
        var bits = BitConverter.DoubleToInt64Bits(value == 0 ? 0 : value);
        return bits < 0 ? bits ^ long.MaxValue : bits;
    }

    /// <summary>
    /// The sign, the number of digits before the point, the digits. Those of a negative number are turned around (9 for 0) and closed by a character
    /// that sorts after digits, so that more digits mean less.
    /// </summary>
    private static string OfDecimal(string json)
    {
        var negative = json.StartsWith('-');
        var (integer, fraction) = Digits(negative ? json[1..] : json);
        integer = integer.TrimStart('0');
        fraction = fraction.TrimEnd('0');
        var digits = integer.Length.ToString("D5", CultureInfo.InvariantCulture) + integer + fraction;
        return negative && integer.Length + fraction.Length > 0
            ? "0" + string.Concat(digits.Select(static digit => (char)('0' + '9' - digit))) + "~"
            : "1" + digits;
    }

    private static (string Integer, string Fraction) Digits(string json)
    {
        var mark = json.AsSpan().IndexOfAny('e', 'E');
        var exponent = mark < 0 ? 0 : int.Parse(json.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var number = mark < 0 ? json : json[..mark];
        var point = number.IndexOf('.', StringComparison.Ordinal);
        var digits = number.Replace(".", "", StringComparison.Ordinal);
        point = (point < 0 ? digits.Length : point) + exponent;
        return point <= 0 ? ("", new string('0', -point) + digits)
            : point >= digits.Length ? (digits.PadRight(point, '0'), "")
            : (digits[..point], digits[point..]);
    }
}

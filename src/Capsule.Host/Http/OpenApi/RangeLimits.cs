using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.OpenApi;

namespace Capsule.Hosting;

/// <summary>
/// Describes the numbers that a <see cref="RangeAttribute"/> takes. Where its limits are whole numbers it compares what <see cref="Convert.ToInt32(double)"/>
/// makes of the value, which is the nearest whole number, and of two the even one: on a <c>double</c>, <c>[Range(1, 9)]</c> takes what is greater than 0.5 and less
/// than 9.5.
/// </summary>
internal static class RangeLimits
{
    private const decimal Half = 0.5m;

    public static void Apply(OpenApiSchema schema, RangeAttribute range)
    {
        if (schema.Type is not { } type || (type & (JsonSchemaType.Integer | JsonSchemaType.Number)) == 0)
            return;
        var isRounded = type.HasFlag(JsonSchemaType.Number);
        var least = isRounded && range.Minimum is int low ? Rounded(low + (range.MinimumIsExclusive ? 1L : 0), -Half) : new Limit(Text(range, range.Minimum), range.MinimumIsExclusive);
        var most = isRounded && range.Maximum is int high ? Rounded(high - (range.MaximumIsExclusive ? 1L : 0), Half) : new Limit(Text(range, range.Maximum), range.MaximumIsExclusive);
        schema.Minimum = least.IsExclusive ? null : least.Value;
        schema.ExclusiveMinimum = least.IsExclusive ? least.Value : null;
        schema.Maximum = most.IsExclusive ? null : most.Value;
        schema.ExclusiveMaximum = most.IsExclusive ? most.Value : null;
    }

    /// <param name="last">The last whole number within the range.</param>
    /// <param name="half">The way to the first number that is rounded to the next one; that number itself goes to whichever is even.</param>
    private static Limit Rounded(long last, decimal half) => new((last + half).ToString(CultureInfo.InvariantCulture), IsExclusive: last % 2 != 0);

    /// <summary>Null for a limit that is none: one that goes beyond every number.</summary>
    private static string? Text(RangeAttribute range, object limit)
    {
        // As validation reads them.
        var culture = range.ParseLimitsInInvariantCulture ? CultureInfo.InvariantCulture : CultureInfo.CurrentCulture;
        return limit switch
        {
            double number => Text(number),
            string text when range.OperandType == typeof(double) || range.OperandType == typeof(float) =>
                double.TryParse(text, NumberStyles.Float, culture, out var number) ? Text(number) : null,
            string text => decimal.TryParse(text, NumberStyles.Float, culture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null,
            _ => Convert.ToString(limit, CultureInfo.InvariantCulture),
        };
    }

    private static string? Text(double number) =>
        double.IsFinite(number) && Math.Abs(number) < double.MaxValue ? number.ToString(CultureInfo.InvariantCulture) : null;

    private readonly record struct Limit(string? Value, bool IsExclusive);
}

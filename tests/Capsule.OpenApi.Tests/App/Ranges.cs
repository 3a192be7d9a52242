using System.ComponentModel.DataAnnotations;

namespace Capsule.OpenApi.Tests.App;

/// <summary>Numbers of each type, with limits of each type.</summary>
public sealed record RangedBody(
    [Range(0, 10, MaximumIsExclusive = true)] double WholeOfDouble = 1,
    [Range(1, 9)] double OddOfDouble = 1,
    [Range(-1, 4, MinimumIsExclusive = true)] float WholeOfFloat = 1,
    [Range(0, 10)] decimal WholeOfDecimal = 1,
    [Range(0, 10, MaximumIsExclusive = true)] double? WholeOfMaybe = 1,
    [Range(0, 10, MinimumIsExclusive = true, MaximumIsExclusive = true)] int WholeOfInt = 1,
    [Range(0, 10, MaximumIsExclusive = true)] long WholeOfLong = 1,
    [Range(0.5, 9.5)] int HalfOfInt = 1,
    [Range(0.25, 9.75, MaximumIsExclusive = true)] double HalfOfDouble = 1,
    [Range(0.25, 9.75, MinimumIsExclusive = true)] decimal HalfOfDecimal = 1,
    [Range(1e-40, 1e30)] double Scientific = 1,
    [Range(0.0, double.MaxValue, MinimumIsExclusive = true)] double Open = 1,
    [Range(typeof(decimal), "0.5", "10.5", MaximumIsExclusive = true)] decimal TextOfDecimal = 1,
    [Range(typeof(double), "0.5", "1e30", MinimumIsExclusive = true)] double TextOfDouble = 1,
    [Range(typeof(int), "0", "10", MaximumIsExclusive = true)] int TextOfInt = 1,
    [Range(typeof(long), "1", "9000000000", MinimumIsExclusive = true)] long TextOfLong = 2);

/// <summary>Takes numbers that have limits.</summary>
public static class RangeHandlers
{
    /// <summary>Takes them in a body.</summary>
    [Endpoint("POST", "/ranges/body", Authorized = false)]
    public static void Body(RangedBody body) { }

    /// <summary>Takes numbers whose limits are written in German, and in no language.</summary>
    [Endpoint("GET", "/ranges/cultures", Authorized = false)]
    public static void Cultures(
        [Range(typeof(decimal), "0,5", "10,5")] decimal german = 1,
        [Range(typeof(double), "0.5", "10.5", ParseLimitsInInvariantCulture = true)] double invariant = 1) { }

    /// <summary>Takes them as values.</summary>
    [Endpoint("GET", "/ranges/values", Authorized = false)]
    public static void Values(
        [Range(0, 10, MaximumIsExclusive = true)] double wholeOfDouble = 1,
        [Range(1, 9)] double oddOfDouble = 1,
        [Range(-1, 4, MinimumIsExclusive = true)] float wholeOfFloat = 1,
        [Range(0, 10)] decimal wholeOfDecimal = 1,
        [Range(0, 10, MaximumIsExclusive = true)] double? wholeOfMaybe = 1,
        [Range(0, 10, MinimumIsExclusive = true, MaximumIsExclusive = true)] int wholeOfInt = 1,
        [Range(0, 10, MaximumIsExclusive = true)] long wholeOfLong = 1,
        [Range(0.5, 9.5)] int halfOfInt = 1,
        [Range(0.25, 9.75, MaximumIsExclusive = true)] double halfOfDouble = 1,
        [Range(0.25, 9.75, MinimumIsExclusive = true)] decimal halfOfDecimal = 1,
        [Range(1e-40, 1e30)] double scientific = 1,
        [Range(0.0, double.MaxValue, MinimumIsExclusive = true)] double open = 1,
        [Range(typeof(decimal), "0.5", "10.5", MaximumIsExclusive = true)] decimal textOfDecimal = 1,
        [Range(typeof(double), "0.5", "1e30", MinimumIsExclusive = true)] double textOfDouble = 1,
        [Range(typeof(int), "0", "10", MaximumIsExclusive = true)] int textOfInt = 1,
        [Range(typeof(long), "1", "9000000000", MinimumIsExclusive = true)] long textOfLong = 2) { }
}

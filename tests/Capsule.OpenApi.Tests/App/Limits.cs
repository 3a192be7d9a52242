using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Capsule.OpenApi.Tests.App;

/// <summary>A value for each limit.</summary>
public sealed record LimitedBody(
    [Length(2, 4)] string Word,
    [Length(1, 3)] IReadOnlyList<int> Few,
    [MinLength(2)] string Lengthy,
    [MinLength(1)] int[] Some,
    [Base64String] string Bytes,
    [AllowedValues(1, 2)] int Chosen,
    [DeniedValues("root", "admin")] string Name,
    [Range(0.0, 10.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double Between,
    [Required] string Given,
    [Required] int? Number,
    [AllowedValues("a", "b", null)] string? Letter = null,
    [AllowedValues(1, 2, null)] int? Digit = null,
    [AllowedValues("a", "b")] string? Asked = "a",
    [AllowedValues("a", null)] string Always = "a",
    [DeniedValues("root", null)] string? Known = "ada",
    [AllowedValues('x', 'y')] char Axis = 'x',
    [AllowedValues((byte)1, (byte)2)] byte Small = 1,
    [AllowedValues(0.5f, 1.5f)] float Half = 0.5f)
{
    /// <summary>On a property.</summary>
    [Range(typeof(decimal), "0.5", "1", MinimumIsExclusive = true)]
    public decimal Share { get; init; } = 1;
}

/// <summary>A corner, written as <c>1:2</c>.</summary>
public readonly record struct Corner(int X, int Y)
{
    public static bool TryParse(string? text, out Corner corner)
    {
        corner = default;
        if (text?.Split(':') is not [var first, var second] || !int.TryParse(first, out var x) || !int.TryParse(second, out var y))
            return false;
        corner = new(x, y);
        return true;
    }
}

/// <summary>A number that has no limit unless one is given.</summary>
public sealed record Odd(string Name, double Most = double.PositiveInfinity);

/// <summary>A value of each format.</summary>
public sealed record FormattedBody(DateTime At, DateTimeOffset Moment, DateOnly Day, TimeOnly Time, TimeSpan Span, Guid Id, Uri Link);

/// <summary>Takes values that have limits or formats.</summary>
public static class LimitHandlers
{
    /// <summary>Takes a body with limits.</summary>
    [Endpoint("POST", "/limits/body", Authorized = false)]
    public static void Body(LimitedBody body) { }

    /// <summary>Takes values with limits.</summary>
    [Endpoint("GET", "/limits/values", Authorized = false)]
    public static void Values(
        [Length(2, 4)] string word,
        [Length(1, 3)] int[] few,
        [MinLength(2)] string lengthy,
        [Base64String] string bytes,
        [AllowedValues(1, 2)] int chosen,
        [DeniedValues("root", "admin")] string name,
        [Range(0.0, 10.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double between,
        [Required] string given,
        [AllowedValues("a", "b", null)] string? letter = null,
        [AllowedValues(1, 2, null)] int? digit = null,
        [DeniedValues("root", null)] string? known = "ada",
        [AllowedValues('x', 'y')] char axis = 'x',
        [AllowedValues((byte)1, (byte)2)] byte small = 1,
        [AllowedValues(0.5f, 1.5f)] float half = 0.5f) { }

    /// <summary>Takes a form with limits.</summary>
    [Endpoint("POST", "/limits/form", Authorized = false)]
    public static void Form([FromForm, AllowedValues("a", "b", null)] string? letter) { }

    /// <summary>Takes a body that must be there, though its type says otherwise.</summary>
    [Endpoint("POST", "/limits/required", Authorized = false)]
    public static void Required([Required] Place? place) { }

    /// <summary>Takes a body of each format.</summary>
    [Endpoint("POST", "/formats/body", Authorized = false)]
    public static FormattedBody FormatsOfBody(FormattedBody body) => body;

    /// <summary>Takes a value of each format.</summary>
    [Endpoint("GET", "/formats/values", Authorized = false)]
    public static FormattedBody Formats(DateTime at, DateTimeOffset moment, DateOnly day, TimeOnly time, TimeSpan span, Guid id, Uri link) =>
        new(at, moment, day, time, span, id, link);

    /// <summary>Takes values with defaults that are no JSON.</summary>
    [Endpoint("GET", "/defaults/odd", Authorized = false)]
    public static string OddDefaults(double most = double.PositiveInfinity, float none = float.NaN, double? least = double.NegativeInfinity, nint word = 5) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{most} {none} {least} {word}");

    /// <summary>Takes values that read themselves from text.</summary>
    [Endpoint("GET", "/more/corners", Authorized = false)]
    public static int Corners(Corner first, Corner[] others, [FromHeader(Name = "X-Corners")] Corner[] more) => first.X + others.Sum(corner => corner.X) + more.Length;

    /// <summary>Takes a form with such a default.</summary>
    [Endpoint("POST", "/defaults/odd-form", Authorized = false)]
    public static double OddForm([FromForm] Odd odd) => odd.Most;

    /// <summary>Takes a body with such a default.</summary>
    [Endpoint("POST", "/defaults/odd-body", Authorized = false)]
    public static bool OddBody(Odd odd) => double.IsPositiveInfinity(odd.Most);

    /// <summary>Takes headers.</summary>
    [Endpoint("GET", "/more/headers", Authorized = false)]
    public static string Headers(
        [FromHeader(Name = "X-Tenant")] string tenant, [FromHeader(Name = "X-Page")] int page, [FromHeader(Name = "X-Trace")] Guid? trace,
        [FromHeader(Name = "X-Words")] string[] words, [FromHeader(Name = "X-Urgency")] Urgency urgency = Urgency.High, [FromHeader(Name = "X-Asked"), Required] string? asked = null) =>
        $"{tenant} {page} {trace} {words.Length} {urgency} {asked}";
}

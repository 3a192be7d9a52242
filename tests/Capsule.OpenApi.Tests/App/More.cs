using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Microsoft.AspNetCore.Mvc;

namespace Capsule.OpenApi.Tests.App;

/// <summary>Reads itself from the request.</summary>
public sealed record Position(double Latitude, double Longitude)
{
    public static ValueTask<Position?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<Position?>(new Position(1, 2));
}

/// <summary>A width and a height.</summary>
public readonly record struct Extent(int Width, int Height = 1);

/// <summary>A stay of one guest.</summary>
/// <param name="Id">Its number.</param>
/// <param name="Length">How long it is.</param>
/// <param name="Room">How large its room is.</param>
/// <param name="Until">When it ends.</param>
public sealed record Stay(
    Guid Id = default,
    [Range(typeof(TimeSpan), "00:00:00", "7.00:00:00")] TimeSpan Length = default,
    Extent Room = default,
    DateTimeOffset? Until = null,
    Urgency Class = Urgency.High,
    Urgency? Before = Urgency.Low,
    int Beds = default,
    string Name = "Sea",
    double Price = 1.5);

/// <summary>Stays of a guest.</summary>
public sealed record Booking(string Guest, DateTimeOffset At, Stay First, IReadOnlyList<Stay> Others, DateTimeOffset Arrival = default, DateOnly Day = default);

/// <summary>Values that have defaults which are no constants.</summary>
public sealed record Window(DateTimeOffset From = default, Guid? Of = null);

/// <summary>Values whose defaults are no constants.</summary>
public static class DefaultHandlers
{
    /// <summary>Books stays.</summary>
    [Endpoint("POST", "/defaults/bookings", Authorized = false)]
    public static Booking Book(Booking booking) => booking;

    /// <summary>Lists stays.</summary>
    [Data("stays")]
    public static IReadOnlyList<Stay> Stays([AsParameters] Window window, Guid id = default, TimeSpan? length = null) => [];

    /// <summary>Takes a stay as a form.</summary>
    [Endpoint("POST", "/defaults/form", Authorized = false)]
    public static Stay Form([FromForm] Stay stay) => stay;
}

/// <summary>Other ways to take values.</summary>
public static class MoreHandlers
{
    /// <summary>Takes a position.</summary>
    [Endpoint("GET", "/more/position", Authorized = false)]
    public static string Where(Position position) => position.ToString();

    /// <summary>Takes a whole form.</summary>
    /// <param name="form">Anything.</param>
    [Endpoint("POST", "/more/form", Authorized = false)]
    public static int Form(IFormCollection form) => form.Count;

    /// <summary>Takes files and a list.</summary>
    /// <param name="files">The files.</param>
    /// <param name="words">Some words.</param>
    [Endpoint("POST", "/more/files", Authorized = false)]
    public static int Files(IFormFileCollection files, [FromForm] string[] words) => files.Count + words.Length;

    /// <summary>Takes a value of every kind.</summary>
    [Endpoint("GET", "/more/kinds/{id:guid}", Authorized = false)]
    public static string Kinds(Guid id, DateOnly day, TimeSpan span, Uri link, decimal price, bool? flag, Urgency urgency = Urgency.High, char letter = 'x') =>
        $"{id} {day} {span} {link} {price} {flag} {urgency} {letter}";

    /// <summary>Takes values that validation asks for.</summary>
    [Endpoint("GET", "/more/asked", Authorized = false)]
    public static string Asked([Required] string? text, [Required] int? number = null, [Required] string? word = "a", string? given = null, [AllowedValues(1, 2)] int? chosen = null, [AllowedValues(1, 2)] int other = 2, [DeniedValues("")] string? name = "") =>
        $"{text} {number} {word} {given} {chosen} {other} {name}";
}

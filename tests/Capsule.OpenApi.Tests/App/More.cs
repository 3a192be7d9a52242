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
    public static string Asked([Required] string? text, [Required] int? number = null, [Required] string? word = "a", string? given = null) =>
        $"{text} {number} {word} {given}";
}

using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Capsule.OpenApi.Tests.App;

/// <summary>Where a parcel goes.</summary>
/// <param name="Street">The street with its number.</param>
/// <param name="Floor">Which floor it is.</param>
public sealed record Destination([StringLength(40)] string Street, int Floor = 0)
{
    /// <summary>Who opens the door.</summary>
    public string? Receiver { get; init; }
}

/// <summary>A parcel to send.</summary>
/// <param name="Title">What is in it.</param>
/// <param name="To">Where it goes.</param>
/// <param name="Weight">How heavy it is, in kilograms.</param>
/// <param name="Urgency">How soon it must be there.</param>
public sealed record NewParcel([StringLength(20, MinimumLength = 2)] string Title, Destination To, [Range(0.5, 50)] double Weight, Urgency Urgency)
{
    /// <summary>How many of them.</summary>
    /// <example>3</example>
    public int? Pieces { get; init; }

    /// <summary>Where it is now.</summary>
    public Destination? From { get; init; }

    /// <summary>The shop, which is no part of where it is.</summary>
    public string? FromShop { get; init; }

    /// <summary>Words to find it by.</summary>
    [MaxLength(3)]
    public List<string> Tags { get; init; } = [];

    /// <summary>What it was before.</summary>
    public Urgency? Before { get; init; }

    /// <summary>When it is sent.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Who pays.</summary>
    [Required, EmailAddress]
    public string? Payer { get; init; }

    /// <summary>JSON calls it otherwise.</summary>
    [JsonPropertyName("zip_code")]
    public string? Zip { get; init; }

    /// <summary>JSON passes over it.</summary>
    [JsonIgnore]
    public string? Secret { get; init; }

    /// <summary>What parts of it cost.</summary>
    public Dictionary<string, decimal>? Prices { get; init; }

    /// <summary>Where it stops.</summary>
    public List<Destination>? Stops { get; init; }

    /// <summary>No form sets it.</summary>
    public int Length => Title.Length;
}

/// <summary>A label with files.</summary>
public sealed class LabelForm
{
    /// <summary>What it says.</summary>
    public required string Text { get; set; }

    /// <summary>What is on it.</summary>
    public required IFormFile Picture { get; set; }

    /// <summary>What is on its back.</summary>
    public IFormFile? Back { get; set; }

    /// <summary>More of it.</summary>
    public IReadOnlyList<IFormFile>? Pages { get; set; }
}

/// <summary>A box in a box.</summary>
public sealed class BoxForm
{
    /// <summary>What is on it.</summary>
    public string? Name { get; set; }

    /// <summary>The box inside.</summary>
    public BoxForm? Inner { get; set; }
}

/// <summary>Text that reads itself, though JSON has an object of it.</summary>
public sealed record Grid(int Columns, int Rows) : IParsable<Grid>
{
    public static Grid Parse(string s, IFormatProvider? provider) => TryParse(s, provider, out var grid) ? grid : throw new FormatException();

    public static bool TryParse(string? s, IFormatProvider? provider, [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out Grid result)
    {
        var parts = s?.Split('x') ?? [];
        result = parts.Length == 2 && int.TryParse(parts[0], out var columns) && int.TryParse(parts[1], out var rows) ? new Grid(columns, rows) : null;
        return result is not null;
    }
}

/// <summary>A layout.</summary>
public sealed record LayoutForm(Grid Grid, int Margin);

/// <summary>Takes objects as forms.</summary>
public static class FormHandlers
{
    /// <summary>Takes an object alone.</summary>
    /// <param name="parcel">What is sent.</param>
    [Endpoint("POST", "/forms/parcel", Authorized = false)]
    public static Dictionary<string, object?> Alone([FromForm] NewParcel parcel) => new() { ["parcel"] = parcel, ["secret"] = parcel.Secret };

    /// <summary>Takes an object beside fields.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="copies">How many of them.</param>
    /// <param name="urgency">How soon.</param>
    /// <param name="note">What else is to say.</param>
    [Endpoint("POST", "/forms/beside", Authorized = false)]
    public static Dictionary<string, object?> Beside([FromForm] Destination to, [FromForm] int copies, [FromForm] Urgency urgency, [FromForm] string note = "none") =>
        new() { ["to"] = to, ["copies"] = copies, ["urgency"] = urgency, ["note"] = note };

    /// <summary>Takes an object beside a file.</summary>
    /// <param name="to">Where it goes.</param>
    /// <param name="label">What is on it.</param>
    [Endpoint("POST", "/forms/file", Authorized = false)]
    public static Dictionary<string, object?> File([FromForm] Destination to, IFormFile label) => new() { ["to"] = to, ["label"] = label.FileName };

    /// <summary>Takes an object with files inside.</summary>
    [Endpoint("POST", "/forms/label", Authorized = false)]
    public static Dictionary<string, object?> Label([FromForm] LabelForm label) =>
        new() { ["text"] = label.Text, ["picture"] = label.Picture.FileName, ["back"] = label.Back?.FileName, ["pages"] = label.Pages?.Count };

    /// <summary>Takes two objects.</summary>
    [Endpoint("POST", "/forms/two", Authorized = false)]
    public static Dictionary<string, object?> Two([FromForm] LayoutForm layout, [FromForm] BoxForm box) => new() { ["layout"] = layout, ["box"] = $"{box.Name} {box.Inner?.Name}" };

    /// <summary>Takes an object or none.</summary>
    [Endpoint("POST", "/forms/maybe", Authorized = false)]
    public static Dictionary<string, object?> Maybe([FromForm] Destination? to = null) => new() { ["to"] = to };

    /// <summary>Takes a list.</summary>
    [Endpoint("POST", "/forms/list", Authorized = false)]
    public static List<Destination> All([FromForm] List<Destination> stops) => stops;
}

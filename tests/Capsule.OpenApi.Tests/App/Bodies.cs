using System.Text.Json.Serialization;

namespace Capsule.OpenApi.Tests.App;

/// <summary>Members of a constructor, with and without defaults.</summary>
public sealed record PlainBody(string Text, string? Maybe, int Number, int? MaybeNumber, string Otherwise = "a", int OtherNumber = 1, string? OtherMaybe = null);

/// <summary>Members that are set.</summary>
public sealed class SetBody
{
    public string Text { get; set; } = "";

    public string? Maybe { get; set; }

    public int Number { get; init; }

    public DateTime? At { get; init; }

    public List<string> Words { get; set; } = [];

    public PlainBody? Part { get; set; }

    public Urgency Urgency { get; set; }

    public Urgency? MaybeUrgency { get; set; }
}

/// <summary>Members that C# or JSON wants.</summary>
public sealed class WantedBody
{
    public required string Text { get; init; }

    public required string? Maybe { get; init; }

    public required int Number { get; init; }

    [JsonRequired]
    public string Wanted { get; set; } = "";

    [JsonRequired, JsonPropertyName("other-name")]
    public int? Renamed { get; set; }

    [JsonIgnore]
    public string Hidden { get; set; } = "";

    public int Length => Text.Length;
}

/// <summary>A constructor and members beside it.</summary>
public sealed record MixedBody(string Text, [property: JsonRequired] int Number = 3)
{
    public required Urgency Urgency { get; init; }

    public string? More { get; init; }
}

/// <summary>A struct.</summary>
public readonly record struct StructBody(string Text, int? Number);

/// <summary>Takes bodies.</summary>
public static class BodyHandlers
{
    /// <summary>Takes a record.</summary>
    [Endpoint("POST", "/bodies/plain", Authorized = false)]
    public static void Plain(PlainBody body) { }

    /// <summary>Takes a class.</summary>
    [Endpoint("POST", "/bodies/set", Authorized = false)]
    public static void Set(SetBody body) { }

    /// <summary>Takes a class that wants values.</summary>
    [Endpoint("POST", "/bodies/wanted", Authorized = false)]
    public static void Wanted(WantedBody body) { }

    /// <summary>Takes a record with more.</summary>
    [Endpoint("POST", "/bodies/mixed", Authorized = false)]
    public static void Mixed(MixedBody body) { }

    /// <summary>Takes a struct.</summary>
    [Endpoint("POST", "/bodies/struct", Authorized = false)]
    public static void Struct(StructBody body) { }
}

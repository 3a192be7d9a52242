namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>Where a request carries values, and how a handler asks for them there.</summary>
/// <param name="Name">Its name in paths.</param>
/// <param name="Attribute">What is before a parameter of a name.</param>
/// <param name="Carry">The request that carries texts by name, to a path.</param>
internal sealed record ValuePlace(string Name, Func<string, string> Attribute, Func<string, IReadOnlyList<(string Name, string[] Texts)>, TwinRequest> Carry)
{
    /// <summary>Whether the values are members of an <c>[AsParameters]</c> record.</summary>
    public bool IsRecord { get; init; }

    /// <summary>Whether it is the path, which has one value only.</summary>
    public bool IsPath { get; init; }

    public static IReadOnlyList<ValuePlace> All { get; } =
    [
        new("inferred", _ => "", Query),
        new("query", _ => "[FromQuery] ", Query),
        new("header", name => $"[FromHeader(Name = \"{name}\")] ", Header),
        new("form", _ => "[FromForm] ", Form),
        new("record", _ => "", Query) { IsRecord = true },
        new("route", _ => "[FromRoute] ", Path) { IsPath = true },
        new("inferred-route", _ => "", Path) { IsPath = true },
    ];

    private static TwinRequest Path(string path, IReadOnlyList<(string Name, string[] Texts)> values) =>
        new("GET", values is [{ Texts: { Length: > 0 } texts }] ? $"{path}/{Uri.EscapeDataString(string.Join(',', texts))}" : path);

    private static TwinRequest Query(string path, IReadOnlyList<(string Name, string[] Texts)> values) =>
        new("GET", Pairs(values) is { Length: > 0 } pairs ? $"{path}?{pairs}" : path);

    private static TwinRequest Form(string path, IReadOnlyList<(string Name, string[] Texts)> values) =>
        new("POST", path) { Body = Pairs(values), ContentType = "application/x-www-form-urlencoded" };

    private static TwinRequest Header(string path, IReadOnlyList<(string Name, string[] Texts)> values) =>
        new("GET", path) { Headers = [.. values.SelectMany(value => value.Texts.Select(text => (value.Name, text)))] };

    private static string Pairs(IReadOnlyList<(string Name, string[] Texts)> values) =>
        string.Join('&', values.SelectMany(value => value.Texts.Select(text => $"{value.Name}={Uri.EscapeDataString(text)}")));
}

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>A handler of values of one type from one place, as source text and as the requests to send to it.</summary>
/// <param name="Place">Where the values are.</param>
/// <param name="Type">Their type.</param>
/// <param name="Values">One value for each way to leave it out.</param>
internal sealed record ValueCase(ValuePlace Place, BoundType Type, IReadOnlyList<Optionality> Values)
{
    /// <summary>Every place and type. A path has one value only, so there it is a case for each optionality.</summary>
    public static IReadOnlyList<ValueCase> All { get; } =
    [
        .. from place in ValuePlace.All
        from type in BoundType.All
        where !place.IsPath || !type.IsList
        from values in place.IsPath ? Optionality.All.Chunk(1) : Optionality.All.Chunk(Optionality.All.Count)
        select new ValueCase(place, type, values),
    ];

    private string Path => $"/{Place.Name}/{Type.Name}" + (Place.IsPath ? $"/{Values[0].Name}" : "");

    /// <summary>Each kind of text for each value while the others are as they should be, and for all values at once.</summary>
    public IEnumerable<(string Name, TwinRequest Request)> Requests =>
        from kind in ValueKind.All
        where kind.Values(Type) is not null
        from target in Values.Count == 1 ? Values : Values.Prepend(null)
        select ($"{Path}: {target?.Name ?? "all"} {kind.Name}", Place.Carry(Path, [.. Values.Select(value => (value.Name, Texts(value, target, kind)))]));

    /// <summary>Texts of the type in a culture, its own and the culture's.</summary>
    public IEnumerable<(string Name, TwinRequest Request)> InCulture(string culture) =>
        from text in new[] { Type.Good, Type.Other, Type.TooMuch ?? Type.Good, Type.Foreign! }.Distinct()
        let request = With(text)
        select ($"{culture} {request.Name}", request.Request with { Headers = [.. request.Request.Headers, (TwinApp.CultureHeader, culture)] });

    /// <summary>A text for the first value.</summary>
    public (string Name, TwinRequest Request) With(string text) => ($"{Path}: {text}", Place.Carry(Path, [(Values[0].Name, [text])]));

    public string Source(int index)
    {
        var method = Place.Name == "form" ? "POST" : "GET";
        var pattern = Place.IsPath ? $"{Path}/{{{Values[0].Name}?}}" : Path;
        var declarations = string.Join(", ", Values.Select(value => Place.Attribute(value.Name) + value.Declare(Type, value.Name)));
        var show = string.Join(" + ", Values.Select(value => $"Show.Of({(Place.IsRecord ? "all." : "")}{value.Name})"));
        return $"""
                [Endpoint("{method}", "{pattern}", Authorized = false)]
                public static string Handler{index}({(Place.IsRecord ? $"[AsParameters] Record{index} all" : declarations)}) => {show};
                {(Place.IsRecord ? $"public sealed record Record{index}({declarations});" : "")}

            """;
    }

    private string[] Texts(Optionality value, Optionality? target, ValueKind kind) =>
        target is null || target == value ? kind.Values(Type)! : value.Name == "needed" ? [Type.Good] : [];
}

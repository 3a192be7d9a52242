namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>What a request may give for one parameter.</summary>
/// <param name="Name">Its name in failures.</param>
/// <param name="Values">The texts of one name; null where the type has no such case.</param>
internal sealed record ValueKind(string Name, Func<BoundType, string[]?> Values)
{
    public static IReadOnlyList<ValueKind> All { get; } =
    [
        new("missing", _ => []),
        new("good", type => [type.Good]),
        new("another", type => [type.Other]),
        new("empty", _ => [""]),
        new("padded", type => [$" {type.Good} "]),
        new("garbage", _ => ["@garbage"]),
        new("repeated", type => [type.Good, type.Other]),
        new("one is empty", type => [type.Good, ""]),
        new("one is garbage", type => ["@garbage", type.Good, "@more"]),
        new("too much", type => type.TooMuch is { } text ? [text] : null),
        new("another culture", type => type.Foreign is { } text ? [text] : null),
    ];
}

namespace Capsule.Generators.Tests.Http.Differential;

/// <summary>What a declaration says about leaving a value out.</summary>
/// <param name="Name">The value's name.</param>
/// <param name="Declare">The declaration of a value of a type.</param>
internal sealed record Optionality(string Name, Func<BoundType, string, string> Declare)
{
    public static IReadOnlyList<Optionality> All { get; } =
    [
        new("needed", (type, name) => $"{type.Code} {name}"),
        new("nullable", (type, name) => $"{type.Code}? {name}"),
        new("otherwise", (type, name) => type.Default is null ? $"{type.Code}? {name} = null" : $"{type.Code} {name} = {type.Default}"),
    ];
}

using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>The texts of a method's XML comment; null and empty where it says nothing.</summary>
internal sealed record DocumentationModel(
    string? Summary, string? Remarks, string? Returns, EquatableArray<ParameterText> Parameters)
{
    public static DocumentationModel Empty { get; } = new(null, null, null, []);
}

internal sealed record ParameterText(string Name, string Text);

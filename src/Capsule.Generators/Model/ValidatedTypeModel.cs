using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>A type that a client supplies and that carries validation attributes, itself or in what it is made of.</summary>
/// <param name="Type">It, as <c>typeof</c> takes it.</param>
/// <param name="Members">Its properties that are checked; those it inherits belong to its base types.</param>
internal sealed record ValidatedTypeModel(string Type, EquatableArray<string> Members);

/// <summary>What is checked of a handler's arguments.</summary>
/// <param name="HasAny">Whether anything is.</param>
/// <param name="Types">The types that are checked.</param>
internal sealed record ValidationModel(bool HasAny, EquatableArray<ValidatedTypeModel> Types)
{
    public static readonly ValidationModel None = new(false, []);
}

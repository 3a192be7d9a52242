using System.Diagnostics.CodeAnalysis;

namespace Capsule.Hosting;

/// <summary>A type that clients supply and that carries validation attributes, itself or in what it is made of.</summary>
public sealed class ValidatedType
{
    internal const DynamicallyAccessedMemberTypes Needed =
        DynamicallyAccessedMemberTypes.PublicProperties | DynamicallyAccessedMemberTypes.PublicConstructors | DynamicallyAccessedMemberTypes.Interfaces;

    /// <summary>Describes a type.</summary>
    /// <param name="type">It.</param>
    /// <param name="members">Its own properties that are checked; inherited ones belong to the base type.</param>
    public ValidatedType([DynamicallyAccessedMembers(Needed)] Type type, IReadOnlyList<string> members)
    {
        Type = type;
        Members = members;
    }

    /// <summary>The type.</summary>
    [DynamicallyAccessedMembers(Needed)]
    public Type Type { get; }

    /// <summary>The names of its own properties that are checked.</summary>
    public IReadOnlyList<string> Members { get; }
}

using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>A type marked <c>[Document]</c>.</summary>
internal sealed record DocumentModel
{
    /// <summary>The type as C#.</summary>
    public required string Type { get; init; }

    /// <summary>The type's own name.</summary>
    public required string TypeName { get; init; }

    /// <summary>The collection's name.</summary>
    public required string Name { get; init; }

    /// <summary>The property that <c>DocumentDatabase</c> gets.</summary>
    public required string PropertyName { get; init; }

    /// <summary>A constant of the enum <c>Scope</c>, as C#.</summary>
    public required string Scope { get; init; }

    /// <summary>The name of <c>Id</c> in the stored JSON.</summary>
    public required string IdField { get; init; }

    /// <summary>Whether other assemblies may use it.</summary>
    public required bool IsPublic { get; init; }

    public required EquatableArray<FieldModel> Fields { get; init; }
}

/// <summary>A property by which documents can be found.</summary>
/// <param name="Name">The property's name.</param>
/// <param name="JsonName">Its name in the stored JSON.</param>
/// <param name="Type">Its type as C#.</param>
internal sealed record FieldModel(string Name, string JsonName, string Type);

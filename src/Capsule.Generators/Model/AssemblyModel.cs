using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>All that the generator knows of an assembly: plain values, so nothing keeps the compilation alive that they were read from.</summary>
internal sealed record AssemblyModel
{
    /// <summary>The assembly's name as an identifier; different names give different identifiers.</summary>
    public required string Identifier { get; init; }

    /// <summary>The types that hold handlers or are documents, in the order of their names.</summary>
    public EquatableArray<TypeModel> Types { get; init; } = [];

    /// <summary>What comments say of the types that requests and responses hold.</summary>
    public required TypeTexts TypeTexts { get; init; }

    /// <summary>The manifests of referenced assemblies, as C# type names.</summary>
    public EquatableArray<string> ReferencedManifests { get; init; } = [];

    /// <summary>What only the generator can report.</summary>
    public EquatableArray<Failure> Failures { get; init; } = [];
}

/// <summary>What the index file says of an assembly.</summary>
internal sealed record IndexModel(string Identifier, EquatableArray<string> Types, EquatableArray<string> ReferencedManifests, bool HasTypeTexts)
{
    public static IndexModel? Of(AssemblyModel assembly) =>
        assembly.Types.IsEmpty && assembly.ReferencedManifests.IsEmpty
            ? null
            : new(assembly.Identifier, assembly.Types.Select(type => type.Identifier).ToEquatableArray(), assembly.ReferencedManifests, !assembly.TypeTexts.IsEmpty);
}

/// <summary>A type that holds handlers or is a document: one generated file.</summary>
internal sealed record TypeModel
{
    /// <summary>The identifier of its assembly.</summary>
    public required string Assembly { get; init; }

    /// <summary>Its name, with namespace and containing types, as an identifier of its own in the assembly.</summary>
    public required string Identifier { get; init; }

    /// <summary>The generated file's name, of its own also where case does not count.</summary>
    public required string HintName { get; init; }

    public EquatableArray<HandlerModel> Handlers { get; init; } = [];

    public DocumentModel? Document { get; init; }
}

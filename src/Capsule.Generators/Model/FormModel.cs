using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>An object, collection or dictionary made of many values of a form.</summary>
internal sealed record FormObjectParameter : ParameterModel
{
    public required string Name { get; init; }

    /// <summary>How logs write the type.</summary>
    public required string DisplayType { get; init; }

    /// <summary>Whether null is a value.</summary>
    public required bool IsOptional { get; init; }

    /// <summary>The types it is made of, the parameter's own first. They name each other by position.</summary>
    public required EquatableArray<FormTypeModel> Types { get; init; }
}

/// <summary>A type that a part of a form becomes.</summary>
/// <param name="Kind">How.</param>
/// <param name="Type">It, without nullability.</param>
internal sealed record FormTypeModel(FormTypeKind Kind, string Type)
{
    /// <summary>Which type it consists of: inside a nullable, elements of a collection, values of a dictionary.</summary>
    public int Inner { get; init; }

    /// <summary>The type of a dictionary's keys.</summary>
    public string? Key { get; init; }

    /// <summary>A collection made of <c>all</c> elements or entries, as C#; null for one that is made empty and filled.</summary>
    public string? Made { get; init; }

    /// <summary>Whether it can contain itself.</summary>
    public bool IsRecursive { get; init; }

    /// <summary>The parameters of its constructor.</summary>
    public EquatableArray<FormMemberModel> Arguments { get; init; } = [];

    /// <summary>Its other properties.</summary>
    public EquatableArray<FormMemberModel> Properties { get; init; } = [];
}

internal enum FormTypeKind
{
    Parsable,
    Enum,
    Uri,
    File,
    FileList,
    Files,
    Nullable,

    /// <summary>A nullable of more than one text, which stays null.</summary>
    Nothing,
    Collection,
    Dictionary,
    Object,
}

/// <summary>A part of an object.</summary>
/// <param name="Name">Its name in the form.</param>
/// <param name="Property">The property; of an argument, the parameter.</param>
/// <param name="Type">Which type it has.</param>
/// <param name="IsInitOnly">Whether it is set while the object is made, and not after.</param>
/// <param name="IsRequired">Whether there is no object without.</param>
internal sealed record FormMemberModel(string Name, string Property, int Type, bool IsInitOnly = false, bool IsRequired = false);

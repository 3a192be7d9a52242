using Capsule.Generators.Infrastructure;

namespace Capsule.Generators.Model;

/// <summary>The texts of a handler's XML comment, as Markdown; null and empty where it says nothing.</summary>
internal sealed record DocumentationModel
{
    public static DocumentationModel Empty { get; } = new();

    /// <summary>One line.</summary>
    public string? Summary { get; init; }

    public string? Remarks { get; init; }

    public string? Returns { get; init; }

    public string? Example { get; init; }

    /// <summary>The summary of the class around it.</summary>
    public string? Group { get; init; }

    /// <summary>By the parameters' names in the code; a member of an object that stands for several is <c>parameter.Member</c>.</summary>
    public EquatableArray<MemberText> Parameters { get; init; } = [];

    public EquatableArray<ResponseText> Responses { get; init; } = [];
}

/// <summary>What a comment says of a parameter, property or constant.</summary>
internal sealed record MemberText(string Name, string? Text, string? Example);

/// <summary>What a comment says of a response.</summary>
internal sealed record ResponseText(string Status, string Text);

/// <summary>What comments say of a type that requests or responses hold.</summary>
/// <param name="Name">Its full name at run time, without type arguments.</param>
/// <param name="Text">About itself.</param>
/// <param name="Example">One of it.</param>
/// <param name="Members">About its properties or, of an enum, its constants.</param>
internal sealed record TypeText(string Name, string? Text, string? Example, EquatableArray<MemberText> Members);

/// <summary>A type of a referenced assembly, whose comments are in a file beside it.</summary>
/// <param name="Name">Its full name at run time, without type arguments.</param>
/// <param name="Assembly">The assembly's name.</param>
/// <param name="DocumentationId">How the file calls it.</param>
/// <param name="Members">How the file calls its members, by their names.</param>
internal sealed record ReferencedType(string Name, string Assembly, string DocumentationId, EquatableArray<ReferencedMember> Members);

/// <summary>A member of a type of a referenced assembly.</summary>
internal sealed record ReferencedMember(string Name, string DocumentationId);

/// <summary>The types that requests and responses hold.</summary>
/// <param name="Assembly">The identifier of the assembly whose handlers take or return them.</param>
/// <param name="Declared">Those of the assembly that have comments.</param>
/// <param name="Referenced">Those of references.</param>
internal sealed record TypeTexts(string Assembly, EquatableArray<TypeText> Declared, EquatableArray<ReferencedType> Referenced)
{
    public bool IsEmpty => Declared.IsEmpty && Referenced.IsEmpty;
}

/// <summary>The texts of all types that were asked for, wherever they are declared.</summary>
internal sealed record ResolvedTexts(string Assembly, EquatableArray<TypeText> Types);

namespace Capsule.Hosting;

/// <summary>The texts of a handler's XML comment, as Markdown and as metadata of its endpoint; the OpenAPI document shows them.</summary>
public sealed class HandlerDocumentation
{
    /// <summary>What it does, in a sentence; null where the comment says nothing.</summary>
    public string? Summary { get; init; }

    /// <summary>More about it (<c>remarks</c>); null where the comment says nothing.</summary>
    public string? Description { get; init; }

    /// <summary>What it returns; null where the comment says nothing.</summary>
    public string? Returns { get; init; }

    /// <summary>How it is used (<c>example</c>); null where the comment says nothing.</summary>
    public string? Example { get; init; }

    /// <summary>What the handlers of its class have in common (the class's summary); null where no comment says it.</summary>
    public string? Group { get; init; }

    /// <summary>
    /// What the method's parameters mean, by their names in the code. A member of an <c>[AsParameters]</c> object is called <c>parameter.Member</c>.
    /// </summary>
    public IReadOnlyList<MemberDocumentation> Parameters { get; init; } = [];

    /// <summary>What responses mean.</summary>
    public IReadOnlyList<ResponseDocumentation> Responses { get; init; } = [];
}

/// <summary>What a comment says of a parameter, property or constant.</summary>
/// <param name="Name">Its name in the code.</param>
/// <param name="Text">What it means; null where the comment says nothing.</param>
/// <param name="Example">A value of it; null where the comment gives none.</param>
public sealed record MemberDocumentation(string Name, string? Text, string? Example = null);

/// <summary>What a comment says of a response.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Text">What it means.</param>
public sealed record ResponseDocumentation(string Status, string Text);

/// <summary>What comments say of a type that requests or responses hold.</summary>
/// <param name="Type">Its full name, without type arguments.</param>
/// <param name="Text">What it is; null where no comment says it.</param>
/// <param name="Example">One of it; null where the comment gives none.</param>
/// <param name="Members">Its properties or, of an enum, its constants.</param>
public sealed record TypeDocumentation(string Type, string? Text, string? Example, IReadOnlyList<MemberDocumentation> Members);

namespace Capsule.Hosting;

/// <summary>The texts of a handler's XML comment, as metadata of its endpoint; the OpenAPI document shows them.</summary>
public sealed class HandlerDocumentation
{
    /// <summary>What it does, in a sentence; null where the comment says nothing.</summary>
    public string? Summary { get; init; }

    /// <summary>More about it (<c>remarks</c>); null where the comment says nothing.</summary>
    public string? Description { get; init; }

    /// <summary>What it returns; null where the comment says nothing.</summary>
    public string? Returns { get; init; }

    /// <summary>What the method's parameters mean, by their names in the code.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; init; } = new Dictionary<string, string>();
}

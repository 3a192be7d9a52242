using System.Text.Json.Nodes;

namespace Capsule;

/// <summary>
/// A structured piece of a conversation: a card, an image, a prompt. Prefer the <c>Show…</c> and <c>Prompt…</c> methods of <see cref="Session"/>;
/// make a block yourself for a type of your own.
/// </summary>
public sealed record Block
{
    /// <summary>Makes a block.</summary>
    /// <param name="type">What it is: <c>task_card</c>, <c>image</c>, …, or a type of your own.</param>
    /// <param name="payload">What the client draws it from.</param>
    /// <param name="id">The id of a block that this one replaces in place; a new id when null.</param>
    public Block(string type, JsonObject payload, string? id = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentNullException.ThrowIfNull(payload);
        Type = type;
        Payload = payload;
        Id = string.IsNullOrEmpty(id) ? Ids.New("blk_", 6) : id;
    }

    /// <summary>The block's id: <c>blk_</c> and 12 hexadecimal digits unless given. Showing a block of the same id again replaces it in place.</summary>
    public string Id { get; }

    /// <summary>What the block is.</summary>
    public string Type { get; }

    /// <summary>What the client draws it from.</summary>
    public JsonObject Payload { get; }
}

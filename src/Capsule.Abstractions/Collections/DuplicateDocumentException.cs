namespace Capsule;

/// <summary>A document could not be inserted because its id is taken.</summary>
/// <param name="collection">The collection's name.</param>
/// <param name="id">The id that is taken.</param>
public sealed class DuplicateDocumentException(string collection, string id)
    : Exception($"Collection '{collection}' has a document '{id}' already.")
{
    /// <summary>The id that is taken.</summary>
    public string Id { get; } = id;
}

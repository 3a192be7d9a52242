namespace Capsule.Hosting;

/// <summary>A type marked <c>[Document]</c>.</summary>
public abstract class DocumentType
{
    /// <summary>The collection's name.</summary>
    public required string Name { get; init; }

    /// <summary>Who shares the documents.</summary>
    public required Scope Scope { get; init; }

    /// <summary>The .NET type of the documents.</summary>
    public abstract Type ClrType { get; }
}

/// <summary>A type marked <c>[Document]</c>.</summary>
/// <typeparam name="T">The type.</typeparam>
public sealed class DocumentType<T> : DocumentType
    where T : class
{
    /// <inheritdoc />
    public override Type ClrType => typeof(T);

    /// <summary>The name of the <c>Id</c> property in the stored JSON.</summary>
    public required string IdField { get; init; }

    /// <summary>Reads a document's id.</summary>
    public required Func<T, string?> GetId { get; init; }
}

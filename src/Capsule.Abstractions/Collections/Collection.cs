namespace Capsule;

/// <summary>
/// The documents of one type that the current user (or session, by the document's <see cref="Scope"/>) may see. Every call is limited to
/// that scope, whatever its filter says.
/// </summary>
/// <remarks>Each document type adds overloads whose filters, sorts and changes are lambdas over its own fields.</remarks>
/// <typeparam name="T">A type marked with <see cref="DocumentAttribute"/>.</typeparam>
public abstract class Collection<T>
    where T : class
{
    /// <summary>Stores a document and returns it with its id, which is made when the document brings none.</summary>
    /// <exception cref="DuplicateDocumentException">There is a document of that id already.</exception>
    public abstract Task<T> InsertAsync(T document, CancellationToken cancellationToken = default);

    /// <summary>Stores several documents, all or none, and returns them with their ids.</summary>
    /// <exception cref="DuplicateDocumentException">There is a document of one of these ids already.</exception>
    public abstract Task<IReadOnlyList<T>> InsertManyAsync(IEnumerable<T> documents, CancellationToken cancellationToken = default);

    /// <summary>The document of an id; null when there is none in this scope.</summary>
    public abstract Task<T?> GetAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>The first document that matches; null when none does.</summary>
    public abstract Task<T?> FindOneAsync(Filter? filter = null, Sort? sort = null, CancellationToken cancellationToken = default);

    /// <summary>The documents that match.</summary>
    /// <param name="filter">Null for all.</param>
    /// <param name="limit">At most so many; null for no limit.</param>
    /// <param name="skip">Leaves out so many of the first.</param>
    /// <param name="sort">The order; that of insertion by default, which also decides between equals.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public abstract Task<IReadOnlyList<T>> FindAsync(
        Filter? filter = null, int? limit = null, int skip = 0, Sort? sort = null, CancellationToken cancellationToken = default);

    /// <summary>Changes the document of an id. False when there is none in this scope.</summary>
    public abstract Task<bool> UpdateAsync(string id, Changes changes, CancellationToken cancellationToken = default);

    /// <summary>Changes the documents that match and returns how many there were.</summary>
    public abstract Task<int> UpdateAsync(Filter filter, Changes changes, CancellationToken cancellationToken = default);

    /// <summary>Deletes the document of an id. False when there was none in this scope.</summary>
    public abstract Task<bool> DeleteAsync(string id, CancellationToken cancellationToken = default);

    /// <summary>Deletes the documents that match and returns how many there were.</summary>
    public abstract Task<int> DeleteAsync(Filter filter, CancellationToken cancellationToken = default);

    /// <summary>The number of documents that match.</summary>
    public abstract Task<int> CountAsync(Filter? filter = null, CancellationToken cancellationToken = default);
}

namespace Capsule;

/// <summary>
/// The app's collections as one user or session sees them. Each <c>[Document]</c> type adds a property: its name in PascalCase.
/// </summary>
public abstract class DocumentDatabase
{
    /// <summary>The collection of a document type.</summary>
    /// <typeparam name="T">A type marked with <see cref="DocumentAttribute"/>.</typeparam>
    /// <exception cref="InvalidOperationException">
    /// <typeparamref name="T"/> is not a document type of this app, or its scope needs a session where there is none.
    /// </exception>
    public abstract Collection<T> GetCollection<T>()
        where T : class;
}

namespace Capsule;

/// <summary>The sessions of all users, for the app's own administration. A service: take it in an <c>[Endpoint]</c> that checks who calls.</summary>
public interface ISessionAdministration
{
    /// <summary>
    /// Deletes a session and everything that belongs to it: what was said, its data, its tasks, its session-scoped documents, and the files that no other
    /// session has. One that is open is closed first: its turns are cancelled and its <c>[Exit]</c> handlers run.
    /// </summary>
    /// <param name="sessionId">The session's id.</param>
    /// <param name="cancellationToken">Cancels the wait; a deletion that has begun is finished.</param>
    /// <returns>False when there is no such session.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled, or the server stops: the session is closed, and there.</exception>
    Task<bool> DeleteAsync(string sessionId, CancellationToken cancellationToken = default);
}

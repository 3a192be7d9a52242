namespace Capsule.Hosting;

/// <summary>Gives sessions to what runs outside of a turn.</summary>
internal interface ISessionProvider
{
    /// <summary>
    /// A session for a task that was submitted from it; it can reply, and its data is saved when the lease is completed. Null when the session is gone.
    /// </summary>
    Task<SessionLease?> OpenAsync(string sessionId, CancellationToken cancellationToken);

    /// <summary>A session of a user that nobody reads, for schedules and unbound tasks: nothing can be sent to it.</summary>
    Session CreateSynthetic(UserInfo user, CancellationToken cancellationToken);

    /// <summary>A session for a data handler, which may read it but not reply; null when it does not exist or belongs to somebody else.</summary>
    Task<Session?> OpenForRequestAsync(string sessionId, UserInfo user, CancellationToken cancellationToken);
}

/// <summary>A session while something other than a turn uses it.</summary>
/// <param name="session">The session.</param>
/// <param name="complete">Saves what is left to save.</param>
internal sealed class SessionLease(Session session, Func<Task> complete) : IAsyncDisposable
{
    public Session Session { get; } = session;

    public async ValueTask DisposeAsync() => await complete();
}

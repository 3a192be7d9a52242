using Capsule.Hosting.Sessions;

namespace Capsule.Hosting;

/// <summary>Makes the collections visible to somebody.</summary>
internal interface IDocumentDatabases
{
    /// <summary>The collections as a user sees them, in a session when its id is given.</summary>
    /// <param name="user">The user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="effects">Where a turn that runs again after a crash records what it does; null for others.</param>
    DocumentDatabase For(UserInfo user, string? sessionId, EffectLog? effects = null);

    /// <summary>Deletes the documents that belong to a session.</summary>
    Task DeleteSessionAsync(string sessionId);

    /// <summary>Forgets what a turn that has ended has written.</summary>
    Task ForgetEffectsAsync(string turnId);

    /// <summary>Forgets what all turns but those that go on have written. Only for the start, before anything runs.</summary>
    Task KeepEffectsAsync(IReadOnlyCollection<string> turnIds);
}

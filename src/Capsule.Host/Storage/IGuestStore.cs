namespace Capsule.Hosting.Storage;

/// <summary>Knows which guests have turned out to be users.</summary>
internal interface IGuestStore
{
    /// <summary>Whether a guest has signed in: its id names nobody any more.</summary>
    bool IsRetired(string guestId);

    /// <summary>
    /// Gives all that a guest has (sessions with the turns that wait, tasks, files, connected integrations) to a user and retires the guest's id, together. What
    /// calls and turns that are under way still make for the guest is the user's from then on. Does nothing for a guest that is retired already.
    /// </summary>
    /// <param name="guestId">The guest.</param>
    /// <param name="user">The user.</param>
    /// <param name="reseal">Encrypts a connection of the guest's for the user; null for one that can't be read any more.</param>
    /// <param name="cancellationToken">Cancels a write that has not begun.</param>
    Task RetireAsync(string guestId, UserInfo user, Func<IntegrationRecord, IntegrationRecord?> reseal, CancellationToken cancellationToken);
}

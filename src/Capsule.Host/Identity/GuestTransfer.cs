using Capsule.Hosting.Storage;

namespace Capsule.Hosting;

/// <summary>
/// Gives what a guest has to the user that the guest turns out to be. Stopped half-way, it can be done again: the guest keeps its cookie until all of
/// it has moved.
/// </summary>
internal sealed class GuestTransfer(ISessionStore sessions, ITaskStore tasks, IFileStore files)
{
    public async Task MoveAsync(string guestId, UserInfo user, CancellationToken cancellationToken)
    {
        await files.ReassignAsync(guestId, user.Id, cancellationToken);
        await tasks.ReassignAsync(guestId, user, cancellationToken);
        await sessions.ReassignAsync(guestId, user, cancellationToken);
    }
}

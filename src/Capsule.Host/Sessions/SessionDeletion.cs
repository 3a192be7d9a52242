using Microsoft.Extensions.Logging;

namespace Capsule.Hosting.Sessions;

/// <inheritdoc cref="ISessionAdministration" />
internal sealed class SessionDeletion(
    SessionResources resources, TurnRunner runner, SessionHub hub, ILogger<SessionDeletion> logger) : ISessionAdministration
{
    /// <summary>How much is deleted at once: others who write wait for no more than this.</summary>
    private const int PartSize = 500;

    public async Task<bool> DeleteAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        if (await resources.Store.FindAsync(sessionId, cancellationToken) is not { } session)
            return false;
        await runner.CloseAsync(sessionId, cancellationToken);
        await runner.IdleAsync(sessionId).WaitAsync(cancellationToken);
        // From here on nobody sees it, and the next start finishes what this process does not.
        if (!await resources.Store.MarkDeletedAsync(sessionId, CancellationToken.None))
            return false;
        hub.End(sessionId);
        // What they still write for the session must be there to be deleted.
        await resources.Tasks.StopAsync(session.User, sessionId);
        await FinishAsync(sessionId);
        return true;
    }

    /// <summary>Finishes what an earlier process has begun, or what the storage has cut off.</summary>
    public async Task FinishAllAsync(CancellationToken cancellationToken)
    {
        foreach (var sessionId in await resources.Store.ListMarkedAsync(cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            await FinishAsync(sessionId);
            logger.DeletionFinished(sessionId);
        }
    }

    private async Task FinishAsync(string sessionId)
    {
        // Documents first: without what is stored of the session nobody would find them again.
        await resources.Databases.DeleteSessionAsync(sessionId);
        while (true)
        {
            var part = await resources.Store.DeletePartAsync(sessionId, PartSize, CancellationToken.None);
            foreach (var file in part.Files)
                resources.Files.DeleteContent(file);
            if (part.IsLast)
                return;
        }
    }
}

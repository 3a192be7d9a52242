namespace Capsule.Hosting.Sessions;

/// <inheritdoc cref="ISessionAdministration" />
internal sealed class SessionDeletion(SessionResources resources, TurnRunner runner) : ISessionAdministration
{
    public async Task<bool> DeleteAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sessionId);
        if (await resources.Store.FindAsync(sessionId, cancellationToken) is null)
            return false;
        await runner.CloseAsync(sessionId, cancellationToken);
        await runner.IdleAsync(sessionId).WaitAsync(cancellationToken);
        // Documents first: without its session nobody would find them again.
        await resources.Databases.DeleteSessionAsync(sessionId);
        if (await resources.Store.DeleteAsync(sessionId, CancellationToken.None) is not { } files)
            return false;
        foreach (var file in files)
            resources.Files.DeleteContent(file);
        return true;
    }
}

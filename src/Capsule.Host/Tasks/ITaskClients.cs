using Capsule.Hosting.Sessions;

namespace Capsule.Hosting;

/// <summary>Makes task clients.</summary>
internal interface ITaskClients
{
    /// <summary>A client that submits on behalf of a user and, when an id is given, binds tasks to that session.</summary>
    /// <param name="user">The user.</param>
    /// <param name="sessionId">The session.</param>
    /// <param name="effects">Where a turn that runs again after a crash records what it does; null for others.</param>
    /// <param name="stopped">Ends what is waited for with the client.</param>
    TaskClient For(UserInfo user, string? sessionId, EffectLog? effects = null, CancellationToken stopped = default);

    /// <summary>Cancels the tasks of a user's session, and waits for those that run.</summary>
    Task StopAsync(UserInfo user, string sessionId);
}

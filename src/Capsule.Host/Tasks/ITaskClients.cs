namespace Capsule.Hosting;

/// <summary>Makes task clients.</summary>
internal interface ITaskClients
{
    /// <summary>A client that submits on behalf of a user and, when an id is given, binds tasks to that session.</summary>
    TaskClient For(UserInfo user, string? sessionId);
}

using Microsoft.Extensions.Logging;

namespace Capsule.Hosting.Sessions;

/// <summary>What is told of sessions in the ordinary run of things.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Turn {TurnId} of session {SessionId} runs again after the end of the server.")]
    public static partial void TurnResumed(this ILogger logger, string turnId, string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Turn {TurnId} of session {SessionId} goes on after the next start.")]
    public static partial void TurnSuspended(this ILogger logger, string turnId, string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "Session {SessionId} was closed long enough ago and is deleted.")]
    public static partial void SessionDeleted(this ILogger logger, string sessionId);

    [LoggerMessage(Level = LogLevel.Information, Message = "The deletion of session {SessionId}, which had been cut off, is finished.")]
    public static partial void DeletionFinished(this ILogger logger, string sessionId);
}

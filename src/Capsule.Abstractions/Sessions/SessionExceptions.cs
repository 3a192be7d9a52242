namespace Capsule;

/// <summary>A prompt was not answered in time. Its card says so.</summary>
public class PromptTimeoutException(string message) : TimeoutException(message);

/// <summary>No file came in time for <see cref="Session.PromptFileAsync"/>.</summary>
public sealed class FileUploadTimeoutException(string message) : PromptTimeoutException(message);

/// <summary>The user has not connected an integration in time, for <see cref="Session.PromptIntegrationAsync"/>.</summary>
public sealed class IntegrationTimeoutException(string message) : PromptTimeoutException(message);

/// <summary>The user declined to answer a prompt.</summary>
public class PromptDeclinedException(string message) : Exception(message);

/// <summary>The user declined to send a file for <see cref="Session.PromptFileAsync"/>.</summary>
public sealed class FileUploadDeclinedException(string message) : PromptDeclinedException(message);

/// <summary>The user declined to connect an integration for <see cref="Session.PromptIntegrationAsync"/>.</summary>
public sealed class IntegrationDeclinedException(string message) : PromptDeclinedException(message);

/// <summary>Something was to be sent to a session that nobody reads: one whose <see cref="Session.CanReply"/> is false.</summary>
public sealed class NoReplyTargetException()
    : InvalidOperationException("This session has nobody to reply to. Check Session.CanReply, or do the work in a task that was submitted from a chat.");

namespace Capsule;

/// <summary>Runs a method once when the app starts, before it accepts requests. An exception stops the start.</summary>
/// <remarks>The method may take services and a <see cref="CancellationToken"/>.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class BootAttribute : Attribute;

/// <summary>Runs a method once when the app stops, after the last turn and task have ended or their time is up.</summary>
/// <remarks>The method may take services and a <see cref="CancellationToken"/>.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ShutdownAttribute : Attribute;

/// <summary>Runs a method once for each session, before its first turn; not again after a restart.</summary>
/// <remarks>The method may take <see cref="Session"/>, services and a <see cref="CancellationToken"/>.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EnterAttribute : Attribute;

/// <summary>Runs a method when a session is closed; again after the next start when the server ended before the method did.</summary>
/// <remarks>The method may take <see cref="Session"/>, services and a <see cref="CancellationToken"/>. An exception is logged and changes nothing.</remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ExitAttribute : Attribute;

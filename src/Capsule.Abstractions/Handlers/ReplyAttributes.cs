namespace Capsule;

/// <summary>
/// Tells the analyzers that a method may reply to a session, where they cannot look inside (a method of another assembly, an interface).
/// </summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class MayReplyAttribute : Attribute;

/// <summary>Tells the analyzers that a method never replies to a session, although it looks as if it could.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class DoesNotReplyAttribute : Attribute;

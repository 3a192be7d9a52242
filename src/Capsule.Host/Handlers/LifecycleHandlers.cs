namespace Capsule.Hosting;

/// <summary>A <c>[Boot]</c> or <c>[Shutdown]</c> method.</summary>
public sealed class AppEventHandler
{
    /// <summary>Where it is, for logs: <c>Namespace.Type.Method</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When it runs.</summary>
    public required AppEvent Event { get; init; }

    /// <summary>Calls it in the scope given.</summary>
    public required Func<Invocation, Task> InvokeAsync { get; init; }
}

/// <summary>A moment in the life of an app.</summary>
public enum AppEvent
{
    /// <summary>The app starts.</summary>
    Boot,

    /// <summary>The app stops.</summary>
    Shutdown,
}

/// <summary>An <c>[Enter]</c> or <c>[Exit]</c> method.</summary>
public sealed class SessionEventHandler
{
    /// <summary>Where it is, for logs: <c>Namespace.Type.Method</c>.</summary>
    public required string Id { get; init; }

    /// <summary>When it runs.</summary>
    public required SessionMoment Moment { get; init; }

    /// <summary>Calls it in the scope given.</summary>
    public required Func<Invocation, Session, Task> InvokeAsync { get; init; }
}

/// <summary>A moment in the life of a session.</summary>
public enum SessionMoment
{
    /// <summary>Before its first turn.</summary>
    Enter,

    /// <summary>When it is closed.</summary>
    Exit,
}

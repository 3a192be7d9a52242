namespace Capsule.Hosting;

/// <summary>A <c>[Task]</c> method.</summary>
public sealed class TaskHandler
{
    /// <summary>Where it is, for logs: <c>Namespace.Type.Method</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The task's name.</summary>
    public required string Name { get; init; }

    /// <summary>How many times a failed run is tried again.</summary>
    public int Retries { get; init; }

    /// <summary>How many seconds one run may take; 0 for no limit.</summary>
    public double TimeoutSeconds { get; init; }

    /// <summary>The key that at most one run holds at a time, with <c>{argument}</c> places; null for none.</summary>
    public string? Lock { get; init; }

    /// <summary>Whether an exception is worth another try.</summary>
    public Func<Exception, bool> IsRetryable { get; init; } = static _ => true;

    /// <summary>How the wait between tries grows.</summary>
    public Backoff Backoff { get; init; }

    /// <summary>The types of its arguments and of its result, which are stored as JSON.</summary>
    public IReadOnlyList<Type> JsonTypes { get; init; } = [];

    /// <summary>Calls it in the scope given and returns its result as JSON; null for none.</summary>
    public required Func<Invocation, TaskCall, Task<string?>> InvokeAsync { get; init; }

    /// <summary>The type, of which <c>typeof</c> takes no <c>?</c>. Named by generated code.</summary>
    public static Type TypeOf<T>() => typeof(T);
}

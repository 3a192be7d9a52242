namespace Capsule;

/// <summary>
/// Makes a method durable background work: a submission is stored before it is acknowledged, survives a restart, and runs at least once.
/// </summary>
/// <remarks>
/// <para>Submit it through the generated property of <see cref="TaskClient"/> (<c>session.Tasks.SyncThreads.SubmitAsync(…)</c>).</para>
/// <para>
/// The method may take <c>Session?</c> (null when submitted without one), JSON-serialisable arguments, <see cref="TaskProgress"/>,
/// <see cref="TaskClient"/>, <see cref="Collection{T}"/>, services and a <see cref="CancellationToken"/>, and may return a result.
/// Its name is the method's name without an ending <c>Async</c>.
/// </para>
/// <para>
/// A parameter whose type is an interface (collections aside), an abstract class or a delegate comes from the services; one of any other type is an
/// argument of the submission, unless it is marked <c>[FromServices]</c>.
/// </para>
/// </remarks>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class TaskAttribute : Attribute
{
    /// <summary>How many times a failed run is tried again; 0 by default.</summary>
    public int Retries { get; set; }

    /// <summary>How many seconds one run may take before it ends in <see cref="TaskState.Timeout"/>; 0, the default, for no limit.</summary>
    public double TimeoutSeconds { get; set; }

    /// <summary>
    /// A key that at most one run holds at a time; others wait. <c>{name}</c> stands for the argument of that name: <c>mailbox:{mailbox}</c>.
    /// </summary>
    public string? Lock { get; set; }

    /// <summary>The exception types, subclasses included, that are worth another try; every type when empty.</summary>
    public Type[] RetryFor { get; set; } = [];

    /// <summary>How the wait between tries grows; <see cref="Backoff.Exponential"/> by default.</summary>
    public Backoff Backoff { get; set; }
}

/// <summary>How the wait between the tries of a task grows.</summary>
public enum Backoff
{
    /// <summary>1, 2, 4, 8 … seconds, at most an hour, varied by a random fifth so that failures do not come back in step.</summary>
    Exponential,

    /// <summary>10 seconds each time.</summary>
    Fixed,
}

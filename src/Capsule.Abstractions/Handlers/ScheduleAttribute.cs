namespace Capsule;

/// <summary>Runs a method at the times of a cron expression.</summary>
/// <remarks>
/// <para>
/// Five fields: minute, hour, day of month, month, day of week. A planned time fires once, however many servers run;
/// a run that is still going when the next is due makes that one be skipped.
/// </para>
/// <para>
/// The method may take <see cref="ScheduleRun"/>, <see cref="TaskClient"/>, <see cref="Session"/> (synthetic: it has an identity and nobody to reply to),
/// <see cref="Collection{T}"/>, services and a <see cref="CancellationToken"/>.
/// </para>
/// </remarks>
/// <param name="cron">The cron expression, for example <c>0 * * * *</c> for every full hour.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class ScheduleAttribute(string cron) : Attribute
{
    /// <summary>The cron expression.</summary>
    public string Cron { get; } = cron;

    /// <summary>The IANA time zone in which the expression is read; <c>UTC</c> by default.</summary>
    public string TimeZone { get; set; } = "UTC";

    /// <summary>The schedule's name; the method's name (without an ending <c>Async</c>) by default.</summary>
    public string? Name { get; set; }

    /// <summary>What happens to planned times that passed while no server was running.</summary>
    public Missed Missed { get; set; }
}

/// <summary>What a schedule does about planned times that passed while no server was running.</summary>
public enum Missed
{
    /// <summary>Runs once, for the latest of them.</summary>
    RunOnce,

    /// <summary>Leaves them out.</summary>
    Skip,

    /// <summary>Runs each of them, oldest first.</summary>
    RunAll,
}

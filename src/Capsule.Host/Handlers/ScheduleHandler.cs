namespace Capsule.Hosting;

/// <summary>A <c>[Schedule]</c> method.</summary>
public sealed class ScheduleHandler
{
    /// <summary>Where it is, for logs: <c>Namespace.Type.Method</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The schedule's name.</summary>
    public required string Name { get; init; }

    /// <summary>The cron expression.</summary>
    public required string Cron { get; init; }

    /// <summary>The IANA time zone in which <see cref="Cron"/> is read.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What happens to planned times that passed while no server was running.</summary>
    public required Missed Missed { get; init; }

    /// <summary>Calls it in the scope given; the session is synthetic.</summary>
    public required Func<Invocation, Session, ScheduleRun, Task> InvokeAsync { get; init; }
}

namespace Capsule.Hosting;

/// <summary>A schedule with its expression and zone read.</summary>
internal sealed class ScheduleDefinition
{
    private readonly CronExpression cron;
    private readonly TimeZoneInfo zone;

    /// <exception cref="InvalidOperationException">The expression or the zone is not valid.</exception>
    public ScheduleDefinition(ScheduleHandler handler)
    {
        Handler = handler;
        cron = CronExpression.TryParse(handler.Cron, out var error)
            ?? throw new InvalidOperationException($"The schedule '{handler.Name}' ({handler.Id}) has an invalid cron expression '{handler.Cron}'. {error}");
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(handler.TimeZone, out var found))
            throw new InvalidOperationException($"The schedule '{handler.Name}' ({handler.Id}) names a time zone that is not known here: '{handler.TimeZone}'.");
        zone = found;
    }

    /// <summary>The method; another one after the running app was edited.</summary>
    public ScheduleHandler Handler { get; set; }

    public string Name => Handler.Name;

    /// <summary>What planned times depend on: when it changes, those of before mean nothing.</summary>
    public string Text => $"{Handler.Cron} {Handler.TimeZone}";

    /// <summary>Whether planned times mean the same.</summary>
    public bool IsPlannedAs(ScheduleDefinition other) => Text == other.Text && Handler.Missed == other.Handler.Missed;

    /// <summary>The first planned time after another; null when there is none.</summary>
    public DateTimeOffset? Next(DateTimeOffset after) => cron.Next(after, zone);

    /// <summary>The planned times after one instant up to another, as far as the schedule makes up for those it missed.</summary>
    public IReadOnlyList<DateTimeOffset> Missed(DateTimeOffset after, DateTimeOffset until)
    {
        var missed = new List<DateTimeOffset>();
        if (Handler.Missed == Capsule.Missed.Skip)
            return missed;
        for (var time = Next(after); time <= until; time = Next(time.Value))
        {
            if (Handler.Missed == Capsule.Missed.RunOnce)
                missed.Clear();
            missed.Add(time.Value);
        }
        return missed;
    }
}

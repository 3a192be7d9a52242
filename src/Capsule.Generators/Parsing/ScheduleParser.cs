using Capsule.Generators.Model;
using Capsule.Hosting;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Parsing;

/// <summary>Reads a <c>[Schedule]</c>'s settings, with the host's own parser of cron expressions.</summary>
internal sealed class ScheduleParser(NameRegistry names, ProblemList problems, CancellationToken cancellation)
{
    public ScheduleHandlerModel? Parse(IMethodSymbol method, MethodModel model, HandlerMark mark)
    {
        if (CronOf(mark) is not { } cron)
            return null;
        var name = mark.Attribute.ArgumentOr("Name", (string?)null) ?? method.NameWithoutAsync();
        if (!names.Take("schedule", name, method))
            return null;
        return new ScheduleHandlerModel
        {
            Method = model,
            Name = name,
            Cron = cron,
            TimeZone = mark.Attribute.ArgumentOr("TimeZone", "UTC"),
            Missed = mark.EnumOr("Missed", "global::Capsule.Missed.RunOnce"),
        };
    }

    private string? CronOf(HandlerMark mark)
    {
        if (mark.IsUnreadable(0))
            return null;
        var cron = mark.Text(0);
        CronError? error = null;
        if (cron is not null && CronExpression.TryParse(cron, out error) is not null)
            return cron;
        problems.Add(
            Rules.InvalidCron,
            mark.Attribute.Locate("cron", error?.Position ?? 0, error?.Length ?? 0, cancellation),
            cron ?? "null",
            error?.Message ?? "Five fields are needed: minute, hour, day of month, month, day of week.");
        return null;
    }
}

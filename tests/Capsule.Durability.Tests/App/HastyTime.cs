using System.Globalization;

namespace Capsule.Durability.Tests.App;

/// <summary>A clock whose timers come early, for a server that has to wait often before it tries again.</summary>
internal sealed class HastyTime(double factor) : TimeProvider
{
    /// <summary>The environment variable that says how many times as fast timers run.</summary>
    public const string Variable = "CAPSULE_TIMERS";

    public static TimeProvider FromEnvironment() =>
        Environment.GetEnvironmentVariable(Variable) is { } factor ? new HastyTime(double.Parse(factor, CultureInfo.InvariantCulture)) : System;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Hasten(dueTime), Hasten(period));

    private TimeSpan Hasten(TimeSpan span) => span > TimeSpan.Zero ? span / factor : span;
}

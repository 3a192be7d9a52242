namespace Capsule.Hosting;

/// <summary>What timers can count.</summary>
internal static class TimerLimits
{
    /// <summary>In whole days; a timer takes less than 2^32 milliseconds.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(49);
}

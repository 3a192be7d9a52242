namespace Capsule.Hosting;

/// <summary>How long a task waits after a failure.</summary>
internal static class RetryDelay
{
    private static readonly TimeSpan fixedDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan longest = TimeSpan.FromHours(1);

    /// <summary>The wait before the next try.</summary>
    /// <param name="backoff">How waits grow.</param>
    /// <param name="failures">How many runs have failed; at least 1.</param>
    /// <param name="chance">From 0 to 1: how much of the random fifth is taken away.</param>
    public static TimeSpan After(Backoff backoff, int failures, double chance)
    {
        if (backoff == Backoff.Fixed)
            return fixedDelay;
        var seconds = Math.Min(Math.Pow(2, failures - 1), longest.TotalSeconds);
        return TimeSpan.FromSeconds(seconds * (1 - (chance / 5)));
    }
}

using System.Diagnostics;

namespace Capsule.Benchmarks.Chat;

/// <summary>What a load has measured.</summary>
/// <param name="Rate">Answers a second.</param>
/// <param name="P50">Half of them came within this time.</param>
/// <param name="P99">99 of 100 came within this time.</param>
internal sealed record Measured(double Rate, TimeSpan P50, TimeSpan P99)
{
    public static Measured Of(List<long> ticks, TimeSpan span)
    {
        ticks.Sort();
        return new Measured(ticks.Count / span.TotalSeconds, At(0.5), At(0.99));

        TimeSpan At(double share) => Stopwatch.GetElapsedTime(0, ticks.Count == 0 ? 0 : ticks[Math.Min(ticks.Count - 1, (int)(ticks.Count * share))]);
    }
}

/// <summary>Makes clients call side by side.</summary>
internal static class Load
{
    /// <summary>Each client calls again as soon as it is answered.</summary>
    /// <param name="clients">Makes one call each.</param>
    /// <param name="warmUp">How long to call before it counts.</param>
    /// <param name="span">How long it counts.</param>
    public static async Task<Measured> SaturateAsync(IReadOnlyList<Func<Task>> clients, TimeSpan warmUp, TimeSpan span)
    {
        var start = Stopwatch.GetTimestamp();
        var (begin, end) = (start + Ticks(warmUp), start + Ticks(warmUp + span));
        var all = await Task.WhenAll(clients.Select(client => Task.Run(async () =>
        {
            var taken = new List<long>(1 << 14);
            for (var called = Stopwatch.GetTimestamp(); called < end;)
            {
                await client();
                var answered = Stopwatch.GetTimestamp();
                if (called >= begin && answered <= end)
                    taken.Add(answered - called);
                called = answered;
            }
            return taken;
        })));
        return Measured.Of([.. all.SelectMany(taken => taken)], span);
    }

    /// <summary>
    /// Calls begin at a steady rate, spread over the clients. One that can't begin in time because its client still waits counts from when it should have.
    /// </summary>
    public static async Task<Measured> PaceAsync(IReadOnlyList<Func<Task>> clients, double rate, TimeSpan warmUp, TimeSpan span)
    {
        var interval = Stopwatch.Frequency / rate;
        var start = Stopwatch.GetTimestamp() + Ticks(TimeSpan.FromMilliseconds(20));
        var total = (long)(rate * (warmUp + span).TotalSeconds);
        var counted = (long)(rate * warmUp.TotalSeconds);
        var next = -1L;
        var all = await Task.WhenAll(clients.Select(client => Task.Run(async () =>
        {
            var taken = new List<long>(1 << 14);
            for (long number; (number = Interlocked.Increment(ref next)) < total;)
            {
                var due = start + (long)(number * interval);
                while (due - Stopwatch.GetTimestamp() is > 0 and var early)
                    await (early > Ticks(TimeSpan.FromMilliseconds(1.5)) ? Task.Delay(1) : YieldAsync());
                await client();
                if (number >= counted)
                    taken.Add(Stopwatch.GetTimestamp() - due);
            }
            return taken;
        })));
        return Measured.Of([.. all.SelectMany(taken => taken)], span);
    }

    private static async Task YieldAsync() => await Task.Yield();

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);
}

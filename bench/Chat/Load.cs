using System.Diagnostics;
using System.Runtime;
using System.Threading.Channels;

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

    /// <summary>The one of several whose slow answers are in the middle.</summary>
    public static Measured Median(List<Measured> all) => all.OrderBy(one => one.P99).ElementAt(all.Count / 2);
}

/// <summary>Makes clients call side by side.</summary>
internal static class Load
{
    // More than the calls of a paced load leave behind.
    private const long Garbage = 400 << 20;

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
    /// Calls begin at a steady rate, the clients one after the other. Each counts from when it was due: also what it waits for its client, and for the clock,
    /// which ticks every millisecond.
    /// </summary>
    public static async Task<Measured> PaceAsync(IReadOnlyList<Func<Task>> clients, double rate, TimeSpan warmUp, TimeSpan span)
    {
        // Its own collections would count as the host's.
        _ = GC.TryStartNoGCRegion(Garbage);
        var due = clients
            .Select(_ => Channel.CreateUnbounded<(long At, bool Counts)>(new UnboundedChannelOptions { SingleWriter = true, SingleReader = true }))
            .ToArray();
        var clock = Task.Factory.StartNew(
            () =>
            {
                var interval = Stopwatch.Frequency / rate;
                var (total, counted) = ((long)(rate * (warmUp + span).TotalSeconds), (long)(rate * warmUp.TotalSeconds));
                var start = Stopwatch.GetTimestamp();
                for (var number = 0L; number < total; Thread.Sleep(1))
                {
                    for (; number < total && start + (long)(number * interval) is var at && at <= Stopwatch.GetTimestamp(); number++)
                        due[number % due.Length].Writer.TryWrite((at, number >= counted));
                }
                Array.ForEach(due, own => own.Writer.Complete());
            },
            TaskCreationOptions.LongRunning);
        var all = await Task.WhenAll(clients.Zip(due, (client, own) => Task.Run(async () =>
        {
            var taken = new List<long>(1 << 14);
            await foreach (var (at, counts) in own.Reader.ReadAllAsync())
            {
                await client();
                if (counts)
                    taken.Add(Stopwatch.GetTimestamp() - at);
            }
            return taken;
        })));
        await clock;
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
        return Measured.Of([.. all.SelectMany(taken => taken)], span);
    }

    private static long Ticks(TimeSpan span) => (long)(span.TotalSeconds * Stopwatch.Frequency);
}

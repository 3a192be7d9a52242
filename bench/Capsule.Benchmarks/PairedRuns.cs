using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Capsule.Benchmarks;

/// <summary>What one contestant took for a request.</summary>
/// <param name="Name">Which.</param>
/// <param name="Nanoseconds">The median over all rounds.</param>
/// <param name="Ratio">The median, over all rounds, of its time by that of the first contestant in the same round.</param>
/// <param name="Bytes">What it allocated.</param>
internal sealed record Measurement(string Name, double Nanoseconds, double Ratio, long Bytes);

/// <summary>
/// Times contestants in turns of a millisecond or less. Whatever else the machine does, it does to all of them; a ratio is only ever taken
/// within a round.
/// </summary>
internal sealed class PairedRuns(RepeatedRequest request, Workload workload, IReadOnlyList<Contestant> contestants)
{
    private const int RequestsPerTurn = 500;
    private const int WarmUpTurns = 50;

    public async Task<IReadOnlyList<Measurement>> RunAsync(int rounds)
    {
        await CheckAsync();
        await WarmUpAsync();

        var times = contestants.Select(_ => new double[rounds]).ToArray();
        var bytes = Enumerable.Repeat(long.MaxValue, contestants.Count).ToArray();
        var order = Enumerable.Range(0, contestants.Count).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            Random.Shared.Shuffle(order);
            foreach (var index in order)
            {
                var (time, allocated) = Turn(contestants[index]);
                times[index][round] = time;
                bytes[index] = Math.Min(bytes[index], allocated);
            }
        }
        return [.. contestants.Select((contestant, index) => new Measurement(
            contestant.Name, Median(times[index]), Median(times[index].Zip(times[0], (own, first) => own / first)), bytes[index]))];
    }

    /// <summary>A benchmark of something broken says nothing: all must give the same answer.</summary>
    private async Task CheckAsync()
    {
        var answers = new List<(int Status, string? ContentType, string Body)>();
        foreach (var contestant in contestants)
        {
            request.Begin(workload, contestant.Endpoint);
            await contestant.Endpoint.RequestDelegate!(request.Http);
            answers.Add((request.Http.Response.StatusCode, request.Http.Response.ContentType, request.Written()));
        }
        if (answers.Distinct().Count() != 1 || answers[0].Status != StatusCodes.Status200OK || answers[0].Body.Length == 0)
            throw new InvalidOperationException($"{workload.Name}: {string.Join('\n', answers)}");
    }

    /// <summary>The runtime compiles hot methods again in the background, on a busy machine late. Ends when nobody has got faster for a while.</summary>
    private async Task WarmUpAsync()
    {
        var best = contestants.Select(_ => double.MaxValue).ToArray();
        for (var quiet = 0; quiet < 3; quiet++)
        {
            for (var index = 0; index < contestants.Count; index++)
            {
                var time = Enumerable.Range(0, WarmUpTurns).Min(_ => Turn(contestants[index]).Nanoseconds);
                if (time < best[index] * 0.9)
                    quiet = 0;
                best[index] = Math.Min(best[index], time);
            }
            await Task.Delay(1000);
        }
    }

    private (double Nanoseconds, long Bytes) Turn(Contestant contestant)
    {
        var handle = contestant.Endpoint.RequestDelegate!;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var started = Stopwatch.GetTimestamp();
        for (var i = 0; i < RequestsPerTurn; i++)
        {
            request.Begin(workload, contestant.Endpoint);
            var answering = handle(request.Http);
            if (!answering.IsCompletedSuccessfully)
                throw new InvalidOperationException($"{contestant.Name} waits, or has failed.", answering.Exception);
        }
        var nanoseconds = Stopwatch.GetElapsedTime(started).TotalNanoseconds;
        return (nanoseconds / RequestsPerTurn, (GC.GetAllocatedBytesForCurrentThread() - allocated) / RequestsPerTurn);
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted[sorted.Length / 2];
    }
}

using System.Text.RegularExpressions;

namespace Capsule.Durability.Tests.Trace;

/// <summary>Reads the calls that a process made, as <c>strace -f -y</c> or the shim has written them.</summary>
internal static partial class SyncTrace
{
    /// <summary>
    /// For each answer 202, in order: whether the write-ahead log was synced after the message was written to it and before the answer went out.
    /// </summary>
    /// <param name="calls">The lines of the trace.</param>
    /// <param name="messages">A text that occurs in each message and nowhere else, in the order posted one after the other.</param>
    public static IReadOnlyList<bool> SyncedBeforeAnswer(IReadOnlyList<string> calls, IReadOnlyList<string> messages)
    {
        var answers = Places(calls, line => line.Contains("HTTP/1.1 202", StringComparison.Ordinal));
        var (begun, ended) = Syncs(calls);
        var synced = new List<bool>();
        foreach (var (message, answer) in messages.Zip(answers))
        {
            var written = calls.Take(answer).ToList().FindIndex(line =>
                line.Contains("write", StringComparison.Ordinal) && line.Contains("-wal>", StringComparison.Ordinal) && line.Contains(message, StringComparison.Ordinal));
            synced.Add(written >= 0 && begun.Zip(ended).Any(sync => sync.First > written && sync.Second < answer));
        }
        return synced;
    }

    /// <summary>How often the log was written to, and synced.</summary>
    public static (int Writes, int Syncs) CountOfLog(IReadOnlyList<string> calls) =>
        (calls.Count(line => WriteToLog().IsMatch(line)), Syncs(calls).Ended.Count);

    private static List<int> Places(IReadOnlyList<string> calls, Func<string, bool> wanted) =>
        [.. Enumerable.Range(0, calls.Count).Where(index => wanted(calls[index]))];

    /// <summary>Where syncs of the log began and where they had succeeded.</summary>
    private static (List<int> Begun, List<int> Ended) Syncs(IReadOnlyList<string> calls)
    {
        var (begun, ended) = (new List<int>(), new List<int>());
        var unfinished = new Dictionary<string, int>();
        for (var index = 0; index < calls.Count; index++)
        {
            if (SyncOfLog().Match(calls[index]) is { Success: true } sync)
            {
                if (!sync.Groups["unfinished"].Success)
                {
                    begun.Add(index);
                    ended.Add(index);
                }
                else
                {
                    unfinished[sync.Groups["thread"].Value] = index;
                }
            }
            else if (SyncResumed().Match(calls[index]) is { Success: true } resumed && unfinished.Remove(resumed.Groups["thread"].Value, out var start))
            {
                begun.Add(start);
                ended.Add(index);
            }
        }
        return (begun, ended);
    }

    [GeneratedRegex(@"^\d* *pwrite(64)?\(\d*<[^>]*-wal>")]
    private static partial Regex WriteToLog();

    [GeneratedRegex(@"^(?<thread>\d*) *f(data)?sync\(\d*<[^>]*-wal>.*((?<unfinished>unfinished)|\) += 0)")]
    private static partial Regex SyncOfLog();

    [GeneratedRegex(@"^(?<thread>\d+) +<\.\.\. f(data)?sync resumed>\) += 0")]
    private static partial Regex SyncResumed();
}

using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Capsule.Hosting;

/// <summary>
/// What the host tells of its work: an <see cref="ActivitySource"/> and a <see cref="Meter"/> called <c>Capsule</c>. Nothing in it holds what people say.
/// Durations are in seconds.
/// </summary>
internal static class CapsuleTelemetry
{
    public const string Name = "Capsule";

    public static readonly ActivitySource Activities = new(Name);

    private static readonly Meter meter = new(Name);

    private static readonly Counter<long> turns = meter.CreateCounter<long>("capsule.turns", "{turn}", "Turns that have ended, by the state they ended in.");

    private static readonly Histogram<double> turnDuration = meter.CreateHistogram<double>("capsule.turn.duration", "s", "From the start of a turn to its end.");

    private static readonly Histogram<double> queueTime = meter.CreateHistogram<double>("capsule.turn.queue_time", "s", "From accepting a message to the start of its turn.");

    private static readonly Histogram<double> firstDelta = meter.CreateHistogram<double>("capsule.turn.first_delta", "s", "From the start of a turn to the first text it sends.");

    private static readonly Counter<long> events = meter.CreateCounter<long>("capsule.events", "{event}", "Events added to journals, by type.");

    private static readonly Counter<long> prompts = meter.CreateCounter<long>("capsule.prompts", "{prompt}", "Prompts that have ended, by type and outcome.");

    private static readonly Histogram<double> commitDuration = meter.CreateHistogram<double>("capsule.storage.commit.duration", "s", "How long a commit takes, with the disk.");

    private static readonly Histogram<int> commitWrites = meter.CreateHistogram<int>("capsule.storage.commit.writes", "{write}", "How many writes share a commit.");

    public static void TurnEnded(string state, TimeSpan duration)
    {
        var tag = KeyValuePair.Create("state", (object?)state);
        Count(turns, tag);
        Record(turnDuration, duration.TotalSeconds, tag);
    }

    public static void TurnStarted(TimeSpan waited) => Record(queueTime, Math.Max(waited.TotalSeconds, 0));

    public static void FirstText(TimeSpan sinceStart) => Record(firstDelta, sinceStart.TotalSeconds);

    public static void EventAdded(string type) => Count(events, KeyValuePair.Create("type", (object?)type));

    public static void PromptEnded(string type, string outcome) =>
        Count(prompts, KeyValuePair.Create("type", (object?)type), KeyValuePair.Create("outcome", (object?)outcome));

    public static void Committed(TimeSpan duration, int writes)
    {
        Record(commitDuration, duration.TotalSeconds);
        Record(commitWrites, writes);
    }

    private static void Count(Counter<long> counter, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        try
        {
            counter.Add(1, tags);
        }
        catch (Exception)
        {
            // It is a listener of the app's that throws; what is measured goes on for all others.
        }
    }

    private static void Record<T>(Histogram<T> histogram, T value, params ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : struct
    {
        try
        {
            histogram.Record(value, tags);
        }
        catch (Exception)
        {
            // As above.
        }
    }
}

using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>
/// Wakes those who read a session's journal. A session that is being read keeps a short tail of new events in memory, shared by all its readers;
/// who has fallen behind it reads from the store. A reader that does nothing costs an entry here and no timer.
/// </summary>
internal sealed class SessionHub
{
    private const int PageSize = 500;

    private readonly Lock gate = new();
    private readonly Dictionary<string, Topic> topics = new(StringComparer.Ordinal);
    private readonly ISessionStore store;

    public SessionHub(ISessionStore store)
    {
        this.store = store;
        store.Appended += Publish;
    }

    /// <summary>Starts reading after a <c>seq</c>. Dispose the subscription.</summary>
    public Subscription Subscribe(string sessionId, long after)
    {
        lock (gate)
        {
            if (!topics.TryGetValue(sessionId, out var topic))
                topics.Add(sessionId, topic = new Topic());
            topic.Readers++;
            return new Subscription(this, sessionId, topic, after);
        }
    }

    /// <summary>Tells all who read a session that it is gone.</summary>
    public void End(string sessionId)
    {
        Topic? topic;
        lock (gate)
            topics.Remove(sessionId, out topic);
        topic?.End();
    }

    private void Publish(string sessionId, IReadOnlyList<JournalEvent> events)
    {
        foreach (var added in events)
            CapsuleTelemetry.EventAdded(added.Type);
        Topic? topic;
        lock (gate)
            topics.TryGetValue(sessionId, out topic);
        topic?.Add(events);
    }

    private void Leave(string sessionId, Topic topic)
    {
        lock (gate)
        {
            if (--topic.Readers == 0 && topics.GetValueOrDefault(sessionId) == topic)
                topics.Remove(sessionId);
        }
    }

    /// <summary>One reader's place in a journal. For one caller at a time.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly SessionHub hub;
        private readonly string sessionId;
        private readonly Topic topic;
        private long seq;
        private bool caughtUp;

        internal Subscription(SessionHub hub, string sessionId, Topic topic, long after)
        {
            this.hub = hub;
            this.sessionId = sessionId;
            this.topic = topic;
            seq = after;
        }

        /// <summary>The next events, as many as are there at once; empty when there are none yet, null when the session is gone.</summary>
        public async ValueTask<IReadOnlyList<JournalEvent>?> ReadAsync(CancellationToken cancellationToken)
        {
            var events = topic.After(seq);
            if (events is null || (events.Count == 0 && !caughtUp))
            {
                events = await hub.store.ReadEventsAsync(sessionId, seq, PageSize, cancellationToken);
                caughtUp = events.Count == 0;
                // It may be gone since before it was subscribed to: nobody tells of that any more.
                if (caughtUp && await hub.store.FindAsync(sessionId, cancellationToken) is null)
                    return null;
            }
            // What was read from a session that is being deleted may have holes.
            if (topic.HasEnded)
                return null;
            if (events.Count > 0)
                seq = events[^1].Seq;
            return events;
        }

        /// <summary>Completes when there is something to read after what was read last.</summary>
        public Task WaitAsync() => topic.WaitAsync(seq);

        public void Dispose() => hub.Leave(sessionId, topic);
    }

    /// <summary>The latest events of a session that somebody reads.</summary>
    internal sealed class Topic
    {
        private const int LongestTail = 256;

        private readonly Lock gate = new();
        private readonly Queue<JournalEvent> tail = new();
        private TaskCompletionSource? waiting;
        private bool ended;
        private long last;

        /// <summary>How many read; under the hub's lock.</summary>
        public int Readers { get; set; }

        /// <summary>Whether the session is gone.</summary>
        public bool HasEnded => Volatile.Read(ref ended);

        public void End()
        {
            TaskCompletionSource? readers;
            lock (gate)
            {
                ended = true;
                readers = waiting;
                waiting = null;
            }
            readers?.SetResult();
        }

        public void Add(IReadOnlyList<JournalEvent> events)
        {
            TaskCompletionSource? readers;
            lock (gate)
            {
                foreach (var added in events)
                {
                    tail.Enqueue(added);
                    if (tail.Count > LongestTail)
                        tail.Dequeue();
                }
                last = events[^1].Seq;
                readers = waiting;
                waiting = null;
            }
            readers?.SetResult();
        }

        /// <summary>The events after a <c>seq</c>; null when the tail does not reach back so far.</summary>
        public IReadOnlyList<JournalEvent>? After(long seq)
        {
            lock (gate)
            {
                if (last <= seq)
                    return [];
                var skipped = seq + 1 - tail.Peek().Seq;
                return skipped < 0 ? null : [.. tail.Skip((int)skipped)];
            }
        }

        public Task WaitAsync(long seq)
        {
            lock (gate)
            {
                if (ended || last > seq)
                    return Task.CompletedTask;
                waiting ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                return waiting.Task;
            }
        }
    }
}

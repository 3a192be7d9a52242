using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <content>What is known of one session.</content>
internal sealed partial class TurnRunner
{
    /// <summary>A session that is being worked on, or waits for a slot.</summary>
    private sealed class Lane
    {
        private readonly Lock gate = new();
        private RunningTurn? running;
        private RunningTurn? farewell;
        private TurnSlots.Slot? slot;
        private volatile bool hasBegun;
        private bool draining;
        private bool stopped;

        /// <summary>Completes when nothing is done for it. Before <see cref="Begin"/> it only has a place among those that wait for a slot.</summary>
        public Task Work { get; private set; } = Task.CompletedTask;

        public bool HasMore { get; set; }

        public bool Leaving { get; set; }

        /// <summary>Whether the farewell has run, though that may not be stored yet.</summary>
        public bool HasLeft { get; set; }

        /// <summary>Whether the server's stop has cut the farewell off, so that it runs again after the next start.</summary>
        public bool IsLeavingAgain { get; set; }

        /// <summary>A turn that runs before those that are queued.</summary>
        public ResumedTurn? Resumed { get; set; }

        /// <summary>The queued turn that probably comes first: whether it does is known when it begins.</summary>
        public TurnRecord? Next { get; set; }

        public RunningTurn? Running
        {
            get => Volatile.Read(ref running);
            set => Set(ref running, value);
        }

        /// <summary>The end of the session, while its handlers run; no turn that could be cancelled.</summary>
        public RunningTurn? Farewell
        {
            set => Set(ref farewell, value);
        }

        /// <summary>Begins to work on it; false when somebody has, or the server is about to stop.</summary>
        /// <param name="granted">The slot of its first turn, where it has waited for one.</param>
        /// <param name="work">Begins the work.</param>
        public bool Begin(TurnSlots.Slot? granted, Func<Task> work)
        {
            // Who is asked while slots are given away must not wait for what a stop sets in motion.
            if (hasBegun)
                return false;
            lock (gate)
            {
                if (hasBegun || draining)
                    return false;
                hasBegun = true;
                slot = granted;
                Work = work();
                return true;
            }
        }

        public TurnSlots.Slot? TakeSlot()
        {
            var granted = slot;
            slot = null;
            return granted;
        }

        public TurnRecord? TakeNext()
        {
            var next = Next;
            Next = null;
            return next;
        }

        /// <summary>The server is about to stop: what runs, or is about to, may finish.</summary>
        public void Drain()
        {
            lock (gate)
            {
                draining = true;
                running?.Drain();
                farewell?.Drain();
            }
        }

        /// <summary>The server stops: what runs, or is about to, should end.</summary>
        public void Stop()
        {
            lock (gate)
            {
                stopped = true;
                running?.Stop(StopReason.ServerStops);
                farewell?.Stop(StopReason.ServerStops);
            }
        }

        public void Abandon()
        {
            lock (gate)
            {
                running?.Abandon();
                farewell?.Abandon();
            }
        }

        private void Set(ref RunningTurn? place, RunningTurn? turn)
        {
            lock (gate)
            {
                place = turn;
                if (draining)
                    turn?.Drain();
                if (stopped)
                    turn?.Stop(StopReason.ServerStops);
            }
        }
    }
}

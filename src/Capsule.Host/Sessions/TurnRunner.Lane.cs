using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <content>What is known of one session.</content>
internal sealed partial class TurnRunner
{
    /// <summary>A session that is being worked on, or waits for a slot.</summary>
    private sealed class Lane(TurnRunner owner, string sessionId)
    {
        private readonly Lock gate = new();
        private TaskCompletionSource? ended;
        private RunningTurn? running;
        private RunningTurn? farewell;
        private TurnSlots.Slot? slot;
        private volatile bool hasBegun;
        private bool draining;
        private bool stopped;

        public string SessionId => sessionId;

        /// <summary>Completes when nothing is done for it. While it rests it only has a place among those that wait for a slot.</summary>
        public Task Work { get; private set; } = Task.CompletedTask;

        /// <summary>Completes when nothing is left to do for it; under the runner's lock.</summary>
        public Task Ended => (ended ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        /// <summary>Whether something has come since its next turn was looked up.</summary>
        public bool HasMore { get; set; }

        public bool Leaving { get; set; }

        /// <summary>Whether what came may be its end, with which all that was queued is cancelled.</summary>
        public bool IsClosing => HasMore && Leaving;

        /// <summary>Whether the farewell has run, though that may not be stored yet.</summary>
        public bool HasLeft { get; set; }

        /// <summary>Whether the server's stop has cut the farewell off, so that it runs again after the next start.</summary>
        public bool IsLeavingAgain { get; set; }

        /// <summary>A turn that runs before those that are queued.</summary>
        public ResumedTurn? Resumed { get; set; }

        /// <summary>Whether the turn that runs, or is to go on, is cancelled: it needs no slot to end.</summary>
        public bool IsCancelled => Running is { Reason: StopReason.Cancelled };

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

        /// <summary>Begins to work for it, without a slot.</summary>
        public void Begin() => Begin(granted: null);

        /// <summary>Begins to work for it; false when that has begun already, or the server is about to stop.</summary>
        /// <param name="granted">The slot of its next turn, where it has waited for one.</param>
        public bool Begin(TurnSlots.Slot? granted)
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
                Work = owner.WorkApartAsync(this);
                return true;
            }
        }

        /// <summary>Its work ends until it begins again.</summary>
        public void Rest() => hasBegun = false;

        /// <summary>Nothing is left to do for it; under the runner's lock.</summary>
        public void SetEnded() => ended?.SetResult();

        public TurnSlots.Slot? TakeSlot()
        {
            var granted = slot;
            slot = null;
            return granted;
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

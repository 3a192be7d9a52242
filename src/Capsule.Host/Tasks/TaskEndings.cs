using Capsule.Hosting.Storage;

namespace Capsule.Hosting;

/// <summary>Tells those who wait for tasks that they have ended: by task id, with one subscription to the store for all of them.</summary>
internal sealed class TaskEndings
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Ending> awaited = new(StringComparer.Ordinal);

    public TaskEndings(ITaskStore store) => store.Changed += WhenChanged;

    /// <summary>How many tasks somebody waits for.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return awaited.Count;
        }
    }

    /// <summary>Begins to wait for a task; look at its state after that. Dispose what is returned.</summary>
    public Waiter Expect(string taskId)
    {
        lock (gate)
        {
            if (!awaited.TryGetValue(taskId, out var ending))
                awaited.Add(taskId, ending = new Ending());
            ending.Waiters++;
            return new Waiter(this, taskId, ending);
        }
    }

    private void WhenChanged(TaskChange change)
    {
        if (!change.State.HasEnded())
            return;
        lock (gate)
        {
            if (awaited.TryGetValue(change.Id, out var ending))
                ending.Source.TrySetResult();
        }
    }

    private void Leave(string taskId, Ending ending)
    {
        lock (gate)
        {
            if (--ending.Waiters == 0)
                awaited.Remove(taskId);
        }
    }

    /// <summary>One who waits.</summary>
    public readonly struct Waiter : IDisposable
    {
        private readonly TaskEndings owner;
        private readonly string taskId;
        private readonly Ending ending;

        internal Waiter(TaskEndings owner, string taskId, Ending ending)
        {
            this.owner = owner;
            this.taskId = taskId;
            this.ending = ending;
        }

        /// <summary>Completes when the task ends.</summary>
        public Task Ended => ending.Source.Task;

        public void Dispose() => owner.Leave(taskId, ending);
    }

    internal sealed class Ending
    {
        public TaskCompletionSource Source { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Waiters { get; set; }
    }
}

namespace Capsule.Hosting;

/// <summary>The runs that go on in this process, by task id.</summary>
internal sealed class RunningTasks
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TaskRun> runs = new(StringComparer.Ordinal);
    private readonly HashSet<string> cancelledBeforeStart = new(StringComparer.Ordinal);

    public int Count
    {
        get
        {
            lock (gate)
                return runs.Count;
        }
    }

    public IReadOnlyList<TaskRun> All
    {
        get
        {
            lock (gate)
                return [.. runs.Values];
        }
    }

    /// <summary>Adds runs that begin. One whose task was cancelled since it was claimed is asked to stop at once.</summary>
    public void Add(IReadOnlyList<TaskRun> starting)
    {
        lock (gate)
        {
            foreach (var run in starting)
            {
                runs[run.Claimed.Lease.TaskId] = run;
                if (cancelledBeforeStart.Contains(run.Claimed.Lease.TaskId))
                    run.Stop(StopReason.Cancelled);
            }
            cancelledBeforeStart.Clear();
        }
    }

    public void Remove(TaskRun run)
    {
        lock (gate)
        {
            // After a lost lease the same task may run here again.
            if (Find(run.Claimed.Lease.TaskId) == run)
                runs.Remove(run.Claimed.Lease.TaskId);
        }
    }

    /// <summary>Asks a task's run to stop because its user cancelled it.</summary>
    public void Cancel(string taskId)
    {
        lock (gate)
        {
            if (Find(taskId) is { } run)
                run.Stop(StopReason.Cancelled);
            else
                cancelledBeforeStart.Add(taskId);
        }
    }

    /// <summary>Gives a task's run its full time again. False when it does not go on here or is asked to stop.</summary>
    public bool Refresh(string taskId)
    {
        lock (gate)
            return Find(taskId)?.Refresh() == true;
    }

    private TaskRun? Find(string taskId) => runs.GetValueOrDefault(taskId);
}

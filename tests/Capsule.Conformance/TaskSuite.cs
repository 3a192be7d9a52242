namespace Capsule.Conformance;

/// <summary>A task is submitted once for a key, run by one worker at a time, and written about only by the worker that holds it.</summary>
public abstract class TaskSuite(StorageBackEnd backEnd) : StorageSuite(backEnd)
{
    internal const string Name = "sync";

    private ITaskStore Tasks => Stores.Tasks;

    internal static NewTask NewTask(string id, TimeProvider time, UserInfo? user = null) => new()
    {
        Id = id, Name = Name, User = user ?? ann, Arguments = """{"mailbox":"inbox"}""", CreatedAt = time.GetUtcNow(), DueAt = time.GetUtcNow(),
    };

    [Fact]
    public async Task A_task_comes_back_as_it_was_submitted()
    {
        await Tasks.AddAsync(NewTask("task_1", Time) with { DisplayName = "Sync", SessionId = "ses_1", Every = TimeSpan.FromMinutes(5) }, none);
        await ReopenAsync();

        Assert.Equal(
            new TaskSnapshot { Id = "task_1", Name = Name, State = TaskState.Pending, DisplayName = "Sync", CreatedAt = Time.GetUtcNow() },
            Tasks.Find(ann.Id, "task_1"));
        var claimed = Assert.Single(await ClaimAsync());
        Assert.Equal(
            ("task_1", ann, "ses_1", """{"mailbox":"inbox"}""", TimeSpan.FromMinutes(5), 1, 0),
            (claimed.Lease.TaskId, claimed.User, claimed.SessionId, claimed.Arguments, claimed.Every, claimed.Attempt, claimed.Failures));
    }

    [Fact]
    public async Task A_user_sees_only_the_user_s_own()
    {
        await Tasks.AddAsync(NewTask("task_1", Time), none);
        await Tasks.AddAsync(NewTask("task_2", Time), none);
        await Tasks.AddAsync(NewTask("task_3", Time, ben), none);

        Assert.Equal(["task_2", "task_1"], Tasks.Find(ann.Id, Name, null, 10, 0));
        Assert.Equal(["task_1"], Tasks.Find(ann.Id, Name, TaskState.Pending, 1, 1));
        Assert.Equal(2, Tasks.Count(ann.Id, Name, null));
        Assert.Null(Tasks.Find(ben.Id, "task_1"));
        Assert.Equal(0, await Tasks.CancelAsync(ben.Id, new TaskSelection(Id: "task_1"), Time.GetUtcNow(), none));
    }

    [Fact]
    public async Task A_key_has_one_task()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => Tasks.AddAsync(NewTask($"task_{number}", Time) with { Key = "daily" }, none)));

        Assert.Single(ids.Distinct());
        Assert.Equal(1, Tasks.Count(ann.Id, Name, null));
        Assert.Equal("task_9", await Tasks.AddAsync(NewTask("task_9", Time, ben) with { Key = "daily" }, none));
    }

    [Fact]
    public async Task A_task_is_claimed_once_due_first()
    {
        await Tasks.AddAsync(NewTask("task_late", Time) with { DueAt = Time.GetUtcNow() + TimeSpan.FromMinutes(1) }, none);
        await Tasks.AddAsync(NewTask("task_1", Time), none);
        await Tasks.AddAsync(NewTask("task_2", Time), none);
        await Tasks.AddAsync(NewTask("task_unknown", Time) with { Name = "gone" }, none);

        var claims = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => ClaimAsync(limit: 1)));

        Assert.Equal(["task_1", "task_2"], claims.SelectMany(claim => claim).Select(task => task.Lease.TaskId).Order(StringComparer.Ordinal));
        Assert.Equal(Time.GetUtcNow() + TimeSpan.FromMinutes(1), Tasks.NextDue(Time.GetUtcNow()));
        Assert.Equal(1, Tasks.CountUnknown([Name])["gone"]);
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("task_late", Assert.Single(await ClaimAsync()).Lease.TaskId);
    }

    [Fact]
    public async Task A_lock_is_held_by_one_run()
    {
        await Tasks.AddAsync(NewTask("task_1", Time) with { LockKey = "inbox" }, none);
        await Tasks.AddAsync(NewTask("task_2", Time) with { LockKey = "inbox" }, none);
        await Tasks.AddAsync(NewTask("task_3", Time) with { LockKey = "outbox" }, none);

        var first = await ClaimAsync();
        Assert.Equal(["task_1", "task_3"], first.Select(task => task.Lease.TaskId));
        Assert.Empty(await ClaimAsync());

        await Tasks.EndAsync(first[0].Lease, new TaskOutcome(TaskState.Completed), Time.GetUtcNow());
        Assert.Equal("task_2", Assert.Single(await ClaimAsync()).Lease.TaskId);
    }

    [Fact]
    public async Task A_run_reports_and_ends()
    {
        await Tasks.AddAsync(NewTask("task_1", Time), none);
        var lease = Assert.Single(await ClaimAsync()).Lease;

        await Tasks.ReportAsync(lease, 40, "reading");
        await Tasks.ReportAsync(lease, null, "writing");
        var running = Tasks.Find(ann.Id, "task_1")!;
        Assert.True(await Tasks.EndAsync(lease, new TaskOutcome(TaskState.Completed) { ResultJson = "7", Percent = 100 }, Time.GetUtcNow()));
        await ReopenAsync();

        Assert.Equal((TaskState.Running, 40, "writing"), (running.State, running.Percent, running.ProgressText));
        var ended = Tasks.Find(ann.Id, "task_1")!;
        Assert.Equal((TaskState.Completed, "7", 100, Time.GetUtcNow()), (ended.State, ended.ResultJson, ended.Percent, ended.CompletedAt));
    }

    [Fact]
    public async Task One_that_is_tried_again_waits_until_it_is_due()
    {
        await Tasks.AddAsync(NewTask("task_1", Time), none);
        var lease = Assert.Single(await ClaimAsync()).Lease;

        await Tasks.EndAsync(lease, new TaskOutcome(TaskState.Retry) { DueAt = Time.GetUtcNow() + TimeSpan.FromSeconds(10), Failures = 1, Error = "why" }, Time.GetUtcNow());

        Assert.Empty(await ClaimAsync());
        Time.Advance(TimeSpan.FromSeconds(10));
        var again = Assert.Single(await ClaimAsync());
        Assert.Equal((2, 1), (again.Attempt, again.Failures));
    }

    [Fact]
    public async Task A_worker_whose_lease_has_ended_can_write_nothing()
    {
        await Tasks.AddAsync(NewTask("task_1", Time), none);
        var lost = Assert.Single(await ClaimAsync()).Lease;
        Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await Tasks.RecoverAsync(Time.GetUtcNow(), all: false, mostCrashes: 3, DateTimeOffset.MinValue));
        var held = Assert.Single(await ClaimAsync()).Lease;

        await Tasks.ReportAsync(lost, 99, "late");
        Assert.False(await Tasks.EndAsync(lost, new TaskOutcome(TaskState.Failed) { Error = "late" }, Time.GetUtcNow()));

        Assert.Equal([lost], await Tasks.RenewAsync([lost, held], Time.GetUtcNow() + TimeSpan.FromMinutes(1)));
        var snapshot = Tasks.Find(ann.Id, "task_1")!;
        Assert.Equal((TaskState.Running, null, null), (snapshot.State, snapshot.Percent, snapshot.Error));
        Assert.True(await Tasks.EndAsync(held, new TaskOutcome(TaskState.Completed), Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_task_that_takes_its_worker_down_each_time_is_given_up()
    {
        await Tasks.AddAsync(NewTask("task_1", Time), none);
        for (var crash = 1; crash <= 3; crash++)
        {
            Assert.Single(await ClaimAsync());
            await ReopenAsync();
            Assert.Equal(1, await Tasks.RecoverAsync(Time.GetUtcNow(), all: true, mostCrashes: 3, DateTimeOffset.MinValue));
        }

        Assert.Empty(await ClaimAsync());
        Assert.Equal(TaskState.Failed, Tasks.Find(ann.Id, "task_1")!.State);
    }

    [Fact]
    public async Task A_waiting_task_is_cancelled_at_once_and_a_running_one_asked_to_stop()
    {
        await Tasks.AddAsync(NewTask("task_1", Time), none);
        await Tasks.AddAsync(NewTask("task_2", Time), none);
        var lease = Assert.Single(await ClaimAsync(limit: 1)).Lease;
        var changes = new List<TaskChange>();
        Tasks.Changed += changes.Add;

        Assert.Equal(2, await Tasks.CancelAsync(ann.Id, new TaskSelection(Name: Name), Time.GetUtcNow(), none));
        Assert.Equal((TaskState.Running, TaskState.Cancelled), (Tasks.Find(ann.Id, "task_1")!.State, Tasks.Find(ann.Id, "task_2")!.State));
        await Tasks.EndAsync(lease, new TaskOutcome(TaskState.Retry) { DueAt = Time.GetUtcNow() }, Time.GetUtcNow());

        Assert.Equal(TaskState.Cancelled, Tasks.Find(ann.Id, "task_1")!.State);
        Assert.Contains(new TaskChange("task_1", TaskState.Running, StopRequested: true), changes);
        Assert.Contains(new TaskChange("task_2", TaskState.Cancelled, StopRequested: true), changes);
    }

    [Fact]
    public async Task The_tasks_of_a_session_are_cancelled_alone()
    {
        await Tasks.AddAsync(NewTask("task_1", Time) with { SessionId = "ses_1" }, none);
        await Tasks.AddAsync(NewTask("task_2", Time) with { SessionId = "ses_2" }, none);
        await Tasks.AddAsync(NewTask("task_3", Time), none);

        Assert.Equal(1, await Tasks.CancelAsync(ann.Id, new TaskSelection(SessionId: "ses_1"), Time.GetUtcNow(), none));

        Assert.Equal(TaskState.Cancelled, Tasks.Find(ann.Id, "task_1")!.State);
        Assert.Equal(["task_2", "task_3"], (await ClaimAsync()).Select(claimed => claimed.Lease.TaskId));
    }

    [Fact]
    public async Task Old_ended_tasks_are_forgotten()
    {
        await Tasks.AddAsync(NewTask("task_1", Time), none);
        await Tasks.AddAsync(NewTask("task_2", Time), none);
        await Tasks.EndAsync((await ClaimAsync(limit: 1))[0].Lease, new TaskOutcome(TaskState.Completed), Time.GetUtcNow());
        Time.Advance(TimeSpan.FromDays(1));

        await Tasks.RecoverAsync(Time.GetUtcNow(), all: false, mostCrashes: 3, keepSince: Time.GetUtcNow());

        Assert.Null(Tasks.Find(ann.Id, "task_1"));
        Assert.NotNull(Tasks.Find(ann.Id, "task_2"));
    }

    private Task<IReadOnlyList<ClaimedTask>> ClaimAsync(int limit = 10) =>
        Tasks.ClaimAsync([Name], limit, Time.GetUtcNow(), Time.GetUtcNow() + TimeSpan.FromMinutes(1));
}

using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Tasks;

public sealed class TaskRunTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory directory = new();
    private readonly ManualTime time = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task A_task_runs_with_its_arguments_and_keeps_its_result()
    {
        await using var host = await Host(call => Task.FromResult<string?>(call.Result(call.Argument<string>("mailbox") + "!")));
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync("work");
        Assert.Equal("work!", await task.GetResultAsync().WaitAsync(Patience));
        var stored = await task.GetAsync();
        Assert.Equal((TaskState.Completed, 1, null), (stored.State, stored.Attempt, stored.Error));
        Assert.Equal((time.GetUtcNow(), time.GetUtcNow()), (stored.StartedAt!.Value, stored.CompletedAt!.Value));
    }

    [Fact]
    public async Task A_task_whose_outcome_cannot_be_stored_at_once_does_not_run_again()
    {
        await using var host = await Host(call => Task.FromResult<string?>(call.Result(1)));
        using var broken = new BrokenTable(directory.File("capsule.db"), $"UPDATE ON tasks WHEN NEW.state = {(int)TaskState.Completed}");
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        await host.Log.WaitFor("can't be stored");
        broken.Mend();
        await time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TaskState.Completed, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal(1, (await task.GetAsync()).Attempt);
    }

    [Fact]
    public async Task A_failed_task_tells_people_nothing_of_the_exception_and_the_log_everything()
    {
        await using var host = await Host(_ => throw new InvalidOperationException("password is hunter2"));
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        var failure = await Assert.ThrowsAsync<TaskFailedException>(() => task.GetResultAsync().WaitAsync(Patience));
        Assert.Equal(TaskState.Failed, failure.Task.State);
        Assert.DoesNotContain("hunter2", failure.Task.Error, StringComparison.Ordinal);
        var entry = Assert.Single(host.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Contains(task.Id, entry.Message, StringComparison.Ordinal);
        Assert.IsType<InvalidOperationException>(entry.Exception);
    }

    [Theory]
    [InlineData(Backoff.Exponential, new[] { 1, 2, 4 })]
    [InlineData(Backoff.Fixed, new[] { 10, 10, 10 })]
    public async Task A_failure_is_tried_again_after_growing_waits(Backoff backoff, int[] waits)
    {
        await using var host = await Host(
            call => call.Progress.Attempt <= waits.Length ? throw new IOException() : Task.FromResult<string?>(null),
            handler => new TaskHandler { Id = handler.Id, Name = handler.Name, InvokeAsync = handler.InvokeAsync, Retries = waits.Length, Backoff = backoff });
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        for (var failures = 1; failures <= waits.Length; failures++)
        {
            await host.Until(task, snapshot => snapshot.State == TaskState.Retry && snapshot.Attempt == failures);
            time.Advance(TimeSpan.FromSeconds(waits[failures - 1]));
        }
        Assert.Equal(TaskState.Completed, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal(waits.Length + 1, (await task.GetAsync()).Attempt);
    }

    [Theory]
    [InlineData(1, 0.0, 1.0)]
    [InlineData(1, 1.0, 0.8)]
    [InlineData(4, 0.0, 8.0)]
    [InlineData(40, 0.0, 3600.0)]
    [InlineData(2000, 0.0, 3600.0)]
    public void Exponential_waits_double_up_to_an_hour_less_a_random_fifth(int failures, double chance, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), RetryDelay.After(Backoff.Exponential, failures, chance));

    [Fact]
    public async Task An_exception_that_is_not_worth_it_is_not_tried_again()
    {
        await using var host = await Host(
            _ => throw new NotSupportedException(),
            handler => new TaskHandler { Id = handler.Id, Name = handler.Name, InvokeAsync = handler.InvokeAsync, Retries = 5, IsRetryable = e => e is IOException });
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        Assert.Equal(TaskState.Failed, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal(1, (await task.GetAsync()).Attempt);
    }

    [Fact]
    public async Task A_task_that_takes_too_long_ends_in_timeout_and_refreshing_moves_the_limit()
    {
        var started = new TaskCompletionSource();
        await using var host = await Host(
            call => Forever(call, started),
            handler => new TaskHandler { Id = handler.Id, Name = handler.Name, InvokeAsync = handler.InvokeAsync, TimeoutSeconds = 10, Retries = 3 });
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        await started.Task.WaitAsync(Patience);

        time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(await task.RefreshAsync());
        time.Advance(TimeSpan.FromSeconds(9));
        Assert.True(await task.RefreshAsync(), "The limit is from the last refresh on.");
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(TaskState.Timeout, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal("The task took longer than its limit of 10 seconds.", (await task.GetAsync()).Error);
        Assert.False(await task.RefreshAsync());
    }

    [Fact]
    public async Task A_prompt_that_times_out_inside_a_task_is_a_failure_and_not_the_task_s_timeout()
    {
        await using var host = await Host(
            _ => throw new PromptTimeoutException("nobody answered"),
            handler => new TaskHandler { Id = handler.Id, Name = handler.Name, InvokeAsync = handler.InvokeAsync, TimeoutSeconds = 10 });
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        Assert.Equal(TaskState.Failed, await task.WaitAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_task_that_does_not_listen_is_given_up()
    {
        var started = new TaskCompletionSource();
        var release = new TaskCompletionSource<string?>();
        await using var host = await Host(
            call =>
            {
                started.TrySetResult();
                return release.Task;
            },
            handler => new TaskHandler { Id = handler.Id, Name = handler.Name, InvokeAsync = handler.InvokeAsync, TimeoutSeconds = 10 });
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        await started.Task.WaitAsync(Patience);
        time.Advance(TimeSpan.FromSeconds(10));
        time.Advance(new TaskRunnerSettings().Grace);
        Assert.Equal(TaskState.Timeout, await task.WaitAsync().WaitAsync(Patience));
        release.SetResult("\"late\"");
        Assert.Null((await task.GetAsync()).ResultJson);
        Assert.Contains(host.Log.Entries, entry => entry.Message.Contains("given up", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_waiting_task_that_is_cancelled_never_runs()
    {
        var runs = 0;
        await using var host = await Host(_ => Task.FromResult<string?>((++runs).ToString(null, null)));
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync(options: new() { Delay = TimeSpan.FromMinutes(1) });
        Assert.Equal(TaskState.Scheduled, await task.GetStateAsync());
        Assert.True(await task.CancelAsync());
        Assert.Equal(TaskState.Cancelled, await task.WaitAsync().WaitAsync(Patience));
        Assert.False(await task.CancelAsync());
        time.Advance(TimeSpan.FromMinutes(2));
        await (await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync()).WaitAsync().WaitAsync(Patience);
        Assert.Equal(1, runs);
    }

    [Fact]
    public async Task A_running_task_that_is_cancelled_has_its_token_cancelled()
    {
        await using var host = await Host(call => Forever(call));
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        await host.Until(task, TaskState.Running);
        Assert.True(await task.CancelAsync());
        Assert.Equal(TaskState.Cancelled, await task.WaitAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task Progress_is_stored_and_the_last_of_it_never_lost()
    {
        var goOn = new TaskCompletionSource();
        await using var host = await Host(async call =>
        {
            for (var percent = 0; percent <= 40; percent++)
                await call.Progress.ReportAsync(percent, "step " + percent);
            await goOn.Task;
            await call.Progress.ReportAsync(99);
            return null;
        });
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync();
        Assert.Equal(0, (await host.Until(task, snapshot => snapshot.Percent is not null)).Percent);
        var later = host.Until(task, snapshot => snapshot.Percent == 40);
        while (!later.IsCompleted)
        {
            time.Advance(StoredProgress.Interval);
            await Task.Yield();
        }
        Assert.Equal("step 40", (await later).ProgressText);
        goOn.SetResult();
        await task.WaitAsync().WaitAsync(Patience);
        var ended = await task.GetAsync();
        Assert.Equal((99d, "step 40"), (ended.Percent!.Value, ended.ProgressText!));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(100.5)]
    [InlineData(double.NaN)]
    public async Task Progress_beyond_its_range_is_refused(double percent)
    {
        await using var host = await Host(async call =>
        {
            await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => call.Progress.ReportAsync(percent));
            return "1";
        });
        Assert.Equal(TaskState.Completed, await (await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync()).WaitAsync().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_task_of_a_session_gets_that_session_and_saves_it()
    {
        Session? passed = null, current = null;
        await using var host = await Host(call =>
        {
            (passed, current) = (call.Session, Session.Current);
            return Task.FromResult<string?>(null);
        });
        host.Sessions.Users["ses_1"] = WorkHost.Alice;
        await (await host.Tasks(WorkHost.Alice, "Sync", "ses_1").SubmitAsync()).WaitAsync().WaitAsync(Patience);
        Assert.Equal("ses_1", passed!.Id);
        Assert.Same(passed, current);
        Assert.Equal(["ses_1"], host.Sessions.Completed);

        await (await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync()).WaitAsync().WaitAsync(Patience);
        Assert.Null(passed);
        Assert.Equal(("", WorkHost.Alice, false), (current!.Id, current.User, current.CanReply));
        Assert.Null(Session.Current);
    }

    [Fact]
    public async Task A_task_whose_session_is_gone_fails()
    {
        await using var host = await Host(_ => Task.FromResult<string?>(null));
        var task = await host.Tasks(WorkHost.Alice, "Sync", "ses_gone").SubmitAsync();
        Assert.Equal(TaskState.Failed, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal("The conversation that the task belongs to is gone.", (await task.GetAsync()).Error);
    }

    [Fact]
    public async Task A_submission_that_does_not_fit_any_more_fails_without_another_try()
    {
        await using var host = await Host(
            call => Task.FromResult<string?>(call.Argument<int>("mailbox").ToString(null, null)),
            handler => new TaskHandler { Id = handler.Id, Name = handler.Name, InvokeAsync = handler.InvokeAsync, Retries = 5 });
        var task = await host.Tasks(WorkHost.Alice, "Sync").SubmitAsync("not a number");
        Assert.Equal(TaskState.Failed, await task.WaitAsync().WaitAsync(Patience));
        Assert.Equal((1, "The task was submitted in a form that this version of the app can't read."), ((await task.GetAsync()).Attempt, (await task.GetAsync()).Error!));
    }

    private static async Task<string?> Forever(TaskCall call, TaskCompletionSource? started = null)
    {
        started?.TrySetResult();
        await Task.Delay(Timeout.Infinite, Session.Current!.CancellationToken);
        return null;
    }

    private Task<WorkHost> Host(Func<TaskCall, Task<string?>> run, Func<TaskHandler, TaskHandler>? with = null)
    {
        var handler = new TaskHandler { Id = "App.Sync", Name = "Sync", InvokeAsync = (_, call) => run(call) };
        return new WorkHost(directory.Path, time, [with?.Invoke(handler) ?? handler]).StartAsync();
    }
}

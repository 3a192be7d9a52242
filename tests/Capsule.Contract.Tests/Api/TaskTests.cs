using Capsule.Contract.Testing;

namespace Capsule.Contract.Api;

/// <summary>Tasks, their handles and options.</summary>
public sealed class TaskTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public Task A_submission_gives_a_typed_handle_with_state_and_result() => RunAsync(async tasks =>
    {
        TaskHandle<int> handle = await tasks.Add.SubmitAsync(left: 20, right: 22);
        Assert.NotEmpty(handle.Id);
        Assert.Equal(42, await handle.GetResultAsync());
        await handle.WaitAsync();
        Assert.Equal(TaskState.Completed, await handle.GetStateAsync());
    });

    [Fact]
    public Task The_same_key_is_one_task() => RunAsync(async tasks =>
    {
        var key = Guid.NewGuid().ToString("N");
        var first = await tasks.Add.SubmitAsync(1, 2, new TaskOptions { Key = key, DisplayName = "Adding" });
        var second = await tasks.Add.SubmitAsync(1, 2, new TaskOptions { Key = key });
        Assert.Equal(first.Id, second.Id);
    });

    [Fact]
    public Task A_delayed_task_is_scheduled_and_can_be_cancelled() => RunAsync(async tasks =>
    {
        var delayed = await tasks.Add.SubmitAsync(1, 2, new TaskOptions { Delay = TimeSpan.FromHours(1) });
        var at = await tasks.Add.SubmitAsync(1, 2, new TaskOptions { At = DateTimeOffset.UtcNow.AddHours(1) });
        foreach (var handle in new[] { delayed, at })
        {
            Assert.Equal(TaskState.Scheduled, await handle.GetStateAsync());
            await handle.CancelAsync();
            Assert.Equal(TaskState.Cancelled, await handle.GetStateAsync());
        }
    });

    [Fact]
    public Task A_failed_task_ends_Failed() => RunAsync(async tasks =>
    {
        var handle = await tasks.Break.SubmitAsync();
        await handle.WaitAsync();
        Assert.Equal(TaskState.Failed, await handle.GetStateAsync());
    });

    [Fact]
    public Task Tasks_are_found_counted_and_cancelled_by_name() => RunAsync(async tasks =>
    {
        var before = await tasks.Add.CountAsync();
        var handle = await tasks.Add.SubmitAsync(1, 2, new TaskOptions { Delay = TimeSpan.FromHours(1) });
        Assert.Equal(before + 1, await tasks.Add.CountAsync());
        Assert.Contains(await tasks.Add.FindAsync(), found => found.Id == handle.Id);
        await tasks.Add.CancelAsync();
        Assert.Equal(TaskState.Cancelled, await handle.GetStateAsync());
    });

    private async Task RunAsync(Func<TaskClient, Task> test) => await app.RunAsync(await app.UserAsync(), context => test(context.Tasks));
}

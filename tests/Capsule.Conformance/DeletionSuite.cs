namespace Capsule.Conformance;

/// <summary>How sessions end: their farewell, and their deletion in parts.</summary>
public abstract class DeletionSuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    [Fact]
    public async Task A_farewell_that_came_to_no_end_is_to_be_run_again_and_one_that_did_is_not()
    {
        var id = await CreateAsync();
        Assert.Equal(0, await Sessions.BeginExitAsync(id, none));
        await CloseAsync(id);

        Assert.Equal(1, await Sessions.BeginExitAsync(id, none));
        await ReopenAsync();
        Assert.Equal([id], (await Sessions.FindLeftoversAsync(none)).Sessions);
        Assert.Equal(2, await Sessions.BeginExitAsync(id, none));
        await Sessions.EndExitAsync(id, interrupted: true, none);
        Assert.Equal(2, await Sessions.BeginExitAsync(id, none));
        Assert.Empty(await Sessions.ListClosedAsync(DateTimeOffset.MaxValue, 10, none));

        await Sessions.EndExitAsync(id, interrupted: false, none);

        Assert.Equal(0, await Sessions.BeginExitAsync(id, none));
        Assert.Empty((await Sessions.FindLeftoversAsync(none)).Sessions);
        Assert.Empty(await Sessions.ListClosedAsync(Time.GetUtcNow(), 10, none));
        Assert.Equal([id], await Sessions.ListClosedAsync(Time.GetUtcNow() + TimeSpan.FromSeconds(1), 10, none));
    }

    [Fact]
    public async Task A_session_that_is_marked_is_out_of_sight_and_takes_nothing()
    {
        var id = await CreateAsync();
        await AcceptAsync(id, "one");
        await BeginAsync(id);
        await AppendAsync(id, Events.Delta("msg_growing", "half", null));
        var prompt = new PromptRecord("blk_1", id, null, "{}", Open: true, Time.GetUtcNow() + TimeSpan.FromMinutes(5));
        await Sessions.OpenPromptAsync(prompt, Events.Block(new Block("approval_prompt", [], "blk_1"), null), none);
        Assert.False(await Sessions.MarkDeletedAsync(id, none));
        await CloseAsync(id);

        Assert.True(await Sessions.MarkDeletedAsync(id, none));

        Assert.False(await Sessions.MarkDeletedAsync(id, none));
        Assert.Null(await Sessions.FindAsync(id, none));
        Assert.Empty((await Sessions.ListAsync(ann.Id, 10, null, none))!);
        var left = await Sessions.FindLeftoversAsync(none);
        Assert.Empty(left.Turns);
        Assert.Empty(left.Replies);
        Assert.Empty(left.Prompts);
        Assert.Empty(left.Sessions);
        await Assert.ThrowsAsync<StorageException>(() => AppendAsync(id, Said("msg_1", "late")));
        await Assert.ThrowsAsync<StorageException>(() => Sessions.SaveDataAsync(id, new Dictionary<string, string?> { ["a"] = "1" }, null, none));
        await Stores.Files.AddAsync(new StoredFile("fil_late", ann.Id, "a.txt", "text/plain", 1, Time.GetUtcNow()), none);
        await Assert.ThrowsAsync<StorageException>(() => Sessions.AddFileAsync(id, "fil_late", none));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task A_marked_session_goes_in_parts_also_over_a_restart_with_all_that_is_its_own(int limit)
    {
        var (id, other) = await FillAsync();
        await CloseAsync(id);
        await Sessions.MarkDeletedAsync(id, none);
        var files = new List<string>();

        var parts = 0;
        for (DeletedPart part; ; await ReopenAsync())
        {
            Assert.Equal([id], await Sessions.ListMarkedAsync(none));
            part = await Sessions.DeletePartAsync(id, limit, none);
            Assert.True(part.Files.Count <= limit);
            files.AddRange(part.Files);
            parts++;
            if (part.IsLast)
                break;
        }

        Assert.InRange(parts, limit == 1000 ? 1 : 20 / limit, limit == 1000 ? 1 : 40);
        Assert.Equal(["fil_own_1", "fil_own_2"], files.Order());
        Assert.Empty(await Sessions.ListMarkedAsync(none));
        Assert.Empty(await EventsAsync(id));
        Assert.Empty(await DataAsync(id));
        Assert.Empty(await Sessions.ListOpenPromptsAsync(id, none));
        Assert.Null(await Stores.Files.FindAsync("fil_own_1", none));
        Assert.NotNull(await Stores.Files.FindAsync("fil_shared", none));
        Assert.NotEmpty(await EventsAsync(other));
        Assert.NotEmpty(await DataAsync(other));
    }

    [Fact]
    public async Task The_tasks_of_a_session_that_is_marked_do_not_begin()
    {
        var id = await CreateAsync();
        await Stores.Tasks.AddAsync(TaskSuite.NewTask("task_1", Time, ann) with { SessionId = id }, none);
        await Stores.Tasks.AddAsync(TaskSuite.NewTask("task_2", Time, ann) with { SessionId = await CreateAsync() }, none);
        await CloseAsync(id);

        await Sessions.MarkDeletedAsync(id, none);

        var claimed = await Stores.Tasks.ClaimAsync([TaskSuite.Name], 10, Time.GetUtcNow(), Time.GetUtcNow() + TimeSpan.FromMinutes(1));
        Assert.Equal("task_2", Assert.Single(claimed).Lease.TaskId);
    }

    [Fact]
    public async Task Nothing_is_deleted_of_a_session_that_is_not_marked()
    {
        var (id, _) = await FillAsync();

        var part = await Sessions.DeletePartAsync(id, 10, none);

        Assert.True(part.IsLast);
        Assert.Empty(part.Files);
        Assert.NotEmpty(await EventsAsync(id));
    }

    /// <summary>A session with something of everything, and another one that shares a file with it.</summary>
    private async Task<(string Session, string Other)> FillAsync()
    {
        var (id, other) = (await CreateAsync(), await CreateAsync());
        foreach (var message in new[] { "one", "two", "three" })
        {
            await AcceptAsync(id, message);
            var (turn, _) = await BeginAsync(id);
            await Sessions.OpenTurnLogAsync(turn, none);
            if (message != "three")
                await EndAsync(turn);
        }
        await AcceptAsync(other, "another");
        foreach (var file in new[] { "fil_own_1", "fil_own_2", "fil_shared" })
        {
            await Stores.Files.AddAsync(new StoredFile(file, ann.Id, "a.txt", "text/plain", 1, Time.GetUtcNow()), none);
            await Sessions.AddFileAsync(id, file, none);
        }
        await AppendAsync(other, Said("msg_1", "mine") with { FileIds = ["fil_shared"] });
        for (var number = 0; number < 5; number++)
            await AppendAsync(id, Said($"msg_{number}", "text"));
        foreach (var session in new[] { id, other })
            await Sessions.SaveDataAsync(session, new Dictionary<string, string?> { ["a"] = "1", ["b"] = "2" }, null, none);
        return (id, other);
    }

    private Task<bool> CloseAsync(string id) => Sessions.CloseAsync(id, Events.Closed(), turnId => Events.Turn(turnId, TurnStates.Cancelled), none);
}

namespace Capsule.Conformance;

/// <summary>What a turn has done is recorded with it, without gaps, until the turn ends.</summary>
public abstract class ReplaySuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    private static readonly DocumentScope scope = new("notes", "app");

    [Fact]
    public async Task An_effect_is_stored_with_what_it_does_or_not_at_all()
    {
        var (session, turn) = await StartAsync();
        await AppendAsync(session, Said("msg_1", "hello", turnId: turn.Id) with { Effect = EffectOf(turn, 0, "first") });
        await Sessions.SaveDataAsync(session, new Dictionary<string, string?> { ["a"] = "1" }, EffectOf(turn, 1), none);
        await Assert.ThrowsAsync<StorageException>(() => AppendAsync(session, Said("msg_2", "lost", turnId: turn.Id) with { Effect = EffectOf(turn, 3) }));
        await Assert.ThrowsAsync<StorageException>(() =>
            Sessions.SaveDataAsync(session, new Dictionary<string, string?> { ["a"] = "2" }, EffectOf(turn, 7), none));
        await Assert.ThrowsAsync<StorageException>(() => Sessions.RecordEffectAsync(EffectOf(turn, 4), none));
        await ReopenAsync();

        var log = await Sessions.OpenTurnLogAsync(turn, none);

        Assert.Equal([EffectOf(turn, 0, "first"), EffectOf(turn, 1)], log.Effects);
        Assert.Equal(["one", "hello"], await ConversationAsync(session));
        Assert.Equal("1", (await DataAsync(session))["a"]);
    }

    [Fact]
    public async Task An_effects_result_can_follow()
    {
        var (_, turn) = await StartAsync();
        await Sessions.RecordEffectAsync(EffectOf(turn, 0), none);
        await Sessions.RecordEffectAsync(EffectOf(turn, 1), none);

        await Sessions.RecordEffectAsync(EffectOf(turn, 0, "done"), none);

        Assert.Equal([EffectOf(turn, 0, "done"), EffectOf(turn, 1)], (await Sessions.OpenTurnLogAsync(turn, none)).Effects);
    }

    [Fact]
    public async Task A_task_is_recorded_under_the_id_that_it_has()
    {
        var (_, turn) = await StartAsync();
        var submission = new NewTask
        {
            Id = "task_1", Name = "Sync", User = ann, Arguments = "{}", Key = "once", CreatedAt = Time.GetUtcNow(), DueAt = Time.GetUtcNow(), Effect = EffectOf(turn, 0),
        };
        await Stores.Tasks.AddAsync(submission, none);
        await Stores.Tasks.AddAsync(submission with { Id = "task_2", Effect = EffectOf(turn, 1) }, none);

        Assert.Equal([EffectOf(turn, 0, "task_1"), EffectOf(turn, 1, "task_1")], (await Sessions.OpenTurnLogAsync(turn, none)).Effects);
    }

    [Fact]
    public async Task The_values_of_the_start_stay_those_of_the_start()
    {
        var session = await CreateAsync();
        await Sessions.SaveDataAsync(session, new Dictionary<string, string?> { ["a"] = "1" }, null, none);
        await AcceptAsync(session, "one");
        var (turn, start) = await BeginAsync(session);
        Assert.Equal(["a"], (await Sessions.OpenTurnLogAsync(turn, none)).Data.Keys);
        await Sessions.SaveDataAsync(session, new Dictionary<string, string?> { ["a"] = "2", ["b"] = "3" }, null, none);
        await ReopenAsync();

        var resumed = await Sessions.ResumeTurnAsync(turn, crashed: true, none);
        Assert.Equal((start.Seq, true, start.Message), (resumed.Seq, resumed.Enters, resumed.Message));
        var values = (await Sessions.OpenTurnLogAsync(turn, none)).Data;

        Assert.Equal([KeyValuePair.Create("a", "1")], values);
    }

    [Fact]
    public async Task What_was_begun_is_found_with_the_record()
    {
        var (session, turn) = await StartAsync();
        await AppendAsync(session, Events.Delta("msg_cut", "Hel", turn.Id));
        await AppendAsync(session, Events.Delta("msg_cut", "lo", turn.Id));
        await AppendAsync(session, Events.Delta("msg_of_task", "other", null));
        var block = Events.Block(new Block("approval_prompt", [], "blk_open"), turn.Id);
        var prompt = new PromptRecord("blk_open", session, turn.Id, block.Data, Open: true, Time.GetUtcNow() + TimeSpan.FromMinutes(5));
        await Sessions.OpenPromptAsync(prompt, block with { Effect = EffectOf(turn, 0, "blk_open") }, none);
        await Sessions.OpenPromptAsync(prompt with { Id = "blk_closed" }, block, none);
        await Sessions.ClosePromptAsync(session, new PromptClosing("blk_closed", block, "{\"approved\":true}"), Time.GetUtcNow(), none);
        await ReopenAsync();

        var log = await Sessions.OpenTurnLogAsync(turn, none);

        Assert.Equal("Hello", Assert.Single(log.Replies).Value.Text);
        Assert.Equal("blk_open", Assert.Single(log.Prompts).Id);
        Assert.Equal("{\"approved\":true}", (await Sessions.FindPromptAsync(session, "blk_closed", none))!.Answer);
    }

    [Fact]
    public async Task The_record_goes_with_the_end_of_the_turn()
    {
        var (session, turn) = await StartAsync();
        await Sessions.RecordEffectAsync(EffectOf(turn, 0), none);
        await EndAsync(turn, TurnStates.Interrupted);
        await Sessions.RetryTurnAsync(RetryOf(turn), none);

        var (again, _) = await BeginAsync(session);

        Assert.Equal(2, again.Attempt);
        Assert.Empty((await Sessions.OpenTurnLogAsync(again, none)).Effects);
    }

    [Fact]
    public async Task Crashes_are_counted_and_leaving_on_purpose_is_told()
    {
        var (_, turn) = await StartAsync();
        await Sessions.SuspendTurnAsync(turn.Id, none);
        var suspended = Assert.Single((await Sessions.FindLeftoversAsync(none)).Turns);
        await Sessions.ResumeTurnAsync(turn, crashed: false, none);
        await Sessions.ResumeTurnAsync(turn, crashed: true, none);

        var crashed = Assert.Single((await Sessions.FindLeftoversAsync(none)).Turns);

        Assert.Equal((true, 0), (suspended.Suspended, suspended.Crashes));
        Assert.Equal((false, 1), (crashed.Suspended, crashed.Crashes));
    }

    [Fact]
    public async Task A_turn_that_has_ended_badly_is_queued_again_behind_those_that_wait()
    {
        var (session, turn) = await StartAsync();
        await AcceptAsync(session, "two");
        Assert.Equal(RetryOutcome.NotEnded, (await Sessions.RetryTurnAsync(RetryOf(turn), none)).Outcome);
        await AppendAsync(session, Said("msg_half", "half", turnId: turn.Id));
        await Sessions.EndTurnAsync(EndOf(turn, TurnStates.Interrupted) with { Crashed = true }, none);

        Assert.Equal(RetryOutcome.QueueFull, (await Sessions.RetryTurnAsync(RetryOf(turn) with { QueueLength = 1 }, none)).Outcome);
        Assert.Equal(RetryOutcome.GivenUp, (await Sessions.RetryTurnAsync(RetryOf(turn) with { MostCrashes = 1 }, none)).Outcome);
        Assert.Equal(RetryOutcome.NotEnded, (await Sessions.RetryTurnAsync(RetryOf(turn) with { SessionId = await CreateAsync() }, none)).Outcome);
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Sessions.RetryTurnAsync(RetryOf(turn), none)));
        await ReopenAsync();

        Assert.Equal(RetryOutcome.Queued, answers[0].Outcome);
        Assert.All(answers.Skip(1), answer => Assert.Equal(answers[0] with { Outcome = RetryOutcome.AlreadyQueued }, answer));
        Assert.Equal(["one", "half"], await ConversationAsync(session));
        var (second, _) = await BeginAsync(session);
        await EndAsync(second);
        var (again, start) = await BeginAsync(session);
        Assert.Equal(("two", "one", 2, false), (second.MessageId, again.MessageId, again.Attempt, start.Enters));
        Assert.Equal(["two", "one"], await ConversationAsync(session));
    }

    [Fact]
    public async Task A_document_is_written_once_for_each_effect()
    {
        var (_, turn) = await StartAsync();
        var documents = Stores.Documents;
        NewDocument[] milk = [new NewDocument("a", """{"id":"a","n":1}""")];
        for (var run = 0; run < 2; run++)
        {
            await documents.InsertAsync(scope, milk, EffectOf(turn, 0), none);
            Assert.Equal(1, await documents.UpdateAsync(scope, new DocumentSelection(), [new FieldJson("n", "2")], EffectOf(turn, 1), none));
            Assert.Equal(1, await documents.DeleteAsync(scope, new DocumentSelection(Id: "a"), EffectOf(turn, 2), none));
            await ReopenAsync();
            documents = Stores.Documents;
        }

        await Assert.ThrowsAsync<EffectMismatchException>(() =>
            documents.DeleteAsync(scope, new DocumentSelection(), EffectOf(turn, 2) with { Hash = "other" }, none));
        await documents.InsertAsync(scope, milk, EffectOf(turn, 0) with { Attempt = 2 }, none);
        await documents.KeepEffectsAsync([turn.Id], none);
        Assert.Equal(1, await documents.DeleteAsync(scope, new DocumentSelection(), EffectOf(turn, 1), none));
        await documents.ForgetEffectsAsync(turn.Id, none);
        Assert.Equal(1, await documents.DeleteAsync(scope, new DocumentSelection(), EffectOf(turn, 1), none));
        await documents.KeepEffectsAsync([], none);
        Assert.Equal(0, await documents.DeleteAsync(scope, new DocumentSelection(), EffectOf(turn, 1), none));
    }

    private async Task<(string Session, TurnRecord Turn)> StartAsync()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");
        var (turn, _) = await BeginAsync(session);
        await Sessions.OpenTurnLogAsync(turn, none);
        return (session, turn);
    }

    private static TurnRetry RetryOf(TurnRecord turn) => new()
    {
        SessionId = turn.SessionId, TurnId = turn.Id, User = ann, Queued = Events.Turn(turn.Id, TurnStates.Queued), QueueLength = 20, MostCrashes = 3,
    };

    private static Effect EffectOf(TurnRecord turn, int ordinal, string? result = null) => new(turn.Id, turn.Attempt, ordinal, "test", "hash", result);
}

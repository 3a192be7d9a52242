namespace Capsule.Conformance;

public abstract class SessionSuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    [Fact]
    public async Task A_session_comes_back_as_it_was_stored()
    {
        var id = await CreateAsync(chat: "support", title: "Hello");
        await ReopenAsync();

        var session = await Sessions.FindAsync(id, none);

        Assert.Equal(
            new SessionRecord
            {
                Id = id, User = ann, Channel = "chat", Chat = "support", Title = "Hello", CreatedAt = Time.GetUtcNow(), UpdatedAt = Time.GetUtcNow(),
            },
            session);
        Assert.Null(await Sessions.FindAsync("ses_unknown", none));
    }

    [Fact]
    public async Task A_user_s_sessions_are_listed_newest_first_in_pages()
    {
        var ids = new List<string>();
        for (var number = 0; number < 5; number++)
            ids.Insert(0, await CreateAsync());
        await CreateAsync(ben);

        var first = await Sessions.ListAsync(ann.Id, 2, null, none);
        var rest = await Sessions.ListAsync(ann.Id, 10, first![^1].Id, none);

        Assert.Equal(ids, first.Concat(rest!).Select(session => session.Id));
        Assert.Empty((await Sessions.ListAsync("carol", 10, null, none))!);
    }

    [Fact]
    public async Task A_page_begins_at_a_session_of_the_same_user_or_not_at_all()
    {
        await CreateAsync();
        var other = await CreateAsync(ben);

        Assert.Null(await Sessions.ListAsync(ann.Id, 10, other, none));
        Assert.Null(await Sessions.ListAsync(ann.Id, 10, "ses_unknown", none));
    }

    [Fact]
    public async Task A_title_is_stored_with_its_event()
    {
        var id = await CreateAsync();
        Time.Advance(TimeSpan.FromMinutes(1));

        await Sessions.SetTitleAsync(id, "Plans", Events.Title("Plans"), none);

        var session = await Sessions.FindAsync(id, none);
        Assert.Equal(("Plans", 1L, Time.GetUtcNow()), (session!.Title, session.Seq, session.UpdatedAt));
        Assert.Equal(EventTypes.Session, Assert.Single(await EventsAsync(id)).Type);
    }

    [Fact]
    public async Task A_session_is_closed_once_and_its_queue_cancelled()
    {
        var id = await CreateAsync();
        await AcceptAsync(id, "one");
        await AcceptAsync(id, "two");
        var (running, _) = await BeginAsync(id);

        var closed = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            Sessions.CloseAsync(id, Events.Closed(), turnId => Events.Turn(turnId, TurnStates.Cancelled), none)));

        Assert.Single(closed, won => won);
        Assert.True((await Sessions.FindAsync(id, none))!.Closed);
        Assert.Null(await Sessions.FindNextTurnAsync(id, none));
        Assert.Equal(running.Id, (await Sessions.FindActiveTurnAsync(id, none))!.Id);
        Assert.Equal(
            [("turn_of_two", TurnStates.Cancelled)],
            (await EventsAsync(id)).Where(stored => stored.Type == EventTypes.Turn).Skip(3).Select(stored => (stored.TurnId, Events.ReadTurn(stored.Data).State)));
        Assert.Equal(AcceptOutcome.Closed, (await AcceptAsync(id, "three")).Outcome);
    }

    [Fact]
    public async Task Values_change_one_by_one_and_two_writers_merge()
    {
        var id = await CreateAsync();

        await Task.WhenAll(
            Sessions.SaveDataAsync(id, new Dictionary<string, string?> { ["a"] = "1", ["b"] = "2" }, null, none),
            Sessions.SaveDataAsync(id, new Dictionary<string, string?> { ["c"] = """{"d":[null]}""" }, null, none));
        await Sessions.SaveDataAsync(id, new Dictionary<string, string?> { ["a"] = null, ["b"] = "3" }, null, none);
        await ReopenAsync();

        Assert.Equal(
            new Dictionary<string, string> { ["b"] = "3", ["c"] = """{"d":[null]}""" },
            new Dictionary<string, string>(await DataAsync(id)));
        Assert.Empty(await DataAsync("ses_unknown"));
    }

    [Fact]
    public async Task A_call_that_was_cancelled_before_it_began_writes_nothing()
    {
        var id = await CreateAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Sessions.AppendAsync(id, Events.Notification("a", null, null), new CancellationToken(canceled: true)));

        Assert.Empty(await EventsAsync(id));
    }
}

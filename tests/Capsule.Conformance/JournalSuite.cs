namespace Capsule.Conformance;

/// <summary>A journal only grows, in one order, and tells of what it holds after it holds it.</summary>
public abstract class JournalSuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    [Fact]
    public async Task Events_are_numbered_from_one_in_each_session()
    {
        var (first, second) = (await CreateAsync(), await CreateAsync());

        await AppendAsync(first, Events.Notification("a", null, null));
        await AppendAsync(second, Events.Notification("b", "more", null));
        await AppendAsync(first, Events.Notification("c", null, "turn_1"));

        Assert.Equal([1L, 2L], (await EventsAsync(first)).Select(stored => stored.Seq));
        var only = Assert.Single(await EventsAsync(second));
        Assert.Equal((1L, EventTypes.Notification, """{"text":"b","detail":"more"}"""), (only.Seq, only.Type, only.Data));
        Assert.Equal("turn_1", (await EventsAsync(first))[1].TurnId);
    }

    [Fact]
    public async Task Writes_asked_for_at_once_are_stored_in_the_order_asked()
    {
        var session = await CreateAsync();

        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => AppendAsync(session, Events.Notification($"{number}", null, null))));

        var events = await EventsAsync(session);
        Assert.Equal(Enumerable.Range(1, 200).Select(number => (long)number), events.Select(stored => stored.Seq));
        Assert.Equal(Enumerable.Range(0, 200).Select(number => $$"""{"text":"{{number}}"}"""), events.Select(stored => stored.Data));
    }

    [Fact]
    public async Task Writers_of_many_sessions_do_not_disturb_each_other()
    {
        var sessions = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => CreateAsync()));

        await Task.WhenAll(sessions.Select(session => Task.Run(async () =>
        {
            for (var number = 0; number < 25; number++)
                await AppendAsync(session, Events.Notification($"{number}", null, null));
        })));

        foreach (var session in sessions)
            Assert.Equal(Enumerable.Range(0, 25).Select(number => $$"""{"text":"{{number}}"}"""), (await EventsAsync(session)).Select(stored => stored.Data));
    }

    [Fact]
    public async Task Reading_begins_after_a_place_and_is_limited()
    {
        var session = await CreateAsync();
        for (var number = 1; number <= 5; number++)
            await AppendAsync(session, Events.Notification($"{number}", null, null));

        Assert.Equal([3L, 4L], (await Sessions.ReadEventsAsync(session, after: 2, limit: 2, none)).Select(stored => stored.Seq));
        Assert.Empty(await EventsAsync(session, after: 5));
        Assert.Empty(await EventsAsync("ses_unknown"));
    }

    [Fact]
    public async Task An_append_to_no_session_stores_nothing_and_says_so()
    {
        await Assert.ThrowsAsync<StorageException>(() => AppendAsync("ses_unknown", Events.Notification("a", null, null)));

        Assert.Empty(await EventsAsync("ses_unknown"));
    }

    [Fact]
    public async Task What_was_appended_is_told_in_order_when_it_can_be_read_and_before_the_call_returns()
    {
        var session = await CreateAsync();
        var told = new List<(long Seq, bool Readable)>();
        Sessions.Appended += (id, events) =>
        {
            foreach (var added in events)
                told.Add((added.Seq, id == session && Sessions.ReadEventsAsync(id, added.Seq - 1, 1, none).Result.Count == 1));
        };

        var writes = Enumerable.Range(0, 20).Select(number => AppendAsync(session, Events.Notification($"{number}", null, null))).ToList();
        await Task.WhenAll(writes);

        Assert.Equal(Enumerable.Range(1, 20).Select(number => ((long)number, true)), told);
    }

    [Fact]
    public async Task A_message_takes_the_place_of_its_deltas()
    {
        var session = await CreateAsync();
        await AppendAsync(session, Events.Delta("msg_1", "Hel", "turn_1"));
        await AppendAsync(session, Events.Delta("msg_1", "lo", "turn_1"));

        await AppendAsync(session, Said("msg_1", "Hello", turnId: "turn_1"));

        var only = Assert.Single(await EventsAsync(session));
        Assert.Equal((3L, EventTypes.Message), (only.Seq, only.Type));
    }

    [Fact]
    public async Task A_reply_keeps_its_place_when_others_came_after_its_begin()
    {
        var session = await CreateAsync();
        await AppendAsync(session, Events.Delta("msg_1", "Hel", null));
        await AppendAsync(session, Said("msg_2", "in between"));
        await AppendAsync(session, Events.Delta("msg_1", "lo", null));

        await AppendAsync(session, Said("msg_1", "Hello"));

        Assert.Equal(
            [(1L, EventTypes.Delta), (2L, EventTypes.Message), (4L, EventTypes.Message)],
            (await EventsAsync(session)).Select(stored => (stored.Seq, stored.Type)));
    }

    [Fact]
    public async Task A_number_is_never_given_again()
    {
        var session = await CreateAsync();
        await AppendAsync(session, Events.Delta("msg_1", "a", null));
        await AppendAsync(session, Said("msg_1", "a"));
        await ReopenAsync();

        await AppendAsync(session, Events.Notification("b", null, null));

        Assert.Equal([2L, 3L], (await EventsAsync(session)).Select(stored => stored.Seq));
        Assert.Equal(3, (await Sessions.FindAsync(session, none))!.Seq);
    }

    [Fact]
    public async Task Text_of_any_kind_comes_back_as_it_was()
    {
        const string text = "Grüße 😀 \" \\ \u0001 \u2028 'quoted' 日本語";
        var session = await CreateAsync();

        await AppendAsync(session, Said("msg_1", text));
        await ReopenAsync();

        Assert.Equal([text], await ConversationAsync(session));
    }

    [Fact]
    public async Task A_user_s_message_stands_where_its_turn_began()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");
        await AcceptAsync(session, "two");
        Assert.Empty(await ConversationAsync(session));
        var (first, _) = await BeginAsync(session);
        await AppendAsync(session, Said("msg_1", "answer to one"));
        await EndAsync(first);
        var (second, start) = await BeginAsync(session);
        await AppendAsync(session, Said("msg_2", "answer to two"));
        await EndAsync(second);

        Assert.Equal(["one", "answer to one", "two", "answer to two"], await ConversationAsync(session));
        Assert.Equal(["one", "answer to one"], await ConversationAsync(session, before: start.Seq));
        Assert.Equal(["two", "answer to two"], await ConversationAsync(session, limit: 2));
    }
}

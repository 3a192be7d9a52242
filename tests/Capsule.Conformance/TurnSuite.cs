namespace Capsule.Conformance;

/// <summary>A message is stored once, with one turn; turns begin in the order accepted and end once.</summary>
public abstract class TurnSuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    [Fact]
    public async Task A_message_is_stored_with_its_queued_turn()
    {
        var session = await CreateAsync();

        var accepted = await AcceptAsync(session, "one");
        await ReopenAsync();

        Assert.Equal((AcceptOutcome.Accepted, "turn_of_one", 1), (accepted.Outcome, accepted.TurnId, accepted.Seq));
        Assert.Equal([EventTypes.Message, EventTypes.Turn], (await EventsAsync(session)).Select(stored => stored.Type));
        var turn = await Sessions.FindNextTurnAsync(session, none);
        Assert.Equal(("turn_of_one", session, "one", TurnStates.Queued, ann), (turn!.Id, turn.SessionId, turn.MessageId, turn.State, turn.User));
    }

    [Fact]
    public async Task A_turn_is_active_from_its_message_to_its_end_whenever_one_looks()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "0");
        using var stop = new CancellationTokenSource();
        var looking = Task.Run(async () =>
        {
            var (looks, missed) = (0, 0);
            for (; !stop.IsCancellationRequested; looks++)
                missed += await Sessions.FindActiveTurnAsync(session, none) is null ? 1 : 0;
            return (looks, missed);
        });

        // There is always one that runs or waits.
        for (var number = 1; number <= 100; number++)
        {
            var (turn, _) = await BeginAsync(session);
            await AcceptAsync(session, $"{number}");
            await EndAsync(turn);
        }
        await stop.CancelAsync();

        var (looks, missed) = await looking;
        Assert.Equal(0, missed);
        Assert.NotEqual(0, looks);
    }

    [Fact]
    public async Task The_same_message_again_has_the_same_answer_and_changes_nothing()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "other");

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => AcceptAsync(session, "one")));
        await ReopenAsync();
        var later = await AcceptAsync(session, "one");

        Assert.Single(answers, answer => answer.Outcome == AcceptOutcome.Accepted);
        Assert.All(answers, answer => Assert.Equal(("turn_of_one", 3L), (answer.TurnId, answer.Seq)));
        Assert.Equal(new Acceptance(AcceptOutcome.AlreadyAccepted, "turn_of_one", 3), later);
        Assert.Equal(4, (await EventsAsync(session)).Count);
    }

    [Fact]
    public async Task An_id_says_one_thing_in_a_session()
    {
        var (session, another) = (await CreateAsync(), await CreateAsync());
        await AcceptAsync(session, "one");
        await AppendAsync(session, Said("msg_app", "an answer"));
        await AppendAsync(session, Events.Delta("msg_growing", "an ans", null));

        Assert.Equal(AcceptOutcome.IdTaken, (await AcceptAsync(session, "one", text: "something else")).Outcome);
        Assert.Equal(AcceptOutcome.IdTaken, (await AcceptAsync(session, "msg_app")).Outcome);
        Assert.Equal(AcceptOutcome.IdTaken, (await AcceptAsync(session, "msg_growing")).Outcome);
        Assert.Equal(AcceptOutcome.Accepted, (await AcceptAsync(another, "elsewhere")).Outcome);
    }

    [Fact]
    public async Task A_queue_has_a_length()
    {
        var session = await CreateAsync();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 5).Select(number => AcceptAsync(session, $"m{number}", queueLength: 3)));

        Assert.Equal(3, outcomes.Count(accepted => accepted.Outcome == AcceptOutcome.Accepted));
        Assert.Equal(2, outcomes.Count(accepted => accepted.Outcome == AcceptOutcome.QueueFull));
        await BeginAsync(session);
        Assert.Equal(AcceptOutcome.Accepted, (await AcceptAsync(session, "m9", queueLength: 3)).Outcome);
    }

    [Fact]
    public async Task Turns_begin_in_the_order_accepted()
    {
        var session = await CreateAsync();
        for (var number = 0; number < 5; number++)
            await AcceptAsync(session, $"m{number}");

        var begun = new List<string>();
        var entered = new List<bool>();
        for (var number = 0; number < 5; number++)
        {
            var (turn, start) = await BeginAsync(session);
            begun.Add(turn.MessageId);
            entered.Add(start.Enters);
            await EndAsync(turn);
        }

        Assert.Equal(["m0", "m1", "m2", "m3", "m4"], begun);
        Assert.Equal([true, false, false, false, false], entered);
        Assert.Null(await Sessions.FindNextTurnAsync(session, none));
        Assert.Null(await Sessions.FindActiveTurnAsync(session, none));
    }

    [Fact]
    public async Task A_turn_begins_once()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");
        var turn = (await Sessions.FindNextTurnAsync(session, none))!;

        var starts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ =>
            Sessions.BeginTurnAsync(turn, Events.Turn(turn.Id, TurnStates.Started), none)));

        Assert.Equal(3, Assert.Single(starts, start => start is not null)!.Seq);
        Assert.Equal(3, (await EventsAsync(session)).Count);
    }

    [Fact]
    public async Task A_turn_begins_only_when_it_comes_first()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");
        var second = (await AcceptAsync(session, "two")).Turn!;

        Assert.Null(await Sessions.BeginTurnAsync(second, Events.Turn(second.Id, TurnStates.Started), none));
        var (first, _) = await BeginAsync(session);

        Assert.Equal("one", first.MessageId);
        Assert.NotNull(await Sessions.BeginTurnAsync(second, Events.Turn(second.Id, TurnStates.Started), none));
    }

    [Fact]
    public async Task A_turn_begins_only_as_the_attempt_that_is_queued()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");
        var turn = (await Sessions.FindNextTurnAsync(session, none))!;
        var earlier = turn with { Attempt = turn.Attempt - 1 };

        Assert.Null(await Sessions.BeginTurnAsync(earlier, Events.Turn(turn.Id, TurnStates.Started), none));
        Assert.NotNull(await Sessions.BeginTurnAsync(turn, Events.Turn(turn.Id, TurnStates.Started), none));
    }

    [Fact]
    public async Task A_turn_begins_with_its_session_and_message_and_ends_with_the_turn_that_comes_next()
    {
        var session = await CreateAsync(chat: "sales");
        var accepted = (await AcceptAsync(session, "one", text: "Hello")).Turn;
        await AcceptAsync(session, "two");

        var (turn, start) = await BeginAsync(session);

        Assert.Equal(accepted, turn);
        Assert.Equal((session, "sales", start.Seq - 1), (start.Session.Id, start.Session.Chat, start.Session.Seq));
        Assert.Equal("Hello", Events.ReadMessage(start.Message.Data).Text);
        var next = await Sessions.EndTurnAsync(EndOf(turn, TurnStates.Completed), none);
        Assert.Equal("two", next!.MessageId);
        Assert.Equal(next, await Sessions.EndTurnAsync(EndOf(turn, TurnStates.Completed), none));
        Assert.NotNull(await Sessions.BeginTurnAsync(next, Events.Turn(next.Id, TurnStates.Started), none));
        Assert.Null(await Sessions.EndTurnAsync(EndOf(next, TurnStates.Completed), none));
    }

    [Fact]
    public async Task A_message_is_taken_only_from_the_user_whose_session_it_is()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");

        Assert.Equal(AcceptOutcome.NoSession, (await AcceptAsync(session, "two", user: new UserInfo { Id = "ben" })).Outcome);
        Assert.Equal(AcceptOutcome.NoSession, (await AcceptAsync(session, "one", user: new UserInfo { Id = "ben" })).Outcome);
        Assert.Equal(AcceptOutcome.NoSession, (await AcceptAsync("ses_unknown", "three")).Outcome);
        Assert.Equal(2, (await EventsAsync(session)).Count);
    }

    [Fact]
    public async Task A_turn_ends_once_with_all_that_belongs_to_its_end()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");
        var (turn, _) = await BeginAsync(session);
        var end = EndOf(turn, TurnStates.Completed) with
        {
            Messages = [Said("msg_1", "the rest", turnId: turn.Id)],
            Data = new Dictionary<string, string?> { ["mood"] = "\"good\"" },
        };

        await Task.WhenAll(Sessions.EndTurnAsync(end, none), Sessions.EndTurnAsync(EndOf(turn, TurnStates.Failed), none));
        await ReopenAsync();

        var events = await EventsAsync(session);
        Assert.Equal([EventTypes.Message, EventTypes.Turn], events.Skip(3).Select(stored => stored.Type));
        Assert.Equal(TurnStates.Completed, Events.ReadTurn(events[^1].Data).State);
        Assert.Equal("\"good\"", (await DataAsync(session))["mood"]);
    }

    [Fact]
    public async Task Beginning_and_cancelling_exclude_each_other()
    {
        for (var round = 0; round < 10; round++)
        {
            var session = await CreateAsync();
            await AcceptAsync(session, $"m{round}");
            var turn = (await Sessions.FindNextTurnAsync(session, none))!;

            var beginning = Task.Run(() => Sessions.BeginTurnAsync(turn, Events.Turn(turn.Id, TurnStates.Started), none));
            var cancelling = Task.Run(() => Sessions.CancelQueuedTurnAsync(session, turn.Id, Events.Turn(turn.Id, TurnStates.Cancelled), none));

            Assert.NotEqual(await beginning is not null, await cancelling);
        }
    }

    [Fact]
    public async Task A_cancelled_turn_does_not_begin_and_its_message_stays_in_the_conversation()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");

        Assert.False(await Sessions.CancelQueuedTurnAsync("ses_other", "turn_of_one", Events.Turn("turn_of_one", TurnStates.Cancelled), none));
        Assert.True(await Sessions.CancelQueuedTurnAsync(session, "turn_of_one", Events.Turn("turn_of_one", TurnStates.Cancelled), none));
        Assert.False(await Sessions.CancelQueuedTurnAsync(session, "turn_of_one", Events.Turn("turn_of_one", TurnStates.Cancelled), none));

        Assert.Null(await Sessions.FindNextTurnAsync(session, none));
        Assert.Equal(["one"], await ConversationAsync(session));
    }

    [Fact]
    public async Task What_a_process_leaves_behind_is_found_by_the_next()
    {
        var (busy, waiting, quiet) = (await CreateAsync(), await CreateAsync(), await CreateAsync());
        await AcceptAsync(busy, "one");
        await AcceptAsync(waiting, "two");
        await AcceptAsync(quiet, "three");
        var (turn, _) = await BeginAsync(busy);
        await AppendAsync(busy, Events.Delta("msg_1", "Hel", turn.Id));
        await AppendAsync(busy, Events.Delta("msg_1", "lo", turn.Id));
        await EndAsync((await BeginAsync(quiet)).Turn);
        await ReopenAsync();

        var left = await Sessions.FindLeftoversAsync(none);

        Assert.Equal(turn.Id, Assert.Single(left.Turns).Id);
        Assert.Equal(new UnfinishedReply(busy, "msg_1", turn.Id, "Hello", Time.GetUtcNow()), Assert.Single(left.Replies));
        Assert.Equal([waiting], left.Sessions);
    }
}

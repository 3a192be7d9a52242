using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Sessions;

public sealed class TurnTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_message_is_answered()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync("You said: " + message.Text));
        var session = await app.BeginAsync();

        var events = await app.ConverseAsync(session, "hello");

        Assert.Equal(["message", "turn", "turn", "message", "turn"], events.Select(streamed => streamed.Type));
        Assert.Equal([1, 2, 3, 4, 5], events.Select(streamed => streamed.Seq));
        Assert.Equal("You said: hello", (string?)events[3].Data["text"]);
        Assert.Equal("app", (string?)events[3].Data["sender"]);
        Assert.Equal("completed", (string?)events[4].Data["state"]);
    }

    [Fact]
    public async Task Turns_of_a_session_run_one_at_a_time_in_the_order_accepted()
    {
        var running = 0;
        var mostRunning = 0;
        var handled = new ConcurrentQueue<string>();
        await using var app = await ChatApp.StartAsync(
            folder,
            async (session, message) =>
            {
                mostRunning = Math.Max(mostRunning, Interlocked.Increment(ref running));
                await session.ReplyAsync("on " + message.Text);
                handled.Enqueue(message.Text);
                Interlocked.Decrement(ref running);
            },
            limits => limits.QueueLength = 100);
        var session = await app.BeginAsync();

        var accepted = await Task.WhenAll(Enumerable.Range(0, 40).Select(async number =>
            (Text: $"m{number}", Seq: (long)(await app.SayAsync(session, $"m{number}"))["seq"]!)));
        await using var reader = app.Read(session);
        var ended = 0;
        await reader.UntilAsync(streamed => streamed.Type == "turn" && (string)streamed.Data["state"]! == "completed" && ++ended == 40);

        Assert.Equal(accepted.OrderBy(message => message.Seq).Select(message => message.Text), handled);
        Assert.Equal(1, mostRunning);
    }

    [Fact]
    public async Task Sessions_run_side_by_side()
    {
        using var both = new Rendezvous(2);
        await using var app = await ChatApp.StartAsync(folder, (_, _) => both.ArriveAsync());
        var first = await app.BeginAsync();
        var second = await app.BeginAsync();

        await Task.WhenAll(app.ConverseAsync(first, "a"), app.ConverseAsync(second, "b"));
    }

    [Fact]
    public async Task A_user_has_so_many_turns_running_and_no_more()
    {
        var release = new TaskCompletionSource();
        var begun = new ConcurrentQueue<string>();
        var beganBob = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(
            folder,
            async (session, message) =>
            {
                begun.Enqueue(message.Text);
                if (session.User.Id == "bob")
                    beganBob.SetResult();
                await release.Task;
            },
            limits => limits.ConcurrentTurnsPerUser = 1);
        var first = await app.BeginAsync();
        var second = await app.BeginAsync();
        await app.SayAsync(first, "first");
        await using var reader = app.Read(first);
        await reader.UntilAsync(streamed => streamed.Type == "turn" && (string)streamed.Data["state"]! == "started");
        await app.SayAsync(second, "second");

        using var bob = app.ClientOf("bob");
        using var created = await bob.PostAsync("/capsule/sessions", null);
        using var posted = await bob.PostAsync(created.Headers.Location + "/messages", Json.Content(new { text = "bob's" }));
        await beganBob.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.DoesNotContain("second", begun);
        Assert.Equal("queued", (string?)(await app.GetAsync($"/capsule/sessions/{second}"))["turn"]!["state"]);
        release.SetResult();
        await using var late = app.Read(second);
        await late.UntilAsync(streamed => streamed.Type == "turn" && (string)streamed.Data["state"]! == "completed");
    }

    [Fact]
    public async Task So_many_turns_run_in_all_and_those_that_wait_for_their_user_do_not_count()
    {
        var ran = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(
            folder,
            async (session, message) =>
            {
                if (message.Text == "ask")
                    await session.PromptApprovalAsync("Go on?");
                else
                    ran.SetResult();
            },
            limits => limits.ConcurrentTurns = 1);
        var asking = await app.BeginAsync();
        await app.SayAsync(asking, "ask");
        await using var reader = app.Read(asking);
        var block = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data;

        await app.SayAsync(await app.BeginAsync(), "run");

        await ran.Task.WaitAsync(TimeSpan.FromSeconds(20));
        using var answered = await app.Client.PostAsync($"/capsule/sessions/{asking}/prompts/{block["id"]}", Json.Content(new { approved = true }));
        Assert.Equal("completed", (string?)(await reader.UntilAsync(streamed => streamed.Type == "turn"))[^1].Data["state"]);
    }

    [Fact]
    public async Task A_failure_is_told_without_its_text_and_logged_with_it()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => throw new InvalidOperationException("secret of the house"));
        var session = await app.BeginAsync();

        var end = (await app.ConverseAsync(session, "my words"))[^1];

        Assert.Equal("failed", (string?)end.Data["state"]);
        Assert.DoesNotContain("secret", end.Data.ToJsonString());
        Assert.NotEmpty((string)end.Data["error"]!);
        var traceId = (string)end.Data["traceId"]!;
        var logged = Assert.Single(app.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Contains(traceId, logged.Message);
        Assert.Contains(session, logged.Message);
        Assert.Equal("secret of the house", logged.Exception!.Message);
        Assert.DoesNotContain(app.Log.Entries, entry => entry.Message.Contains("my words"));
    }

    [Fact]
    public async Task The_session_goes_on_after_a_failure()
    {
        await using var app = await ChatApp.StartAsync(
            folder, (session, message) => message.Text == "bad" ? throw new InvalidOperationException() : session.ReplyAsync("fine"));
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "bad");

        var events = await app.ConverseAsync(session, "good");

        Assert.Equal("completed", (string?)events[^1].Data["state"]);
    }

    [Fact]
    public async Task Too_many_waiting_messages_are_refused_and_not_kept()
    {
        var release = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(
            folder,
            (_, _) =>
            {
                begun.TrySetResult();
                return release.Task;
            },
            limits => limits.QueueLength = 2);
        var session = await app.BeginAsync();
        await app.SayAsync(session, "runs");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await app.SayAsync(session, "waits");
        await app.SayAsync(session, "waits too");
        var before = (long)(await app.GetAsync($"/capsule/sessions/{session}"))["seq"]!;

        using var refused = await app.PostAsync(session, new { text = "one too many" });

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter?.Delta);
        Assert.NotNull((await Json.ReadAsync(refused))["traceId"]);
        Assert.Equal(before, (long)(await app.GetAsync($"/capsule/sessions/{session}"))["seq"]!);
        release.SetResult();
    }

    [Fact]
    public async Task A_turn_that_takes_too_long_is_stopped()
    {
        await using var app = await ChatApp.StartAsync(
            folder,
            (session, _) => Task.Delay(Timeout.Infinite, session.CancellationToken),
            limits => limits.TurnSeconds = 60);
        var session = await app.BeginAsync();
        await app.SayAsync(session, "hang");
        await using var reader = app.Read(session);
        await reader.UntilAsync(streamed => streamed.Type == "turn" && (string)streamed.Data["state"]! == "started");

        app.Time.Advance(TimeSpan.FromSeconds(61));

        var end = (await reader.UntilAsync(streamed => streamed.Type == "turn"))[^1];
        Assert.Equal("failed", (string?)end.Data["state"]);
        Assert.Contains("too long", (string?)end.Data["error"]);
    }

    [Fact]
    public async Task A_call_that_waits_for_an_answer_waits_no_longer_than_a_turn_may_take()
    {
        var begun = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(
            folder,
            async (session, _) =>
            {
                begun.SetResult();
                await Task.Delay(Timeout.Infinite, session.CancellationToken);
            },
            limits => limits.TurnSeconds = 60);
        var calling = app.Client.PostAsJsonAsync("/capsule/chat", new { text = "hang" });
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        app.Time.Advance(TimeSpan.FromSeconds(61));

        using var answer = await calling;
        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
    }

    [Fact]
    public async Task The_current_session_is_the_turns_own()
    {
        using var both = new Rendezvous(2);
        var seen = new ConcurrentDictionary<string, string?>();
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await both.ArriveAsync();
            seen[session.Id] = Session.Current?.Id;
        });
        var first = await app.BeginAsync();
        var second = await app.BeginAsync();

        await Task.WhenAll(app.ConverseAsync(first, "a"), app.ConverseAsync(second, "b"));

        Assert.Equal(first, seen[first]);
        Assert.Equal(second, seen[second]);
        Assert.Null(Session.Current);
    }

    [Fact]
    public async Task After_its_end_a_turn_sends_nothing()
    {
        Session? kept = null;
        await using var app = await ChatApp.StartAsync(folder, (session, _) =>
        {
            kept = session;
            return Task.CompletedTask;
        });
        await app.ConverseAsync(await app.BeginAsync(), "hello");

        await Assert.ThrowsAsync<InvalidOperationException>(() => kept!.ReplyAsync("too late"));
        kept!.Data["late"] = 1;
        await Assert.ThrowsAsync<InvalidOperationException>(() => kept.Data.FlushAsync());
    }

    [Fact]
    public async Task A_blocks_members_without_a_value_are_absent()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) =>
            session.ShowAsync(new Block("card", JsonNode.Parse("""{"a":null,"b":{"c":null},"rows":[{"d":null,"e":1},null]}""")!.AsObject())));

        var events = await app.ConverseAsync(await app.BeginAsync(), "show");

        Assert.Equal("""{"b":{},"rows":[{"e":1},null]}""", events.Single(streamed => streamed.Type == "block").Data["payload"]!.ToJsonString());
    }

    [Fact]
    public async Task Outputs_appear_in_the_order_of_the_calls()
    {
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await session.NotifyAsync("  Thinking...  ", " deeply ");
            await session.NotifyAsync(" ");
            await session.SetTitleAsync("A  new\ntitle");
            await session.ShowAsync(new Block("custom", new JsonObject { ["a"] = 1, ["none"] = null }, "blk_one"));
            await Task.WhenAll(Enumerable.Range(0, 20).Select(number => session.ReplyAsync($"r{number}")));
        });
        var session = await app.BeginAsync();

        var events = await app.ConverseAsync(session, "go");

        Assert.Equal("""{"text":"Thinking...","detail":"deeply"}""", events[3].Data.ToJsonString());
        Assert.Equal("""{"title":"A new title"}""", events[4].Data.ToJsonString());
        Assert.Equal("""{"id":"blk_one","type":"custom","payload":{"a":1}}""", events[5].Data.ToJsonString());
        Assert.Equal(Enumerable.Range(0, 20).Select(number => $"r{number}"), events[6..^1].Select(streamed => (string)streamed.Data["text"]!));
        Assert.Equal("A new title", (string?)(await app.GetAsync($"/capsule/sessions/{session}"))["title"]);
    }
}

using System.Net;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Wire;

/// <summary>Events, how they are read, and what each type holds.</summary>
public sealed class EventTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public async Task Events_come_as_server_sent_events_that_no_proxy_holds_back()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "reply hello");
        using var stream = await EventStream.OpenAsync(caller.Http, $"/capsule/sessions/{id}/events");
        Assert.Equal(["no"], stream.Response.Headers.GetValues("X-Accel-Buffering"));
        Assert.True(stream.Response.Headers.CacheControl is { NoCache: true } or { NoStore: true });
        var events = await stream.ReadUntilAsync(e => e.IsTurn("completed"));
        Assert.Equal(events.Select(e => e.Seq).Distinct().Order(), events.Select(e => e.Seq));
        Assert.True(events[0].Seq > 0);
    }

    [Fact]
    public async Task After_gives_events_with_a_greater_seq_and_Last_Event_ID_wins_over_it()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var all = await caller.AskAsync(id, "reply hello");
        var last = all[^1].Seq;
        Assert.Equal(all.Where(e => e.Seq > all[1].Seq).Select(e => e.Seq), (await caller.ReadAsync(id, all[1].Seq, e => e.Seq == last)).Select(e => e.Seq));

        var before = all[^2].Seq.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var stream = await EventStream.OpenAsync(caller.Http, $"/capsule/sessions/{id}/events?after=0", null, ("Last-Event-ID", before));
        Assert.Equal(last, (await stream.NextAsync())!.Seq);
    }

    [Fact]
    public async Task A_stream_goes_on_live()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        using var stream = await EventStream.OpenAsync(caller.Http, $"/capsule/sessions/{id}/events");
        await caller.SayAsync(id, "reply live");
        var events = await stream.ReadUntilAsync(e => e.IsTurn("completed"));
        Assert.Contains(events, e => e.Type == "message" && e.Data.Text("text") == "live");
    }

    [Theory]
    [InlineData("after=nonsense", null)]
    [InlineData("after=-1", null)]
    [InlineData("after=0", "nonsense")]
    public async Task A_bad_position_is_a_400_problem(string query, string? header)
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        (string, string)[] headers = header is null ? [] : [("Last-Event-ID", header)];
        await (await caller.GetAsync($"/capsule/sessions/{id}/events?{query}", headers)).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task With_accept_json_one_page_of_events_says_whether_there_is_more()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "reply hello");
        using var response = await caller.GetAsync($"/capsule/sessions/{id}/events", ("Accept", "application/json"));
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        var page = await response.JsonAsync(HttpStatusCode.OK);
        page.AssertShape(["events", "more"]);
        Assert.False(page.GetProperty("more").GetBoolean());
        var events = page.GetProperty("events").EnumerateArray().Select(SessionEvent.Parse).ToList();
        var second = await caller.GetJsonWithAfterAsync(id, events[0].Seq);
        Assert.Equal(events.Skip(1).Select(e => e.Seq), second.Select(e => e.Seq));
    }

    [Fact]
    public async Task A_page_holds_at_most_500_events()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "reply-many 510");
        var page = await (await caller.GetAsync($"/capsule/sessions/{id}/events", ("Accept", "application/json"))).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(500, page.GetProperty("events").GetArrayLength());
        Assert.True(page.GetProperty("more").GetBoolean());
        var all = await caller.EventsAsync(id);
        Assert.Equal(510, all.Count(e => e.Type == "message" && e.Data.Text("sender") == "app"));
    }

    [Fact]
    public async Task A_turn_is_queued_started_and_completed()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var events = await caller.AskAsync(id, "reply hello");
        var turns = events.Where(e => e.Type == "turn").ToList();
        Assert.Equal(["queued", "started", "completed"], turns.Select(e => e.Data.Text("state")));
        Assert.All(turns, turn => turn.Data.AssertShape(["id", "state"]));
    }

    [Fact]
    public async Task A_failed_turn_has_a_safe_sentence_and_a_trace_id()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var failed = (await caller.AskAsync(id, "fail"))[^1];
        Assert.True(failed.IsTurn("failed"));
        failed.Data.AssertShape(["id", "state", "error", "traceId"]);
        Assert.DoesNotContain("secret", failed.Data.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", failed.Data.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_message_event_holds_id_sender_text_timestamp_and_its_turn()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var messages = (await caller.AskAsync(id, "reply hello")).Where(e => e.Type == "message").ToList();
        Assert.Equal(["user", "app"], messages.Select(e => e.Data.Text("sender")));
        Assert.Equal(["reply hello", "hello"], messages.Select(e => e.Data.Text("text")));
        Assert.All(messages, message =>
        {
            message.Data.AssertShape(["id", "sender", "text", "timestamp"], "turnId");
            Assert.Equal(TimeSpan.Zero, message.Data.GetProperty("timestamp").GetDateTimeOffset().Offset);
        });
    }

    [Fact]
    public async Task A_message_event_has_its_attachments()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var file = await caller.UploadAsync("notes.txt", "hello");
        var message = (await caller.AskAsync(id, "message", file.Text("id"))).First(e => e.Type == "message");
        var attachment = Assert.Single(message.Data.GetProperty("attachments").EnumerateArray());
        Assert.Equal("notes.txt", attachment.Text("name"));
        Assert.Equal("text/plain", attachment.Text("contentType"));
        Assert.Equal(5, attachment.GetProperty("size").GetInt64());
        Assert.Equal(file.Text("url"), attachment.Text("url"));
    }

    [Fact]
    public async Task Deltas_build_the_message_that_ends_them()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        using var stream = await EventStream.OpenAsync(caller.Http, $"/capsule/sessions/{id}/events");
        await caller.SayAsync(id, "stream-gated " + id);
        var begun = await stream.ReadUntilAsync(e => e.Type == "delta");
        begun[^1].Data.AssertShape(["messageId", "text"]);
        Assert.Equal("first ", begun[^1].Data.Text("text"));
        app.Signals.Open(id);
        var ended = await stream.ReadUntilAsync(e => e.IsTurn("completed"));
        var text = string.Concat(begun.Concat(ended).Where(e => e.Type == "delta").Select(e => e.Data.Text("text")));
        var message = Assert.Single(ended, e => e.Type == "message");
        Assert.Equal(begun[^1].Data.Text("messageId"), message.Data.Text("id"));
        Assert.Equal("first second", message.Data.Text("text"));
        Assert.StartsWith(text, "first second", StringComparison.Ordinal);
        Assert.False(message.Data.Has("partial"));
    }

    [Fact]
    public async Task A_reader_that_reconnects_anywhere_holds_the_same_conversation()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        using var whole = await EventStream.OpenAsync(caller.Http, $"/capsule/sessions/{id}/events");
        await caller.SayAsync(id, "stream-gated " + id);
        var live = new List<SessionEvent>(await whole.ReadUntilAsync(e => e.Type == "delta"));
        var middle = live[^1].Seq;
        app.Signals.Open(id);
        live.AddRange(await whole.ReadUntilAsync(e => e.IsTurn("completed")));
        var last = live[^1].Seq;

        var expected = Conversation(live);
        foreach (var cut in live.Select(e => e.Seq).Where(seq => seq < last).Append(0).Append(middle))
        {
            var seen = live.Where(e => e.Seq <= cut).Concat(await caller.ReadAsync(id, cut, e => e.Seq == last));
            Assert.Equal(expected, Conversation(seen));
        }
    }

    [Fact]
    public async Task A_notification_holds_text_and_detail()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var told = Assert.Single(await caller.AskAsync(id, "notify Thinking..."), e => e.Type == "notification");
        told.Data.AssertShape(["text", "detail"]);
        var plain = Assert.Single(await caller.AskAsync(id, "notify-plain Still thinking"), e => e.Type == "notification");
        plain.Data.AssertShape(["text"]);
        Assert.Equal("[]", (await caller.AnswerAsync(await caller.OpenAsync(), "history")));
    }

    [Fact]
    public async Task A_block_holds_exactly_id_type_and_payload()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        foreach (var command in new[] { "show Bern", "show-image", "show-browser" })
        {
            var block = Assert.Single(await caller.AskAsync(id, command), e => e.Type == "block");
            block.Data.AssertShape(["id", "type", "payload"]);
            Assert.Matches("^blk_[0-9a-f]{12}$", block.Data.Text("id"));
        }
    }

    [Fact]
    public async Task Streams_end_when_the_server_stops()
    {
        var other = new ContractApp();
        await other.InitializeAsync();
        var caller = other.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "reply hello");
        using var stream = await EventStream.OpenAsync(caller.Http, $"/capsule/sessions/{id}/events");
        await stream.ReadUntilAsync(e => e.IsTurn("completed"));
        await other.DisposeAsync();
        Assert.Empty(await stream.ReadToEndAsync());
    }

    /// <summary>What a page shows: the last text of each message, deltas appended.</summary>
    private static string Conversation(IEnumerable<SessionEvent> events)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var e in events)
        {
            if (e.Type == "message")
                texts[e.Data.Text("id")] = e.Data.Text("text");
            else if (e.Type == "delta")
                texts[e.Data.Text("messageId")] = texts.GetValueOrDefault(e.Data.Text("messageId"), "") + e.Data.Text("text");
        }
        return string.Join('\n', texts.Select(pair => $"{pair.Key}: {pair.Value}"));
    }
}

internal static class Pages
{
    public static async Task<IReadOnlyList<SessionEvent>> GetJsonWithAfterAsync(this Caller caller, string session, long after)
    {
        var page = await (await caller.GetAsync($"/capsule/sessions/{session}/events?after={after}", ("Accept", "application/json"))).JsonAsync(HttpStatusCode.OK);
        return [.. page.GetProperty("events").EnumerateArray().Select(SessionEvent.Parse)];
    }
}

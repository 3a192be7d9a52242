using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Wire;

/// <summary>The rows of the wire contract below <c>/capsule/sessions</c>.</summary>
public sealed class SessionCallTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public async Task Creating_a_session_answers_201_with_location_and_id_channel_createdAt()
    {
        var caller = app.Guest();
        using var response = await caller.PostAsync("/capsule/sessions");
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var session = await response.Content.ReadFromJsonAsync<JsonElement>();
        session.AssertShape(["id", "channel", "createdAt"]);
        Assert.Equal("chat", session.Text("channel"));
        Assert.Equal(TimeSpan.Zero, session.GetProperty("createdAt").GetDateTimeOffset().Offset);
        Assert.EndsWith("/capsule/sessions/" + session.Text("id"), response.Headers.Location!.ToString(), StringComparison.Ordinal);
        await caller.GetAsync(response.Headers.Location.ToString()).AssertStatusAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_may_name_its_chat_and_its_title()
    {
        var session = await (await app.Guest().PostAsync("/capsule/sessions", new { chat = "lab", title = "Mine" })).JsonAsync(HttpStatusCode.Created);
        session.AssertShape(["id", "channel", "createdAt", "chat", "title"]);
        Assert.Equal("lab", session.Text("chat"));
        Assert.Equal("Mine", session.Text("title"));
    }

    [Fact]
    public async Task An_empty_object_creates_a_session_as_an_empty_body_does() =>
        await app.Guest().PostAsync("/capsule/sessions", new { }).AssertStatusAsync(HttpStatusCode.Created);

    [Fact]
    public async Task A_chat_that_no_handler_has_is_a_4xx_problem()
    {
        using var response = await app.Guest().PostAsync("/capsule/sessions", new { chat = "nobody" });
        Assert.InRange((int)response.StatusCode, 400, 404);
        await response.ProblemAsync(response.StatusCode);
    }

    [Fact]
    public async Task Sessions_are_listed_newest_first_in_pages_of_the_callers_own()
    {
        var caller = app.Guest();
        List<string> ids = [];
        for (var i = 0; i < 5; i++)
            ids.Add(await caller.OpenAsync());
        await app.Guest().OpenAsync();

        List<string> listed = [];
        string? next = null;
        do
        {
            var page = await caller.GetJsonAsync("/capsule/sessions?limit=2" + (next is null ? "" : "&before=" + Uri.EscapeDataString(next)));
            page.AssertShape(["items"], "next");
            Assert.InRange(page.GetProperty("items").GetArrayLength(), 1, 2);
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                item.AssertShape(["id", "channel", "createdAt", "updatedAt", "closed"], "chat", "title");
                listed.Add(item.Text("id"));
            }
            next = page.Has("next") ? page.Text("next") : null;
        }
        while (next is not null);

        ids.Reverse();
        Assert.Equal(ids, listed);
    }

    [Theory]
    [InlineData("?limit=-1")]
    [InlineData("?limit=many")]
    [InlineData("?before=%00nonsense")]
    public async Task A_bad_page_is_a_400_problem(string query)
    {
        var caller = app.Guest();
        await caller.OpenAsync();
        await (await caller.GetAsync("/capsule/sessions" + query)).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_session_tells_its_last_seq_and_its_open_prompts()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var accepted = await caller.SayAsync(id, "prompt-approval");
        var prompt = await caller.WaitForAsync(id, e => e.IsBlock("approval_prompt"));

        var session = await caller.GetJsonAsync($"/capsule/sessions/{id}");
        session.AssertShape(["id", "channel", "createdAt", "updatedAt", "closed", "seq", "prompts", "turn"], "chat", "title");
        Assert.True(session.GetProperty("seq").GetInt64() >= prompt.Seq);
        session.GetProperty("turn").AssertShape(["id", "state"]);
        Assert.Equal(accepted.Text("turnId"), session.GetProperty("turn").Text("id"));
        Assert.Equal("started", session.GetProperty("turn").Text("state"));
        var open = Assert.Single(session.GetProperty("prompts").EnumerateArray());
        open.AssertShape(["id", "type", "payload"]);
        Assert.Equal(prompt.Data.Text("id"), open.Text("id"));

        await caller.PostAsync($"/capsule/sessions/{id}/prompts/{open.Text("id")}", new { approved = true }).AssertStatusAsync(HttpStatusCode.NoContent);
        await caller.WaitForAsync(id, e => e.IsTurn("completed"));
        Assert.Empty((await caller.GetJsonAsync($"/capsule/sessions/{id}")).GetProperty("prompts").EnumerateArray());
    }

    [Fact]
    public async Task Patch_changes_the_title_and_tells_the_readers()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        using (var response = await caller.SendAsync(HttpMethod.Patch, $"/capsule/sessions/{id}", new { title = "Renamed" }))
            Assert.True(response.IsSuccessStatusCode);
        Assert.Equal("Renamed", (await caller.GetJsonAsync($"/capsule/sessions/{id}")).Text("title"));
        var told = await caller.WaitForAsync(id, e => e.Type == "session" && e.Data.Has("title"));
        told.Data.AssertShape(["title"]);
        Assert.Equal("Renamed", told.Data.Text("title"));
    }

    [Fact]
    public async Task A_closed_session_stays_readable_and_a_later_post_is_409()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "reply hello");
        await caller.SendAsync(HttpMethod.Delete, $"/capsule/sessions/{id}").AssertStatusAsync(HttpStatusCode.NoContent);

        Assert.True((await caller.GetJsonAsync($"/capsule/sessions/{id}")).GetProperty("closed").GetBoolean());
        var events = await caller.EventsAsync(id);
        Assert.Contains(events, e => e.Type == "message" && e.Data.Text("text") == "hello");
        Assert.Contains(events, e => e.Type == "session" && e.Data.Has("closed") && e.Data.GetProperty("closed").GetBoolean());
        await (await caller.PostAsync($"/capsule/sessions/{id}/messages", new { text = "late" })).ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Posting_a_message_answers_202_with_messageId_turnId_and_the_seq_of_its_event()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var accepted = await caller.SayAsync(id, "reply hello");
        accepted.AssertShape(["messageId", "turnId", "seq"]);
        var events = await caller.ReadAsync(id, 0, Caller.EndOf(accepted.Text("turnId")));
        var message = Assert.Single(events, e => e.Seq == accepted.GetProperty("seq").GetInt64());
        Assert.Equal("message", message.Type);
        Assert.Equal(accepted.Text("messageId"), message.Data.Text("id"));
    }

    [Fact]
    public async Task The_same_client_made_id_again_returns_the_same_answer_and_runs_nothing()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var body = new { id = "mine-1", text = "reply once" };
        var path = $"/capsule/sessions/{id}/messages";
        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(async _ => await (await caller.PostAsync(path, body)).JsonAsync(HttpStatusCode.Accepted)));
        await caller.WaitForAsync(id, e => e.IsTurn("completed"));
        var again = await (await caller.PostAsync(path, body)).JsonAsync(HttpStatusCode.Accepted);

        Assert.All(answers, answer => Assert.Equal(again.GetRawText(), answer.GetRawText()));
        Assert.Equal("mine-1", again.Text("messageId"));
        await caller.AskAsync(id, "reply after");
        var events = await caller.EventsAsync(id);
        Assert.Single(events, e => e.Type == "message" && e.Data.Text("text") == "once");
        Assert.Equal(2, events.Count(e => e.IsTurn("started")));
    }

    [Fact]
    public async Task The_same_id_with_other_content_is_409()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.PostAsync($"/capsule/sessions/{id}/messages", new { id = "m", text = "reply one" }).AssertStatusAsync(HttpStatusCode.Accepted);
        await (await caller.PostAsync($"/capsule/sessions/{id}/messages", new { id = "m", text = "reply two" })).ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task The_same_id_in_two_sessions_is_two_messages()
    {
        var caller = app.Guest();
        foreach (var id in new[] { await caller.OpenAsync(), await caller.OpenAsync() })
            await caller.PostAsync($"/capsule/sessions/{id}/messages", new { id = "m", text = "reply " + id }).AssertStatusAsync(HttpStatusCode.Accepted);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"text":null}""")]
    [InlineData("""{"text":5}""")]
    [InlineData("""{"text":""")]
    [InlineData("""{"text":"x","attachments":["no-such-file"]}""")]
    public async Task A_bad_message_is_a_4xx_problem_and_changes_nothing(string body)
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        using var response = await caller.PostAsync($"/capsule/sessions/{id}/messages", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.InRange((int)response.StatusCode, 400, 422);
        await response.ProblemAsync(response.StatusCode);
        Assert.DoesNotContain(await caller.EventsAsync(id), e => e.Type is "message" or "turn");
    }

    [Fact]
    public async Task One_turn_at_a_time_in_the_order_accepted()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.SayAsync(id, "wait " + id);
        await app.Signals.HearAsync("at " + id);
        await caller.SayAsync(id, "reply second");
        var last = await caller.SayAsync(id, "reply third");
        Assert.Single(await caller.EventsAsync(id), e => e.IsTurn("started"));
        app.Signals.Open(id);
        var events = await caller.ReadAsync(id, 0, Caller.EndOf(last.Text("turnId")));
        Assert.Equal(["passed " + id, "second", "third"],
            events.Where(e => e.Type == "message" && e.Data.Text("sender") == "app").Select(e => e.Data.Text("text")));
    }

    [Fact]
    public async Task Cancel_ends_the_running_turn_with_204_and_keeps_what_was_streamed()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var accepted = await caller.SayAsync(id, "stream-cut " + id);
        await app.Signals.HearAsync("at " + id);
        await caller.PostAsync($"/capsule/sessions/{id}/cancel", new { }).AssertStatusAsync(HttpStatusCode.NoContent);
        await app.Signals.HearAsync("cancelled at " + id);
        var events = await caller.ReadAsync(id, 0, Caller.EndOf(accepted.Text("turnId")));
        Assert.True(events[^1].IsTurn("cancelled"));
        var partial = Assert.Single(events, e => e.Type == "message" && e.Data.Text("sender") == "app");
        Assert.Equal("Half a sen", partial.Data.Text("text"));
        Assert.True(partial.Data.GetProperty("partial").GetBoolean());
    }

    [Fact]
    public async Task Cancel_may_name_a_queued_turn_which_then_never_starts()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.SayAsync(id, "wait " + id);
        await app.Signals.HearAsync("at " + id);
        var queued = (await caller.SayAsync(id, "reply never")).Text("turnId");
        await caller.PostAsync($"/capsule/sessions/{id}/cancel", new { turnId = queued }).AssertStatusAsync(HttpStatusCode.NoContent);
        app.Signals.Open(id);
        await caller.AskAsync(id, "reply after");
        var events = await caller.EventsAsync(id);
        Assert.Equal(["queued", "cancelled"], events.Where(e => e.Type == "turn" && e.Data.Text("id") == queued).Select(e => e.Data.Text("state")));
        Assert.DoesNotContain(events, e => e.Type == "message" && e.Data.Text("text") == "never");
    }

    [Fact]
    public async Task Cancel_is_409_when_no_such_turn_is_queued_or_running()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var path = $"/capsule/sessions/{id}/cancel";
        await (await caller.PostAsync(path)).ProblemAsync(HttpStatusCode.Conflict);
        var done = (await caller.AskAsync(id, "reply hello"))[^1].Data.Text("id");
        await (await caller.PostAsync(path, new { turnId = done })).ProblemAsync(HttpStatusCode.Conflict);
        await (await caller.PostAsync(path, new { turnId = "nonsense" })).ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Closing_the_page_does_not_stop_a_turn()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.SayAsync(id, "wait " + id);
        await caller.ReadAsync(id, 0, e => e.IsTurn("started"));
        app.Signals.Open(id);
        await caller.WaitForAsync(id, e => e.IsTurn("completed"));
    }

    [Theory]
    [InlineData("GET", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    [InlineData("POST", "/messages")]
    [InlineData("GET", "/events")]
    [InlineData("POST", "/cancel")]
    [InlineData("POST", "/prompts/blk_000000000000")]
    public async Task Every_call_on_a_session_is_404_for_all_but_its_owner(string method, string path)
    {
        var owner = await app.UserAsync();
        var id = await owner.OpenAsync();
        object? body = (method, path) switch
        {
            ("PATCH", _) => new { title = "stolen" },
            ("POST", "/messages") => new { text = "stolen" },
            ("POST", "/prompts/blk_000000000000") => new { approved = true },
            _ => null,
        };
        var guest = app.Guest();
        await guest.OpenAsync();
        Caller[] others = [guest, app.Guest(), await app.UserAsync()];
        foreach (var other in others)
            await (await other.SendAsync(new HttpMethod(method), $"/capsule/sessions/{id}{path}", body)).ProblemAsync(HttpStatusCode.NotFound);
        await (await owner.SendAsync(new HttpMethod(method), $"/capsule/sessions/no-such{path}", body)).ProblemAsync(HttpStatusCode.NotFound);
        var session = await owner.GetJsonAsync($"/capsule/sessions/{id}");
        Assert.False(session.GetProperty("closed").GetBoolean());
        Assert.False(session.Has("title"));
    }

    [Fact]
    public async Task A_session_belongs_to_one_user_never_to_an_org()
    {
        var org = Guid.NewGuid().ToString("N");
        var owner = await app.UserAsync(org: org);
        var colleague = await app.UserAsync(org: org);
        var id = await owner.OpenAsync();
        await (await colleague.GetAsync($"/capsule/sessions/{id}")).ProblemAsync(HttpStatusCode.NotFound);
        Assert.Empty((await colleague.GetJsonAsync("/capsule/sessions")).GetProperty("items").EnumerateArray());
    }
}

/// <summary>What holds when the limits are small.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private readonly ContractApp app = new()
    {
        Settings =
        {
            ["Capsule:Limits:QueueLength"] = "1",
            ["Capsule:Limits:MessageCharacters"] = "40",
            ["Capsule:Limits:UploadBytes"] = "10",
            ["Capsule:Limits:UploadCount"] = "1",
        },
    };

    public Task InitializeAsync() => app.InitializeAsync();

    public Task DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_full_queue_is_429_with_Retry_After()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.SayAsync(id, "wait gate");
        await app.Signals.HearAsync("at gate");
        await caller.SayAsync(id, "reply queued");
        using var full = await caller.PostAsync($"/capsule/sessions/{id}/messages", new { text = "reply refused" });
        Assert.NotNull(full.Headers.RetryAfter);
        await full.ProblemAsync(HttpStatusCode.TooManyRequests);
        app.Signals.Open("gate");
    }

    [Fact]
    public async Task A_message_that_is_too_long_is_a_4xx_problem()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        using var response = await caller.PostAsync($"/capsule/sessions/{id}/messages", new { text = new string('x', 41) });
        Assert.InRange((int)response.StatusCode, 400, 422);
        await response.ProblemAsync(response.StatusCode);
    }

    [Fact]
    public async Task A_file_that_is_too_large_is_413()
    {
        using var response = await app.Guest().PostAsync("/capsule/files", Caller.FileForm("a.txt", "12345678901"));
        await response.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task More_attachments_than_the_limit_are_a_4xx_problem()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        string[] files = [(await caller.UploadAsync("a", "1")).Text("id"), (await caller.UploadAsync("b", "2")).Text("id")];
        using var response = await caller.PostAsync($"/capsule/sessions/{id}/messages", new { text = "message", attachments = files });
        Assert.InRange((int)response.StatusCode, 400, 422);
        await response.ProblemAsync(response.StatusCode);
    }
}

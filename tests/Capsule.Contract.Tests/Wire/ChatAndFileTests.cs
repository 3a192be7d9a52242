using System.Net;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Wire;

/// <summary><c>POST /capsule/chat</c>: one synchronous turn on channel <c>api</c>.</summary>
public sealed class ChatCallTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public async Task Chat_answers_text_sessionId_and_requestId_and_goes_on_in_the_same_session()
    {
        var caller = app.Guest();
        var first = await (await caller.PostAsync("/capsule/chat", new { text = "hello there" })).JsonAsync(HttpStatusCode.OK);
        first.AssertShape(["text", "sessionId", "requestId"]);
        Assert.Equal("hello.there.", first.Text("text"));
        var second = await (await caller.PostAsync("/capsule/chat", new { text = "again", sessionId = first.Text("sessionId") })).JsonAsync(HttpStatusCode.OK);
        Assert.Equal(first.Text("sessionId"), second.Text("sessionId"));
        Assert.NotEqual(first.Text("requestId"), second.Text("requestId"));
        Assert.Equal("api", (await caller.GetJsonAsync("/capsule/sessions/" + first.Text("sessionId"))).Text("channel"));
    }

    [Fact]
    public async Task Chat_gives_the_events_of_the_turn_when_event_streams_are_accepted()
    {
        using var stream = await EventStream.OpenAsync(app.Guest().Http, "/capsule/chat", new { text = "hello there" });
        var events = await stream.ReadToEndAsync();
        Assert.Contains(events, e => e.Type == "notification" && e.Data.Text("text") == "Thinking...");
        Assert.Contains(events, e => e.Type == "message" && e.Data.Text("sender") == "app" && e.Data.Text("text") == "hello.there.");
        Assert.True(events[^1].IsTurn("completed"));
        Assert.Single(events.Where(e => e.Type == "turn").Select(e => e.Data.Text("id")).Distinct());
    }

    [Fact]
    public async Task Chat_on_the_session_of_another_is_404()
    {
        var session = await app.Guest().OpenAsync(null);
        await (await app.Guest().PostAsync("/capsule/chat", new { text = "hello", sessionId = session })).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Chat_without_text_is_a_400_problem() =>
        await (await app.Guest().PostAsync("/capsule/chat", new { })).ProblemAsync(HttpStatusCode.BadRequest);

    [Fact]
    public async Task A_failed_turn_is_a_500_problem_without_the_exceptions_text()
    {
        var caller = app.Guest();
        var session = await caller.OpenAsync();
        await (await caller.PostAsync("/capsule/chat", new { text = "fail", sessionId = session })).ProblemAsync(HttpStatusCode.InternalServerError);
    }
}

/// <summary>Files and tasks by id.</summary>
public sealed class FileAndTaskCallTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public async Task An_uploaded_file_is_downloaded_as_an_attachment_that_nobody_sniffs()
    {
        var caller = app.Guest();
        var file = await caller.UploadAsync("näme.html", "<script>", "text/html");
        file.AssertShape(["id", "name", "contentType", "size", "url"]);
        Assert.Equal("näme.html", file.Text("name"));
        Assert.Equal("text/html", file.Text("contentType"));
        Assert.Equal(8, file.GetProperty("size").GetInt64());
        using var download = await caller.GetAsync("/capsule/files/" + file.Text("id"));
        Assert.Equal(HttpStatusCode.OK, download.StatusCode);
        Assert.Equal("attachment", download.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(["nosniff"], download.Headers.GetValues("X-Content-Type-Options"));
        Assert.Equal("<script>", await download.Content.ReadAsStringAsync());
        await caller.GetAsync(file.Text("url")).AssertStatusAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_file_is_404_for_all_but_its_owner_also_as_an_attachment()
    {
        var file = (await app.Guest().UploadAsync("a.txt", "a")).Text("id");
        var other = app.Guest();
        var session = await other.OpenAsync();
        await (await other.GetAsync("/capsule/files/" + file)).ProblemAsync(HttpStatusCode.NotFound);
        using var response = await other.PostAsync($"/capsule/sessions/{session}/messages", new { text = "message", attachments = new[] { file } });
        Assert.InRange((int)response.StatusCode, 400, 422);
        await response.ProblemAsync(response.StatusCode);
    }

    [Fact]
    public async Task An_upload_without_the_field_file_is_a_400_problem()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "other" } };
        await (await app.Guest().PostAsync("/capsule/files", form)).ProblemAsync(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_upload_that_is_no_form_is_415() =>
        await (await app.Guest().PostAsync("/capsule/files", new { file = "x" })).ProblemAsync(HttpStatusCode.UnsupportedMediaType);

    [Fact]
    public async Task A_task_is_told_with_its_state_and_progress_and_then_its_end()
    {
        var caller = app.Guest();
        var session = await caller.OpenAsync();
        var gate = "task " + session;
        var task = await caller.AnswerAsync(session, "run-held " + gate);
        await app.Signals.HearAsync("at " + gate);
        var running = await caller.GetJsonAsync("/capsule/tasks/" + task);
        running.AssertShape(["id", "name", "state", "progress", "createdAt", "startedAt"]);
        Assert.Equal(task, running.Text("id"));
        Assert.Equal("running", running.Text("state"), ignoreCase: true);
        running.GetProperty("progress").AssertShape(["percent", "text"]);
        Assert.Equal(25, running.GetProperty("progress").GetProperty("percent").GetDouble());
        app.Signals.Open(gate);
        var ended = await caller.WaitForTaskAsync(task);
        ended.AssertShape(["id", "name", "state", "createdAt", "startedAt", "completedAt"], "progress");
        Assert.Equal("completed", ended.Text("state"), ignoreCase: true);
    }

    [Fact]
    public async Task A_failed_task_has_an_error_that_is_a_safe_sentence()
    {
        var caller = app.Guest();
        var task = await caller.AnswerAsync(await caller.OpenAsync(), "run-failing");
        var failed = await caller.WaitForTaskAsync(task);
        failed.AssertShape(["id", "name", "state", "error", "createdAt", "startedAt", "completedAt"], "progress");
        Assert.Equal("failed", failed.Text("state"), ignoreCase: true);
        Assert.DoesNotContain("secret", failed.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_a_task_is_204_and_stops_it()
    {
        var caller = app.Guest();
        var session = await caller.OpenAsync();
        var gate = "cancel " + session;
        var task = await caller.AnswerAsync(session, "run-held " + gate);
        await app.Signals.HearAsync("at " + gate);
        await caller.PostAsync($"/capsule/tasks/{task}/cancel").AssertStatusAsync(HttpStatusCode.NoContent);
        await app.Signals.HearAsync("cancelled at " + gate);
        Assert.Equal("cancelled", (await caller.WaitForTaskAsync(task)).Text("state"), ignoreCase: true);
    }

    [Fact]
    public async Task A_task_is_404_for_all_but_its_owner()
    {
        var caller = app.Guest();
        var session = await caller.OpenAsync();
        var task = await caller.AnswerAsync(session, "run-held " + session);
        var other = app.Guest();
        await other.OpenAsync();
        foreach (var id in new[] { task, "no-such" })
        {
            await (await other.GetAsync("/capsule/tasks/" + id)).ProblemAsync(HttpStatusCode.NotFound);
            await (await other.PostAsync($"/capsule/tasks/{id}/cancel")).ProblemAsync(HttpStatusCode.NotFound);
        }
        app.Signals.Open(session);
    }
}

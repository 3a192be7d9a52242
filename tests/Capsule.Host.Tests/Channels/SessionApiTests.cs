using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Host.Tests.Sessions;

namespace Capsule.Host.Tests.Channels;

public sealed class SessionApiTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string, string, string?> Routes => new()
    {
        { "GET", "/capsule/sessions/{0}", null },
        { "PATCH", "/capsule/sessions/{0}", """{"title":"mine now"}""" },
        { "DELETE", "/capsule/sessions/{0}", null },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"hello"}""" },
        { "GET", "/capsule/sessions/{0}/events", null },
        { "GET", "/capsule/sessions/{0}/events?after=1", null },
        { "POST", "/capsule/sessions/{0}/cancel", null },
        { "POST", "/capsule/sessions/{0}/prompts/{1}", """{"approved":true}""" },
        { "POST", "/capsule/chat", """{"text":"hello","sessionId":"{0}"}""" },
    };

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_session_is_its_owners_alone(string method, string path, string? body)
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.PromptApprovalAsync("Sure?"));
        var session = await app.BeginAsync();
        await app.SayAsync(session, "ask");
        await using var reader = app.Read(session);
        var block = (string)(await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data["id"]!;
        var before = (await app.GetAsync($"/capsule/sessions/{session}")).ToJsonString();
        using var bob = app.ClientOf("bob");

        using var foreign = await SendAsync(bob, method, Fill(path, session, block), body is null ? null : Fill(body, session, block));
        using var unknown = await SendAsync(app.Client, method, Fill(path, "ses_none", block), body is null ? null : Fill(body, "ses_none", block));

        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal("application/problem+json", foreign.Content.Headers.ContentType?.MediaType);
        Assert.NotNull((await Json.ReadAsync(foreign))["traceId"]);
        Assert.Equal(before, (await app.GetAsync($"/capsule/sessions/{session}")).ToJsonString());
    }

    public static TheoryData<string, string, string> BadCalls => new()
    {
        { "POST", "/capsule/sessions", "{" },
        { "POST", "/capsule/sessions", "[]" },
        { "POST", "/capsule/sessions", "null" },
        { "POST", "/capsule/sessions", """{"chat":5}""" },
        { "POST", "/capsule/sessions", """{"chat":"nowhere"}""" },
        { "POST", "/capsule/sessions", """{"title":" "}""" },
        { "GET", "/capsule/sessions?limit=0", "" },
        { "GET", "/capsule/sessions?limit=many", "" },
        { "GET", "/capsule/sessions?limit=201", "" },
        { "GET", "/capsule/sessions?before=ses_none", "" },
        { "PATCH", "/capsule/sessions/{0}", "" },
        { "PATCH", "/capsule/sessions/{0}", "{}" },
        { "PATCH", "/capsule/sessions/{0}", """{"title":null}""" },
        { "PATCH", "/capsule/sessions/{0}", "{\"title\":\"" + new string('t', 201) + "\"}" },
        { "POST", "/capsule/sessions/{0}/messages", "" },
        { "POST", "/capsule/sessions/{0}/messages", "{}" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":""}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":null}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":7}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"\ud800"}""" },
        { "POST", "/capsule/sessions/{0}/messages", "{\"text\":\"" + new string('t', 101) + "\"}" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"x","id":""}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"x","id":"a b"}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"x","id":"line\n"}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"x","attachments":["file_none"]}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"x","attachments":[null]}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"x","attachments":["a","b","c"]}""" },
        { "POST", "/capsule/sessions/{0}/messages", """{"text":"x","attachments":"file"}""" },
        { "GET", "/capsule/sessions/{0}/events?after=-1", "" },
        { "GET", "/capsule/sessions/{0}/events?after=x", "" },
        { "GET", "/capsule/sessions/{0}/events?after=99999999999999999999", "" },
        { "POST", "/capsule/sessions/{0}/cancel", """{"turnId":{}}""" },
        { "POST", "/capsule/chat", "" },
        { "POST", "/capsule/chat", """{"text":" "}""" },
        { "POST", "/capsule/chat", """{"sessionId":"x"}""" },
    };

    [Theory]
    [MemberData(nameof(BadCalls))]
    public async Task What_can_not_be_understood_is_refused_and_changes_nothing(string method, string path, string body)
    {
        await using var app = await ChatApp.StartAsync(
            folder,
            (_, _) => Task.CompletedTask,
            limits =>
            {
                limits.MessageCharacters = 100;
                limits.UploadCount = 2;
            });
        var session = await app.BeginAsync();
        var before = (await app.GetAsync("/capsule/sessions")).ToJsonString();

        using var refused = await SendAsync(app.Client, method, Fill(path, session, ""), body.Length == 0 ? null : body);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
        var problem = await Json.ReadAsync(refused);
        Assert.NotNull(problem["traceId"]);
        Assert.NotEmpty((string)problem["detail"]!);
        Assert.Equal(before, (await app.GetAsync("/capsule/sessions")).ToJsonString());
    }

    [Fact]
    public async Task A_message_may_be_as_long_as_the_limit_says_however_it_is_written()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask, limits => limits.MessageCharacters = 1_000_000);
        var session = await app.BeginAsync();

        using var taken = await SendAsync(app.Client, "POST", $"/capsule/sessions/{session}/messages", $$"""{"text":"{{string.Concat(Enumerable.Repeat("\\u00e4", 1_000_000))}}"}""");
        using var tooLong = await SendAsync(app.Client, "POST", $"/capsule/sessions/{session}/messages", $$"""{"text":"{{new string('x', 1_000_001)}}"}""");

        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
    }

    [Fact]
    public async Task A_bad_last_id_is_refused()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{await app.BeginAsync()}/events");
        request.Headers.Add("Last-Event-ID", "yesterday");

        using var refused = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Somebody_elses_file_can_not_be_attached()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var files = (IFileStore)app.Services.GetService(typeof(IFileStore))!;
        using var content = new MemoryStream([1]);
        var file = await files.SaveAsync("bob", "b.txt", "text/plain", content, 10, CancellationToken.None);

        using var refused = await app.PostAsync(await app.BeginAsync(), new { text = "mine", attachments = new[] { file.Id } });

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task A_session_begins_with_or_without_a_body()
    {
        await using var app = await ChatApp.StartAsync(folder, handlers =>
        {
            handlers.Add(ChatApp.Handler((session, _) => session.ReplyAsync("default")));
            handlers.Add(ChatApp.Handler((session, _) => session.ReplyAsync("support"), "support"));
        });

        using var plain = await app.Client.PostAsync("/capsule/sessions", null);
        using var named = await app.Client.PostAsync("/capsule/sessions", Json.Content(new { chat = "support", title = "  Help \n me " }));
        using var wrong = await app.Client.PostAsync("/capsule/sessions", Json.Content(new { chat = "sales" }));

        var body = await Json.ReadAsync(named);
        Assert.Equal(HttpStatusCode.Created, plain.StatusCode);
        Assert.Equal($"/capsule/sessions/{body["id"]}", named.Headers.Location!.ToString());
        Assert.Equal("support", (string?)body["chat"]);
        Assert.Equal("Help me", (string?)body["title"]);
        Assert.Equal("chat", (string?)body["channel"]);
        Assert.Equal("support", (string?)(await app.ConverseAsync((string)body["id"]!, "hi"))[^2].Data["text"]);
        Assert.Contains("'support'", (string?)(await Json.ReadAsync(wrong))["detail"]);
    }

    [Fact]
    public async Task Sessions_are_listed_newest_first_page_by_page()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var ids = new List<string>();
        for (var number = 0; number < 5; number++)
            ids.Insert(0, await app.BeginAsync());
        using var bob = app.ClientOf("bob");
        using var others = await bob.PostAsync("/capsule/sessions", null);

        var listed = new List<string>();
        string? next = null;
        do
        {
            var page = await app.GetAsync("/capsule/sessions?limit=2" + (next is null ? "" : "&before=" + next));
            listed.AddRange(page["items"]!.AsArray().Select(item => (string)item!["id"]!));
            next = (string?)page["next"];
        }
        while (next is not null);

        Assert.Equal(ids, listed);
    }

    [Fact]
    public async Task A_title_is_changed_for_all_readers()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var session = await app.BeginAsync();
        await using var reader = app.Read(session);
        await reader.OpenAsync();

        using var changed = await app.Client.PatchAsync($"/capsule/sessions/{session}", Json.Content(new { title = "New" }));

        Assert.Equal("New", (string?)(await Json.ReadAsync(changed))["title"]);
        Assert.Equal("""{"title":"New"}""", (await reader.UntilAsync(streamed => streamed.Type == "session"))[^1].Data.ToJsonString());
    }

    [Fact]
    public async Task Events_come_in_pages_of_at_most_five_hundred()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) =>
            Task.WhenAll(Enumerable.Range(0, 600).Select(number => session.NotifyAsync($"{number}"))));
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "go");

        var first = await PageAsync(app, session, 0);
        var second = await PageAsync(app, session, 500);

        Assert.Equal(500, first["events"]!.AsArray().Count);
        Assert.True((bool)first["more"]!);
        Assert.Equal(104, second["events"]!.AsArray().Count);
        Assert.False((bool)second["more"]!);
    }

    [Fact]
    public async Task A_page_has_the_letters_of_its_events_as_a_stream_has_them()
    {
        const string text = "1+1 <b> 'ü' & \U0001F600";
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, text);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events");
        request.Headers.Accept.ParseAdd("application/json");

        using var response = await app.Client.SendAsync(request);

        Assert.Contains("\"1+1 <b> 'ü' & ", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_says_what_it_is_and_that_it_lives()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var session = await app.BeginAsync();
        using var response = await app.Client.GetAsync($"/capsule/sessions/{session}/events", HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.ToString());
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        Assert.Equal("no", Assert.Single(response.Headers.GetValues("X-Accel-Buffering")));
        var line = lines.ReadLineAsync();
        while (!line.IsCompleted)
        {
            await Task.WhenAny(line, app.Time.TimerWithinAsync(TimeSpan.FromSeconds(15)));
            app.Time.Advance(TimeSpan.FromSeconds(15));
        }
        Assert.StartsWith(":", await line);
    }

    [Fact]
    public async Task A_program_can_talk_in_single_calls()
    {
        await using var app = await ChatApp.StartAsync(folder, async (session, message) =>
        {
            await session.ReplyAsync($"{session.Channel.Type}: {message.Text}");
            await session.StreamReplyFromAsync(Pieces());
        });

        using var first = await app.Client.PostAsync("/capsule/chat", Json.Content(new { text = "hello" }));
        var reply = await Json.ReadAsync(first);
        using var second = await app.Client.PostAsync("/capsule/chat", Json.Content(new { text = "again", sessionId = (string?)reply["sessionId"] }));

        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.Equal("api: hello\n\nab", (string?)reply["text"]);
        Assert.StartsWith("turn_", (string?)reply["requestId"]);
        Assert.Equal("api: again\n\nab", (string?)(await Json.ReadAsync(second))["text"]);
        Assert.Single((await app.GetAsync("/capsule/sessions"))["items"]!.AsArray());

        static async IAsyncEnumerable<string> Pieces()
        {
            yield return "a";
            await Task.Yield();
            yield return "b";
        }
    }

    [Fact]
    public async Task A_program_can_watch_its_turn()
    {
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await session.NotifyAsync("thinking");
            await session.ReplyAsync("done");
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/capsule/chat") { Content = Json.Content(new { text = "hello" }) };
        request.Headers.Accept.ParseAdd("text/event-stream");

        using var response = await app.Client.SendAsync(request);

        var stream = await response.Content.ReadAsStringAsync();
        var types = stream.Split('\n').Where(line => line.StartsWith("event: ", StringComparison.Ordinal)).Select(line => line[7..]);
        Assert.Equal(["message", "turn", "turn", "notification", "message", "turn"], types);
    }

    [Fact]
    public async Task A_program_is_told_of_a_failure_without_its_text()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => throw new InvalidOperationException("secret"));

        using var failed = await app.Client.PostAsync("/capsule/chat", Json.Content(new { text = "hello" }));

        Assert.Equal(HttpStatusCode.InternalServerError, failed.StatusCode);
        var problem = await Json.ReadAsync(failed);
        Assert.DoesNotContain("secret", problem.ToJsonString());
        Assert.Contains(app.Log.Entries, entry => entry.Message.Contains((string)problem["turnTraceId"]!));
    }

    private static Task<HttpResponseMessage> SendAsync(HttpClient client, string method, string path, string? body)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    private static async Task<JsonObject> PageAsync(ChatApp app, string session, long after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events?after={after}");
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await app.Client.SendAsync(request);
        return await Json.ReadAsync(response);
    }

    private static string Fill(string text, string session, string block) =>
        text.Replace("{0}", session, StringComparison.Ordinal).Replace("{1}", block, StringComparison.Ordinal);
}

using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Capsule.Contract.Testing;

/// <summary>A caller with a cookie jar: plain HTTP, as any client would speak it.</summary>
public sealed class Caller
{
    public Caller(Uri address)
    {
        Cookies = new CookieContainer();
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies, AllowAutoRedirect = false })
        {
            BaseAddress = address,
            Timeout = TimeSpan.FromSeconds(20),
        };
    }

    public HttpClient Http { get; }

    public CookieContainer Cookies { get; }

    public async Task SignInAsync(string email, string? org = null)
    {
        var fields = new Dictionary<string, string> { ["email"] = email };
        if (org is not null)
            fields["org"] = org;
        using var form = new FormUrlEncodedContent(fields);
        using var response = await Http.PostAsync("/capsule/signin", form);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
    }

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Get, path, null, headers);

    public Task<HttpResponseMessage> PostAsync(string path, object? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(HttpMethod.Post, path, body, headers);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        request.Content = body switch
        {
            null => null,
            HttpContent content => content,
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers)
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        return await Http.SendAsync(request);
    }

    public async Task<JsonElement> GetJsonAsync(string path) => await (await GetAsync(path)).JsonAsync(HttpStatusCode.OK);

    /// <summary>Opens a session on a chat (null: the default one) and returns its id.</summary>
    public async Task<string> OpenAsync(string? chat = "lab")
    {
        var session = await (await PostAsync("/capsule/sessions", chat is null ? null : new { chat })).JsonAsync(HttpStatusCode.Created);
        return session.Text("id");
    }

    /// <summary>Posts a message and returns what the 202 said.</summary>
    public async Task<JsonElement> SayAsync(string session, string text, params string[] attachments) =>
        await (await PostAsync($"/capsule/sessions/{session}/messages", attachments.Length == 0 ? new { text } : new { text, attachments }))
            .JsonAsync(HttpStatusCode.Accepted);

    /// <summary>Posts a message and waits for the end of its turn: the events from its message on.</summary>
    public async Task<IReadOnlyList<SessionEvent>> AskAsync(string session, string text, params string[] attachments)
    {
        var accepted = await SayAsync(session, text, attachments);
        return await ReadAsync(session, accepted.GetProperty("seq").GetInt64() - 1, EndOf(accepted.Text("turnId")));
    }

    /// <summary>Posts a message and returns the text of the app's last message in its turn.</summary>
    public async Task<string> AnswerAsync(string session, string text, params string[] attachments)
    {
        var events = await AskAsync(session, text, attachments);
        return events.Last(e => e.Type == "message" && e.Data.Text("sender") == "app").Data.Text("text");
    }

    public async Task<JsonElement> AnswerJsonAsync(string session, string text, params string[] attachments) =>
        JsonDocument.Parse(await AnswerAsync(session, text, attachments)).RootElement;

    /// <summary>Reads events until one is the last that is wanted.</summary>
    public async Task<IReadOnlyList<SessionEvent>> ReadAsync(string session, long after, Func<SessionEvent, bool> last)
    {
        using var stream = await EventStream.OpenAsync(Http, $"/capsule/sessions/{session}/events?after={after}");
        return await stream.ReadUntilAsync(last);
    }

    public async Task<SessionEvent> WaitForAsync(string session, Func<SessionEvent, bool> wanted) => (await ReadAsync(session, 0, wanted))[^1];

    /// <summary>Asks for a task until it has ended.</summary>
    public async Task<JsonElement> WaitForTaskAsync(string task)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var state = await GetJsonAsync("/capsule/tasks/" + task);
            if (state.Has("completedAt"))
                return state;
            await Task.Delay(20, limit.Token);
        }
    }

    /// <summary>All events that are there, as JSON pages.</summary>
    public async Task<IReadOnlyList<SessionEvent>> EventsAsync(string session)
    {
        var events = new List<SessionEvent>();
        JsonElement page;
        do
        {
            var after = events.Count == 0 ? 0 : events[^1].Seq;
            page = await (await GetAsync($"/capsule/sessions/{session}/events?after={after}", ("Accept", "application/json"))).JsonAsync(HttpStatusCode.OK);
            events.AddRange(page.GetProperty("events").EnumerateArray().Select(SessionEvent.Parse));
        }
        while (page.GetProperty("more").GetBoolean());
        return events;
    }

    public async Task<JsonElement> UploadAsync(string name, string content, string contentType = "text/plain") =>
        await (await PostAsync("/capsule/files", FileForm(name, content, contentType))).JsonAsync(HttpStatusCode.Created);

    public static MultipartFormDataContent FileForm(string name, string content, string contentType = "text/plain")
    {
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentType = new(contentType);
        return new MultipartFormDataContent { { file, "file", name } };
    }

    public static Func<SessionEvent, bool> EndOf(string turn) => e =>
        e.Type == "turn" && e.Data.Text("id") == turn && e.Data.Text("state") is "completed" or "failed" or "cancelled" or "interrupted";
}

internal static class Json
{
    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static bool Has(this JsonElement element, string property) => element.TryGetProperty(property, out _);

    /// <summary>The names of an object's properties, in order of the alphabet.</summary>
    public static string[] Names(this JsonElement element) => [.. element.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal)];

    /// <summary>An object has these properties and, perhaps, some of the optional ones; nothing is null.</summary>
    public static void AssertShape(this JsonElement element, string[] required, params string[] optional)
    {
        Assert.Empty(required.Except(element.Names()));
        Assert.Empty(element.Names().Except(required).Except(optional));
        Assert.DoesNotContain(element.EnumerateObject(), p => p.Value.ValueKind == JsonValueKind.Null);
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        using (response)
        {
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode == status, $"{(int)response.StatusCode} instead of {(int)status}: {text}");
            return JsonDocument.Parse(text).RootElement;
        }
    }

    /// <summary>The answer is a problem document as RFC 9457 has it, with a trace id and without the text of an exception.</summary>
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage response, HttpStatusCode status)
    {
        var mediaType = response.Content.Headers.ContentType?.MediaType;
        var problem = await response.JsonAsync(status);
        Assert.Equal("application/problem+json", mediaType);
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        Assert.NotEmpty(problem.Text("title"));
        Assert.NotEmpty(problem.Text("traceId"));
        Assert.DoesNotContain("secret", problem.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", problem.GetRawText(), StringComparison.Ordinal);
        return problem;
    }

    public static async Task AssertStatusAsync(this Task<HttpResponseMessage> call, HttpStatusCode status)
    {
        using var response = await call;
        Assert.True(response.StatusCode == status,
            $"{(int)response.StatusCode} instead of {(int)status}: {await response.Content.ReadAsStringAsync()}");
    }
}

using System.Net.ServerSentEvents;
using System.Text.Json;

namespace Capsule.Contract.Testing;

/// <summary>One event of a session.</summary>
public sealed record SessionEvent(long Seq, string Type, JsonElement Data)
{
    public static SessionEvent Parse(JsonElement json)
    {
        json.AssertShape(["data", "seq", "type"]);
        return new(json.GetProperty("seq").GetInt64(), json.Text("type"), json.GetProperty("data"));
    }

    public bool IsTurn(string state) => Type == "turn" && Data.Text("state") == state;

    public bool IsBlock(string type) => Type == "block" && Data.Text("type") == type;
}

/// <summary>An open stream of Server-Sent Events.</summary>
public sealed class EventStream : IDisposable
{
    private readonly CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
    private readonly IAsyncEnumerator<SseItem<string>> items;

    private EventStream(HttpResponseMessage response, Stream stream)
    {
        Response = response;
        items = SseParser.Create(stream).EnumerateAsync(limit.Token).GetAsyncEnumerator(limit.Token);
    }

    public HttpResponseMessage Response { get; }

    public static async Task<EventStream> OpenAsync(
        HttpClient http, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, path);
        request.Content = body is null ? null : System.Net.Http.Json.JsonContent.Create(body);
        request.Headers.Add("Accept", "text/event-stream");
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {path}");
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new EventStream(response, await response.Content.ReadAsStreamAsync());
    }

    /// <summary>The next event; null at the end of the stream.</summary>
    public async Task<SessionEvent?> NextAsync()
    {
        if (!await items.MoveNextAsync())
            return null;
        var item = items.Current;
        var data = JsonDocument.Parse(item.Data).RootElement;
        Assert.Equal(JsonValueKind.Object, data.ValueKind);
        return new SessionEvent(long.Parse(item.EventId!, System.Globalization.CultureInfo.InvariantCulture), item.EventType, data);
    }

    public async Task<IReadOnlyList<SessionEvent>> ReadUntilAsync(Func<SessionEvent, bool> last)
    {
        var events = new List<SessionEvent>();
        while (await NextAsync() is { } next)
        {
            events.Add(next);
            if (last(next))
                return events;
        }
        throw new InvalidOperationException("The stream ended before: " + string.Join("\n", events));
    }

    public async Task<IReadOnlyList<SessionEvent>> ReadToEndAsync()
    {
        var events = new List<SessionEvent>();
        while (await NextAsync() is { } next)
            events.Add(next);
        return events;
    }

    public void Dispose()
    {
        limit.Cancel();
        Response.Dispose();
        limit.Dispose();
    }
}

using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;

namespace Capsule.Host.Tests.Sessions;

/// <summary>An event as a client sees it.</summary>
internal sealed record StreamedEvent(long Seq, string Type, JsonObject Data)
{
    public bool EndsTurn(string turnId) =>
        Type == "turn" && (string)Data["id"]! == turnId && (string)Data["state"]! is not ("queued" or "started");
}

/// <summary>Reads a session's events over HTTP, line by line.</summary>
internal sealed class EventReader(HttpClient client, string sessionId, long after) : IAsyncDisposable
{
    private HttpResponseMessage? response;
    private StreamReader? lines;

    /// <summary>The next event; null when the stream has ended.</summary>
    public async Task<StreamedEvent?> NextAsync()
    {
        var reader = await OpenAsync();
        long seq = 0;
        string? type = null;
        JsonObject? data = null;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
                seq = long.Parse(line.AsSpan(4), CultureInfo.InvariantCulture);
            else if (line.StartsWith("event: ", StringComparison.Ordinal))
                type = line[7..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                data = JsonNode.Parse(line[6..])!.AsObject();
            else if (line.Length == 0 && type is not null)
                return new StreamedEvent(seq, type, data!);
        }
        return null;
    }

    /// <summary>The events up to the one looked for, included.</summary>
    public async Task<List<StreamedEvent>> UntilAsync(Func<StreamedEvent, bool> found)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var events = new List<StreamedEvent>();
        while (true)
        {
            var next = await NextAsync().WaitAsync(limit.Token) ?? throw new EndOfStreamException("The stream ended before the event looked for.");
            events.Add(next);
            if (found(next))
                return events;
        }
    }

    /// <summary>The next line, comments included; null when the stream has ended.</summary>
    public async Task<string?> LineAsync() => await (await OpenAsync()).ReadLineAsync();

    /// <summary>Connects, if that has not happened yet.</summary>
    public async Task<StreamReader> OpenAsync()
    {
        if (lines is not null)
            return lines;
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{sessionId}/events?after={after}");
        request.Headers.Accept.ParseAdd("text/event-stream");
        response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return lines = new StreamReader(await response.Content.ReadAsStreamAsync());
    }

    public ValueTask DisposeAsync()
    {
        lines?.Dispose();
        response?.Dispose();
        return ValueTask.CompletedTask;
    }
}

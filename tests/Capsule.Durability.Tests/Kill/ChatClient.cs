using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Capsule.Durability.Tests.Kill;

/// <summary>
/// A guest who sends messages under ids of its own, one after the other, and sends each again until it is acknowledged: when the server is gone, to the
/// next one. Some it sends twice at once, some again later.
/// </summary>
internal sealed class ChatClient(int number, Func<Task<Uri>> findServer, Random random) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { Timeout = TimeSpan.FromSeconds(30) };
    private int sent;

    public List<Ledger> Sessions { get; } = [];

    /// <summary>What the server has refused although it may not.</summary>
    public List<string> Refused { get; } = [];

    public void Dispose() => http.Dispose();

    /// <summary>Sends messages until told to stop, and then until the last one is acknowledged.</summary>
    public async Task TalkAsync(Action acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && Refused.Count == 0)
        {
            if (Sessions.Count == 0 || random.Next(30) == 0)
                await BeginAsync();
            if (Sessions.Count > 0)
                await SayAsync(Sessions[random.Next(Sessions.Count)], acknowledged);
        }
    }

    /// <summary>Waits until every turn has ended, and reads the whole journal; null when the server does not know the session.</summary>
    /// <exception cref="TimeoutException">A turn goes on for a minute.</exception>
    public async Task<IReadOnlyList<JournalEntry>?> ReadAsync(string sessionId)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            if (await FindAsync($"/capsule/sessions/{sessionId}") is not { } session)
                return null;
            if (session["turn"] is null)
                break;
            if (clock.Elapsed > TimeSpan.FromMinutes(1))
                throw new TimeoutException($"A turn of {sessionId} does not end.");
            await Task.Delay(20);
        }
        var journal = new List<JournalEntry>();
        for (var more = true; more;)
        {
            var page = (await FindAsync($"/capsule/sessions/{sessionId}/events?after={(journal.Count == 0 ? 0 : journal[^1].Seq)}"))!;
            journal.AddRange(page["events"]!.AsArray().Select(entry =>
                new JournalEntry((long)entry!["seq"]!, (string)entry["type"]!, entry["data"]!.DeepClone().AsObject())));
            more = (bool)page["more"]!;
        }
        return journal;
    }

    private async Task BeginAsync()
    {
        var session = await UntilAnsweredAsync(server => http.PostAsync(new Uri(server, "/capsule/sessions"), null));
        if (session is not null)
            Sessions.Add(new Ledger((string)session["id"]!));
    }

    private async Task SayAsync(Ledger session, Action acknowledged)
    {
        var id = $"client-{number}-{++sent}";
        session.Send(id, $"Message {sent} of client {number}{new string('.', random.Next(3))}");
        await Task.WhenAll(Enumerable.Range(0, random.Next(8) == 0 ? 3 : 1).Select(_ => PostAsync(session, id)));
        acknowledged();
        if (random.Next(10) == 0)
            await PostAsync(session, session.Sent.Keys.ElementAt(random.Next(session.Sent.Count)));
    }

    private async Task PostAsync(Ledger session, string id)
    {
        var message = new { id, text = session.Sent[id] };
        var answer = await UntilAnsweredAsync(server => http.PostAsJsonAsync(new Uri(server, $"/capsule/sessions/{session.SessionId}/messages"), message));
        if (answer is not null)
            session.Acknowledge(id, new Acknowledgement((string)answer["turnId"]!, (long)answer["seq"]!));
    }

    /// <summary>The answer, from whichever server lives long enough to give it; null when it refuses.</summary>
    private async Task<JsonObject?> UntilAnsweredAsync(Func<Uri, Task<HttpResponseMessage>> send)
    {
        while (true)
        {
            try
            {
                using var response = await send(await findServer());
                if (response.IsSuccessStatusCode)
                    return await response.Content.ReadFromJsonAsync<JsonObject>();
                if (response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable))
                {
                    lock (Refused)
                        Refused.Add($"client {number}: {response.RequestMessage!.RequestUri!.AbsolutePath} was answered with {(int)response.StatusCode}");
                    return null;
                }
            }
            catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
            {
                // Killed in the middle: nobody knows whether it was stored.
            }
            await Task.Delay(10);
        }
    }

    private async Task<JsonObject?> FindAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(await findServer(), path));
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await http.SendAsync(request);
        if (response.StatusCode == HttpStatusCode.NotFound)
            return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonObject>();
    }
}

using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Capsule.Durability.Tests.Kill;

namespace Capsule.Durability.Tests.Faults;

/// <summary>A guest who does one of everything in a new session, remembers what was acknowledged, and can compare that with what is there.</summary>
internal sealed class Visit(HttpClient http, int number)
{
    private readonly Dictionary<string, byte[]> files = [];
    private readonly Dictionary<HttpStatusCode, int> refusals = [];
    private Ledger? session;
    private readonly CarefulVisit careful = new(http);
    private string? title;

    /// <summary>How often the server has refused, by status.</summary>
    public IEnumerable<KeyValuePair<HttpStatusCode, int>> Refusals => refusals.Concat(careful.Refusals);

    public override string ToString() => $"{session?.Acknowledged.Count} messages, {careful}; refused: {string.Join(", ", Refusals)}";

    /// <summary>Goes through all steps and waits until their turns have ended.</summary>
    /// <returns>Whether every step was acknowledged.</returns>
    public async Task<bool> RunAsync(Uri server, int tries)
    {
        if (!await TryAsync(server, tries))
            return false;
        await WaitForTurnsAsync(server);
        return true;
    }

    /// <summary>Goes through all steps.</summary>
    /// <param name="server">The server.</param>
    /// <param name="tries">How often each step is tried before the visit ends.</param>
    /// <returns>Whether every step was acknowledged.</returns>
    public async Task<bool> TryAsync(Uri server, int tries)
    {
        if (session is null)
        {
            if (await SendAsync(tries, () => http.PostAsync(new Uri(server, "/capsule/sessions"), null)) is not { } created)
                return false;
            session = new Ledger((string)created["id"]!);
        }
        return await UploadAsync(server, tries)
            && await SayAsync(server, tries, "everything", [.. files.Keys])
            && await RenameAsync(server, tries)
            && await SayAsync(server, tries, "a second message", [])
            && await careful.TryAsync(server, tries);
    }

    /// <summary>What is not there although it was acknowledged.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync(Uri server)
    {
        var wrong = new List<string>();
        foreach (var (id, content) in files)
        {
            using var response = await http.GetAsync(new Uri(server, $"/capsule/files/{id}"));
            if (!response.IsSuccessStatusCode || !(await response.Content.ReadAsByteArrayAsync()).SequenceEqual(content))
                wrong.Add($"the acknowledged file {id} is lost");
        }
        wrong.AddRange(await careful.CompareAsync(server));
        if (session is null)
            return wrong;
        var details = await WaitForTurnsAsync(server);
        if (title is not null && (string?)details["title"] != title)
            wrong.Add($"the acknowledged title is lost: it is '{details["title"]}'");
        var page = await GetAsync(new Uri(server, $"/capsule/sessions/{session.SessionId}/events"));
        var journal = page["events"]!.AsArray().Select(entry =>
            new JournalEntry((long)entry!["seq"]!, (string)entry["type"]!, entry["data"]!.DeepClone().AsObject()));
        wrong.AddRange(JournalCheck.Compare(session, [.. journal]));
        return wrong;
    }

    private async Task<bool> UploadAsync(Uri server, int tries)
    {
        if (files.Count > 0)
            return true;
        var content = new byte[3000];
        new Random(number).NextBytes(content);
        var stored = await SendAsync(tries, () =>
        {
            var part = new ByteArrayContent(content);
            part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
            return http.PostAsync(new Uri(server, "/capsule/files"), new MultipartFormDataContent { { part, "file", "data.bin" } });
        });
        if (stored is not null)
            files.Add((string)stored["id"]!, content);
        return stored is not null;
    }

    private async Task<bool> SayAsync(Uri server, int tries, string text, IReadOnlyList<string> attachments)
    {
        var id = text.Replace(' ', '-');
        session!.Send(id, text);
        var answer = await SendAsync(tries, () => http.PostAsJsonAsync(
            new Uri(server, $"/capsule/sessions/{session.SessionId}/messages"), new { id, text, attachments }));
        if (answer is not null)
            session.Acknowledge(id, new Acknowledgement((string)answer["turnId"]!, (long)answer["seq"]!));
        return answer is not null;
    }

    private async Task<bool> RenameAsync(Uri server, int tries)
    {
        var wanted = $"Visit {number}";
        var renamed = await SendAsync(tries, () => http.PatchAsJsonAsync(new Uri(server, $"/capsule/sessions/{session!.SessionId}"), new { title = wanted }));
        if (renamed is not null)
            title = wanted;
        return renamed is not null;
    }

    private async Task<JsonObject?> SendAsync(int tries, Func<Task<HttpResponseMessage>> send)
    {
        for (var attempt = 0; attempt < tries; attempt++)
        {
            using var response = await send();
            if (response.IsSuccessStatusCode)
                return await response.Content.ReadFromJsonAsync<JsonObject>();
            refusals[response.StatusCode] = refusals.GetValueOrDefault(response.StatusCode) + 1;
        }
        return null;
    }

    private async Task<JsonObject> WaitForTurnsAsync(Uri server)
    {
        while (true)
        {
            using var response = await http.GetAsync(new Uri(server, $"/capsule/sessions/{session!.SessionId}"));
            if (response.IsSuccessStatusCode && await response.Content.ReadFromJsonAsync<JsonObject>() is { } details && details["turn"] is null)
                return details;
        }
    }

    private async Task<JsonObject> GetAsync(Uri address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}

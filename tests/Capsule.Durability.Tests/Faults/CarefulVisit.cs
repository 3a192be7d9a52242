using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Capsule.Durability.Tests.Faults;

/// <summary>
/// A guest who talks to the chat that asks: approves, connects an account, cancels another turn and closes the session. What is acknowledged of it must be there.
/// </summary>
internal sealed class CarefulVisit(HttpClient http)
{
    private readonly Dictionary<HttpStatusCode, int> refusals = [];
    private readonly HashSet<string> done = [];
    private string? session;
    private string? approval;
    private string? turn;
    private bool connected;

    /// <summary>How often the server has refused, by status.</summary>
    public IReadOnlyDictionary<HttpStatusCode, int> Refusals => refusals;

    public override string ToString() => $"done with care: {string.Join(", ", done)}";

    /// <summary>Goes through all steps; false when one was not acknowledged. A turn that the disk has ended is not answered any more.</summary>
    public async Task<bool> TryAsync(Uri server, int tries)
    {
        if (session is null)
        {
            if (await SendAsync(tries, () => http.PostAsJsonAsync(new Uri(server, "/capsule/sessions"), new { chat = "careful" })) is not { } created)
                return false;
            session = (string)created["id"]!;
        }
        return await StepAsync("first", SayAsync)
            && await StepAsync("approve", AnswerAsync)
            && await StepAsync("connect", AnswerAsync)
            && await StepAsync("second", SayAsync)
            && await StepAsync("cancel", CancelAsync)
            && await StepAsync("close", name => SendAsync(tries, () => http.DeleteAsync(Address(server, ""))));

        async Task<bool> StepAsync(string name, Func<string, Task<JsonObject?>> step) => done.Contains(name) || (await step(name) is not null && done.Add(name));

        async Task<JsonObject?> SayAsync(string text)
        {
            var answer = await SendAsync(tries, () => http.PostAsJsonAsync(Address(server, "/messages"), new { id = text, text }));
            turn = (string?)answer?["turnId"];
            return answer;
        }

        async Task<JsonObject?> AnswerAsync(string name)
        {
            if (await FindTurnAsync(server, tries) is not { } found)
                return null;
            if (found.Prompt is not { } prompt)
                return [];
            object body = name == "approve" ? new { approved = true } : new { fields = new { token = "s3cret" } };
            return await SendAsync(tries, () => http.PostAsJsonAsync(Address(server, $"/prompts/{prompt}"), body), () =>
            {
                if (name == "approve")
                    approval = prompt;
                else
                    connected = true;
            });
        }

        async Task<JsonObject?> CancelAsync(string name) => await FindTurnAsync(server, tries) switch
        {
            null => null,
            { Prompt: null } => [],
            _ => await SendAsync(tries, () => http.PostAsJsonAsync(Address(server, "/cancel"), new { turnId = turn })),
        };
    }

    /// <summary>What is not there although it was acknowledged.</summary>
    public async Task<IReadOnlyList<string>> CompareAsync(Uri server)
    {
        var wrong = new List<string>();
        if (session is null)
            return wrong;
        using var request = new HttpRequestMessage(HttpMethod.Get, Address(server, "/events"));
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await http.SendAsync(request);
        var events = (await response.Content.ReadFromJsonAsync<JsonObject>())!["events"]!.AsArray().Select(entry => entry!["data"]!.AsObject()).ToList();
        foreach (var message in (string[])["first", "second"])
        {
            if (done.Contains(message) && events.Count(data => (string?)data["id"] == message) != 1)
                wrong.Add($"the acknowledged message '{message}' is not there once");
        }
        if (approval is not null && !events.Exists(data => (string?)data["id"] == approval && (bool?)data["payload"]?["approved"] == true))
            wrong.Add($"the acknowledged approval {approval} is lost");
        if (done.Contains("close") && !events.Exists(data => (bool?)data["closed"] == true))
            wrong.Add("the acknowledged end of a session is lost");
        if (connected)
        {
            // The next visit is to be asked again.
            using var disconnected = await http.DeleteAsync(new Uri(server, "/capsule/integrations/desk"));
            if (disconnected.StatusCode != HttpStatusCode.NoContent)
                wrong.Add("the acknowledged account is lost");
            connected = false;
        }
        return wrong;
    }

    private Uri Address(Uri server, string path) => new(server, $"/capsule/sessions/{session}{path}");

    /// <summary>A turn that waits with a prompt, or has ended without one; null when it does neither for long, as on a disk that goes on failing.</summary>
    private async Task<FoundTurn?> FindTurnAsync(Uri server, int tries)
    {
        using var patience = new CancellationTokenSource(tries * TimeSpan.FromSeconds(0.5));
        while (!patience.IsCancellationRequested)
        {
            using var response = await http.GetAsync(Address(server, ""));
            if (!response.IsSuccessStatusCode)
                continue;
            var details = (await response.Content.ReadFromJsonAsync<JsonObject>())!;
            if (details["prompts"]!.AsArray() is [var prompt, ..])
                return new FoundTurn((string)prompt!["id"]!);
            if (details["turn"] is null)
                return new FoundTurn(Prompt: null);
        }
        return null;
    }

    /// <summary>The answer; null when all tries were refused. Where the turn is over by then (409) nothing is acknowledged, and there is nothing to try again.</summary>
    private async Task<JsonObject?> SendAsync(int tries, Func<Task<HttpResponseMessage>> send, Action? acknowledged = null)
    {
        for (var attempt = 0; attempt < tries; attempt++)
        {
            using var response = await send();
            if (response.StatusCode == HttpStatusCode.Conflict)
                return [];
            if (response.IsSuccessStatusCode)
            {
                acknowledged?.Invoke();
                return response.StatusCode == HttpStatusCode.NoContent ? [] : await response.Content.ReadFromJsonAsync<JsonObject>();
            }
            refusals[response.StatusCode] = refusals.GetValueOrDefault(response.StatusCode) + 1;
        }
        return null;
    }

    private sealed record FoundTurn(string? Prompt);
}

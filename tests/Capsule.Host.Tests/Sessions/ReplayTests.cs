using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Capsule.Hosting.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions;

/// <summary>Wherever a reader is cut off, it ends with the same conversation as one that never left.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_stream_can_be_cut_at_every_byte()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => TellAsync(session, static () => Task.CompletedTask));
        var session = await app.BeginAsync();
        var recording = RecordAsync(app, session);
        var turnId = (string)(await app.SayAsync(session, "tell"))["turnId"]!;
        var recorded = await recording;
        var whole = Reader.Of(recorded);
        Assert.Equal("completed", whole.State(turnId));
        Assert.Contains("delta", whole.Types);

        var resumed = new Dictionary<long, List<StreamedEvent>>();
        for (var cut = 0; cut <= recorded.Length; cut++)
        {
            var reader = Reader.Of(recorded.AsSpan(0, cut));
            if (!resumed.TryGetValue(reader.Seq, out var rest))
                resumed.Add(reader.Seq, rest = await RestAsync(app, session, reader.Seq));
            foreach (var streamed in rest)
                reader.Apply(streamed);
            Assert.Equal(whole.Conversation, reader.Conversation);
        }
        Assert.True(resumed.Count > 10);
    }

    [Fact]
    public async Task A_reader_that_comes_in_the_middle_holds_what_the_others_hold()
    {
        var steps = new SemaphoreSlim(0);
        var arrived = new SemaphoreSlim(0);
        await using var app = await ChatApp.StartAsync(folder, (session, _) => TellAsync(session, () =>
        {
            arrived.Release();
            return steps.WaitAsync();
        }));
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "tell"))["turnId"]!;
        await using var live = app.Read(session);
        var always = new Reader();
        for (var step = 0; step < StepCount; step++)
        {
            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(20)));
            var late = new Reader();
            foreach (var streamed in await RestAsync(app, session, 0))
                late.Apply(streamed);
            while (always.Seq < late.Seq)
                always.Apply((await live.NextAsync().WaitAsync(TimeSpan.FromSeconds(20)))!);
            Assert.Equal(always.Conversation, late.Conversation);
            steps.Release();
        }
        foreach (var streamed in await live.UntilAsync(streamed => streamed.EndsTurn(turnId)))
            always.Apply(streamed);
        var after = new Reader();
        foreach (var streamed in await RestAsync(app, session, 0))
            after.Apply(streamed);
        Assert.Equal(always.Conversation, after.Conversation);
    }

    [Fact]
    public async Task A_reader_far_behind_catches_up_from_the_store()
    {
        // Asked for at once, they share a few commits: the test does not wait for 1,200 disks.
        await using var app = await ChatApp.StartAsync(
            folder, (session, _) => Task.WhenAll(Enumerable.Range(0, 1200).Select(number => session.NotifyAsync($"{number}"))));
        var session = await app.BeginAsync();
        using var behind = app.Services.GetRequiredService<SessionHub>().Subscribe(session, after: 0);

        var events = await app.ConverseAsync(session, "count");
        var caughtUp = new List<JournalEvent>();
        while (await behind.ReadAsync(CancellationToken.None) is { Count: > 0 } next)
            caughtUp.AddRange(next);

        Assert.Equal(Enumerable.Range(1, 1204).Select(number => (long)number), events.Select(one => one.Seq));
        Assert.Equal(events.Select(one => one.Seq), caughtUp.Select(one => one.Seq));
        Assert.Equal(events.Select(one => one.Data.ToJsonString()), caughtUp.Select(one => JsonNode.Parse(one.Data)!.ToJsonString()));
    }

    [Fact]
    public async Task The_last_id_seen_wins_over_the_address()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.ReplyAsync("hi"));
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "hello");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events?after=0");
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("Last-Event-ID", "3");

        using var response = await app.Client.SendAsync(request);

        var page = await Json.ReadAsync(response);
        Assert.Equal([4, 5], page["events"]!.AsArray().Select(item => (long)item!["seq"]!));
        Assert.False((bool)page["more"]!);
    }

    private const int StepCount = 9;

    /// <summary>A turn with everything that makes resuming hard: two replies growing at once, outputs between, letters of two code units, cards replaced.</summary>
    private static async Task TellAsync(Session session, Func<Task> step)
    {
        await session.NotifyAsync("Thinking...");
        await step();
        var first = session.StreamReply();
        first.Write("Grüße \ud83d");
        await step();
        await session.ShowAsync(new Block("card", new JsonObject { ["n"] = 1 }, "blk_a"));
        await step();
        var second = session.StreamReply();
        second.Write("Another\n\nreply ");
        first.Write("\ude00 and more");
        await session.NotifyAsync("Still thinking...");
        await step();
        await session.ReplyAsync("In between");
        await step();
        await first.DisposeAsync();
        await step();
        await session.ShowAsync(new Block("card", new JsonObject { ["n"] = 2 }, "blk_a"));
        second.Write("that is cut off");
        await step();
        second.MarkPartial();
        await second.DisposeAsync();
        await step();
        await session.SetTitleAsync("Told");
        var third = session.StreamReply();
        third.Write("one piece");
        await step();
        await third.DisposeAsync();
    }

    /// <summary>The bytes of a stream from its begin to the end of the first turn.</summary>
    private static async Task<byte[]> RecordAsync(ChatApp app, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events");
        using var response = await app.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await using var stream = await response.Content.ReadAsStreamAsync();
        using var recorded = new MemoryStream();
        var buffer = new byte[1024];
        while (!Encoding.UTF8.GetString(recorded.ToArray()).Contains("\"completed\"}\n\n", StringComparison.Ordinal))
            recorded.Write(buffer, 0, await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(20)));
        return recorded.ToArray();
    }

    private static async Task<List<StreamedEvent>> RestAsync(ChatApp app, string session, long after)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events?after={after}");
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await app.Client.SendAsync(request);
        var page = await Json.ReadAsync(response);
        Assert.False((bool)page["more"]!);
        return [.. page["events"]!.AsArray().Select(item =>
            new StreamedEvent((long)item!["seq"]!, (string)item["type"]!, item["data"]!.DeepClone().AsObject()))];
    }

    /// <summary>A client: deltas append, the same id replaces.</summary>
    private sealed class Reader
    {
        private readonly List<string> order = [];
        private readonly Dictionary<string, JsonObject> items = [];
        private readonly Dictionary<string, string> turns = [];
        private string notification = "";
        private string title = "";

        public long Seq { get; private set; }

        public HashSet<string> Types { get; } = [];

        public string Conversation =>
            string.Join('\n', [.. order.Select(id => items[id].ToJsonString()), .. turns.Select(turn => turn.ToString()), notification, title]);

        public string State(string turnId) => turns[turnId];

        public static Reader Of(ReadOnlySpan<byte> stream)
        {
            var reader = new Reader();
            var text = Encoding.UTF8.GetString(stream);
            foreach (var frame in text.Split("\n\n")[..^1].Where(frame => !frame.StartsWith(':')))
            {
                var lines = frame.Split('\n');
                var seq = long.Parse(lines[0]["id: ".Length..], CultureInfo.InvariantCulture);
                reader.Apply(new StreamedEvent(seq, lines[1]["event: ".Length..], JsonNode.Parse(lines[2]["data: ".Length..])!.AsObject()));
            }
            return reader;
        }

        public void Apply(StreamedEvent streamed)
        {
            Assert.True(streamed.Seq > Seq);
            Seq = streamed.Seq;
            Types.Add(streamed.Type);
            var data = streamed.Data;
            switch (streamed.Type)
            {
                case "message":
                    Put((string)data["id"]!, new JsonObject { ["text"] = (string?)data["text"] });
                    break;
                case "delta":
                    var id = (string)data["messageId"]!;
                    var before = items.TryGetValue(id, out var message) ? (string?)message["text"] : "";
                    Put(id, new JsonObject { ["text"] = before + (string?)data["text"] });
                    break;
                case "block":
                    Put((string)data["id"]!, data);
                    break;
                case "turn":
                    turns[(string)data["id"]!] = (string)data["state"]!;
                    break;
                case "notification":
                    notification = data.ToJsonString();
                    break;
                case "session":
                    title = data.ToJsonString();
                    break;
                default:
                    Assert.Fail("Unknown event " + streamed.Type);
                    break;
            }
        }

        private void Put(string id, JsonObject item)
        {
            if (!items.ContainsKey(id))
                order.Add(id);
            items[id] = item;
        }
    }
}

using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions;

public sealed class StreamReplyTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_first_text_goes_out_at_once_and_the_rest_every_fifty_milliseconds()
    {
        var written = new SemaphoreSlim(0);
        var next = new SemaphoreSlim(0);
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            reply.Write("a");
            await next.WaitAsync();
            reply.Write("b");
            reply.Write("c");
            written.Release();
            await next.WaitAsync();
        });
        var session = await app.BeginAsync();
        await using var reader = app.Read(session);
        await app.SayAsync(session, "go");
        Assert.Equal("a", (string?)(await reader.UntilAsync(streamed => streamed.Type == "delta"))[^1].Data["text"]);

        next.Release();
        await written.WaitAsync(TimeSpan.FromSeconds(20));
        app.Time.Advance(TimeSpan.FromMilliseconds(50));

        Assert.Equal("bc", (string?)(await reader.UntilAsync(streamed => streamed.Type == "delta"))[^1].Data["text"]);
        next.Release();
        var end = await reader.UntilAsync(streamed => streamed.Type == "message");
        Assert.Equal("abc", (string?)end[^1].Data["text"]);
        Assert.Null(end[^1].Data["partial"]);
    }

    [Fact]
    public async Task A_handler_that_awaits_its_writes_is_not_far_ahead_of_the_storage()
    {
        var waited = new List<bool>();
        ChatApp? app = null;
        await using var running = app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            using var busy = new ManualResetEventSlim();
            await using var reply = session.StreamReply();
            var blocked = app!.Services.GetRequiredService<SqliteDatabase>().WriteAsync(_ => busy.Wait());

            await reply.WriteAsync(new string('a', 60_000)).AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            var writing = reply.WriteAsync(new string('b', 10_000));
            waited.Add(!writing.IsCompleted);
            busy.Set();
            await writing.AsTask().WaitAsync(TimeSpan.FromSeconds(20));
            await blocked;
        });

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.Equal([true], waited);
        Assert.Equal(70_000, ((string?)events[^2].Data["text"])!.Length);
    }

    [Fact]
    public async Task Much_text_does_not_wait_for_the_clock()
    {
        var text = string.Concat(Enumerable.Repeat("0123456789", 30_000));
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            for (var at = 0; at < text.Length; at += 100)
                await reply.WriteAsync(text.Substring(at, 100));
        });
        var session = await app.BeginAsync();

        var events = await app.ConverseAsync(session, "go");

        Assert.Equal(text, (string?)events[^2].Data["text"]);
    }

    [Fact]
    public async Task Nothing_written_is_nothing_recorded()
    {
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            reply.Write("");
            reply.Write(null);
        });

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.Equal(["message", "turn", "turn", "turn"], events.Select(streamed => streamed.Type));
    }

    [Fact]
    public async Task A_reply_left_open_is_kept_and_marked()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) =>
        {
            session.StreamReply().Write("unfinished");
            return Task.CompletedTask;
        });

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.Equal("unfinished", (string?)events[^2].Data["text"]);
        Assert.True((bool?)events[^2].Data["partial"]);
    }

    [Fact]
    public async Task A_source_that_fails_leaves_its_text_marked()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.StreamReplyFromAsync(Failing()));

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.Equal("half", (string?)events[^2].Data["text"]);
        Assert.True((bool?)events[^2].Data["partial"]);
        Assert.Equal("failed", (string?)events[^1].Data["state"]);

        static async IAsyncEnumerable<string> Failing()
        {
            yield return "half";
            await Task.Yield();
            throw new InvalidOperationException("the model broke");
        }
    }

    [Fact]
    public async Task An_ended_reply_takes_no_text()
    {
        Exception? refused = null;
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            var reply = session.StreamReply();
            reply.Write("done");
            await reply.DisposeAsync();
            await reply.DisposeAsync();
            refused = Record.Exception(() => reply.Write("more"));
        });

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.IsType<ObjectDisposedException>(refused);
        Assert.Equal("completed", (string?)events[^1].Data["state"]);
        Assert.Single(events, streamed => (string?)streamed.Data["sender"] == "app");
    }

    [Fact]
    public async Task Snapshots_are_told_from_deltas()
    {
        var texts = new List<string>();
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            texts.Add(await session.StreamReplyFromAsync(Items("ha", "ha")));
            texts.Add(await session.StreamReplyFromAsync(Items("1", "10", "100"), StreamContent.Snapshots));
        });

        await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.Equal(["haha", "100"], texts);

        static async IAsyncEnumerable<string> Items(params string[] items)
        {
            foreach (var item in items)
            {
                await Task.Yield();
                yield return item;
            }
        }
    }

    [Fact]
    public async Task A_models_updates_become_one_reply_and_one_response()
    {
        ChatResponse? response = null;
        await using var app = await ChatApp.StartAsync(folder, async (session, _) => response = await session.StreamReplyFromAsync(Updates()));

        var events = await app.ConverseAsync(await app.BeginAsync(), "go");

        Assert.Equal("Hello there", (string?)events[^2].Data["text"]);
        Assert.Equal("Hello there", response!.Text);
        Assert.Equal(("r1", "demo", ChatFinishReason.Stop, 3L), (response.ResponseId, response.ModelId, response.FinishReason, response.Usage!.TotalTokenCount));

        static async IAsyncEnumerable<ChatResponseUpdate> Updates()
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "Hello") { ResponseId = "r1", ModelId = "demo" };
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, " there") { ResponseId = "r1" };
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { TotalTokenCount = 3 })]) { ResponseId = "r1", FinishReason = ChatFinishReason.Stop };
        }
    }

    [Fact]
    public async Task What_is_stored_of_a_finished_reply_is_its_message()
    {
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            reply.Write("all of it");
        });
        var session = await app.BeginAsync();

        await app.ConverseAsync(session, "go");

        var page = await ReadPageAsync(app, session);
        Assert.DoesNotContain(EventTypes.Delta, page);
    }

    private static async Task<List<string>> ReadPageAsync(ChatApp app, string session)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events");
        request.Headers.Accept.ParseAdd("application/json");
        using var response = await app.Client.SendAsync(request);
        return [.. (await Json.ReadAsync(response))["events"]!.AsArray().Select(item => (string)item!["type"]!)];
    }
}

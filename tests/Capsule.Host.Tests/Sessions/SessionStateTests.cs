using System.Collections.Concurrent;
using System.Net;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions;

public sealed class SessionStateTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Data_is_saved_at_the_end_of_a_turn_also_of_a_failed_one()
    {
        await using (var app = await ChatApp.StartAsync(folder, (session, message) =>
        {
            session.Data["last"] = message.Text;
            session.Data.GetOrAdd("all", () => new List<string>()).Add(message.Text);
            return message.Text == "two" ? throw new InvalidOperationException() : Task.CompletedTask;
        }))
        {
            var session = await app.BeginAsync(new { title = "kept" });
            await app.ConverseAsync(session, "one");
            await app.ConverseAsync(session, "two");
        }
        await using var restarted = await ChatApp.StartAsync(
            folder, (session, _) => session.ReplyAsync($"{session.Data["last"]} {session.Data["all"]!.ToJsonString()}"));
        var listed = (await restarted.GetAsync("/capsule/sessions"))["items"]!.AsArray();

        var events = await restarted.ConverseAsync((string)Assert.Single(listed)!["id"]!, "three");

        Assert.Equal("""two ["one","two"]""", (string?)events[^2].Data["text"]);
    }

    [Fact]
    public async Task Two_writers_keep_each_others_values()
    {
        var release = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(folder, async (session, message) =>
        {
            if (message.Text == "show")
            {
                await session.ReplyAsync(string.Join(' ', session.Data.Names.Order().Select(name => $"{name}={session.Data[name]}")));
                return;
            }
            session.Data["both"] = "turn";
            session.Data["turn"] = 1;
            begun.SetResult();
            await release.Task;
        });
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "write"))["turnId"]!;
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var provider = app.Services.GetRequiredService<ISessionProvider>();
        await using (var lease = await provider.OpenAsync(session, CancellationToken.None))
        {
            Assert.Empty(lease!.Session.Data.Names);
            lease.Session.Data["task"] = 2;
            lease.Session.Data["both"] = "task";
            await lease.Session.ReplyAsync("from a task");
        }
        release.SetResult();
        await app.UntilEndOfAsync(session, turnId);

        var events = await app.ConverseAsync(session, "show");

        Assert.Equal("both=turn task=2 turn=1", (string?)events[^2].Data["text"]);
        Assert.Contains(events, streamed => (string?)streamed.Data["text"] == "from a task" && streamed.Data["turnId"] is null);
    }

    [Fact]
    public async Task Flushed_data_is_there_before_the_end()
    {
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            session.Data["now"] = true;
            await session.Data.FlushAsync();
            await session.PromptApprovalAsync("wait");
        });
        var session = await app.BeginAsync();
        await app.SayAsync(session, "go");
        await using var reader = app.Read(session);
        await reader.UntilAsync(streamed => streamed.Type == "block");

        var seen = await app.Services.GetRequiredService<ISessionProvider>()
            .OpenForRequestAsync(session, new UserInfo { Id = "ann" }, CancellationToken.None);

        Assert.True((bool?)seen!.Data["now"]);
    }

    [Fact]
    public async Task History_follows_the_conversation_not_the_queue()
    {
        var release = new TaskCompletionSource();
        var histories = new ConcurrentDictionary<string, string>();
        await using var app = await ChatApp.StartAsync(folder, async (session, message) =>
        {
            histories[message.Text] = string.Join('|', session.History.Select(past => past.Text));
            await release.Task;
            await session.ReplyAsync("re " + message.Text);
            await session.NotifyAsync("not in it");
            histories[message.Text + " after"] = string.Join('|', session.History.Select(past => past.Text));
        });
        var session = await app.BeginAsync();
        await app.SayAsync(session, "one");
        var dropped = (string)(await app.SayAsync(session, "dropped"))["turnId"]!;
        await app.SayAsync(session, "two");
        var last = (string)(await app.SayAsync(session, "three"))["turnId"]!;
        using var cancelled = await app.Client.PostAsync($"/capsule/sessions/{session}/cancel", Json.Content(new { turnId = dropped }));
        release.SetResult();
        await app.UntilEndOfAsync(session, last);

        Assert.Equal("", histories["one"]);
        Assert.Equal("re one", histories["one after"]);
        Assert.Equal(["one", "re one", "dropped"], histories["two"].Split('|').OrderBy(text => text == "dropped"));
        Assert.EndsWith("two|re two", histories["three"]);
        Assert.EndsWith("two|re two|re three", histories["three after"]);
    }

    [Fact]
    public async Task History_holds_the_last_fifty_messages_with_their_attachments()
    {
        IReadOnlyList<Message> history = [];
        await using var app = await ChatApp.StartAsync(folder, async (session, message) =>
        {
            history = session.History;
            if (message.Attachments.Count > 0)
                await session.ReplyAsync("got it");
            else
                await Task.WhenAll(Enumerable.Range(0, 48).Select(number => session.ReplyAsync($"r{number}")));
        });
        var files = app.Services.GetRequiredService<IFileStore>();
        using var content = new MemoryStream("abc"u8.ToArray());
        var file = await files.SaveAsync("ann", "a.txt", "text/plain", content, 100, CancellationToken.None);
        var session = await app.BeginAsync();
        using var posted = await app.PostAsync(session, new { text = "see", attachments = new[] { file.Id } });
        Assert.Equal(HttpStatusCode.Accepted, posted.StatusCode);
        await app.ConverseAsync(session, "more");

        await app.ConverseAsync(session, "last");

        Assert.Equal(50, history.Count);
        Assert.Equal("got it", history[0].Text);
        Assert.Equal("r47", history[^1].Text);
        await using var lease = await app.Services.GetRequiredService<ISessionProvider>().OpenAsync(session, CancellationToken.None);
        await using var page = app.Read(session);
        var first = (await page.UntilAsync(streamed => streamed.Type == "message"))[0];
        Assert.Equal("a.txt", (string?)first.Data["attachments"]![0]!["name"]);
        Assert.Equal($"/capsule/files/{file.Id}", (string?)first.Data["attachments"]![0]!["url"]);
    }

    [Fact]
    public async Task A_message_brings_its_attachments()
    {
        string? read = null;
        await using var app = await ChatApp.StartAsync(folder, async (_, message) =>
        {
            using var reader = new StreamReader(await Assert.Single(message.Attachments).OpenReadAsync());
            read = await reader.ReadToEndAsync();
        });
        using var content = new MemoryStream("abc"u8.ToArray());
        var file = await app.Services.GetRequiredService<IFileStore>().SaveAsync("ann", "a.txt", "text/plain", content, 100, CancellationToken.None);
        var session = await app.BeginAsync();
        using var posted = await app.PostAsync(session, new { text = "", attachments = new[] { file.Id } });

        await app.UntilEndOfAsync(session, (string)(await Json.ReadAsync(posted))["turnId"]!);

        Assert.Equal("abc", read);
    }

    [Fact]
    public async Task Enter_runs_once_for_ever_and_Exit_when_the_session_is_closed()
    {
        var seen = new ConcurrentQueue<string>();
        var left = new TaskCompletionSource();
        void Register(HandlerRegistry handlers)
        {
            handlers.Add(ChatApp.On(SessionMoment.Enter, session => Note("enter", session)));
            handlers.Add(ChatApp.On(SessionMoment.Exit, async session =>
            {
                await Note("exit", session);
                await session.ReplyAsync("Goodbye");
                left.SetResult();
            }));
            handlers.Add(ChatApp.Handler((session, message) => Note(message.Text, session)));
        }
        Task Note(string what, Session session)
        {
            seen.Enqueue(Session.Current == session ? what : "no current session");
            return Task.CompletedTask;
        }
        string session;
        await using (var app = await ChatApp.StartAsync(folder, Register))
        {
            session = await app.BeginAsync();
            await app.ConverseAsync(session, "one");
            await app.ConverseAsync(session, "two");
        }
        await using (var app = await ChatApp.StartAsync(folder, Register))
        {
            await app.ConverseAsync(session, "three");
            using var closed = await app.Client.DeleteAsync($"/capsule/sessions/{session}");
            Assert.Equal(HttpStatusCode.NoContent, closed.StatusCode);
            await left.Task.WaitAsync(TimeSpan.FromSeconds(20));
            using var again = await app.Client.DeleteAsync($"/capsule/sessions/{session}");
            Assert.Equal(HttpStatusCode.NoContent, again.StatusCode);
            using var late = await app.PostAsync(session, new { text = "late" });
            Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
            Assert.True((bool?)(await app.GetAsync($"/capsule/sessions/{session}"))["closed"]);
        }
        await using (await ChatApp.StartAsync(folder, Register))
        {
        }

        Assert.Equal(["enter", "one", "two", "three", "exit"], seen);
    }

    [Fact]
    public async Task Closing_cancels_what_runs_and_what_waits()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => Task.Delay(Timeout.Infinite, session.CancellationToken));
        var session = await app.BeginAsync();
        var first = (string)(await app.SayAsync(session, "runs"))["turnId"]!;
        await using var reader = app.Read(session);
        await reader.UntilAsync(streamed => streamed.Type == "turn" && (string?)streamed.Data["state"] == "started");
        var second = (string)(await app.SayAsync(session, "waits"))["turnId"]!;

        using var closed = await app.Client.DeleteAsync($"/capsule/sessions/{session}");

        var events = await reader.UntilAsync(streamed => streamed.EndsTurn(first));
        Assert.Contains(events, streamed => streamed.EndsTurn(second));
        Assert.Contains(events, streamed => streamed.Type == "session" && (bool?)streamed.Data["closed"] == true);
        Assert.All(events.Where(streamed => streamed.EndsTurn(first) || streamed.EndsTurn(second)), streamed => Assert.Equal("cancelled", (string?)streamed.Data["state"]));
    }

    [Fact]
    public async Task A_session_that_nobody_reads_takes_no_output()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var id = await app.BeginAsync();
        var provider = app.Services.GetRequiredService<ISessionProvider>();
        var synthetic = provider.CreateSynthetic(new UserInfo { Id = "ann" }, CancellationToken.None);
        var request = await provider.OpenForRequestAsync(id, new UserInfo { Id = "ann" }, CancellationToken.None);

        Assert.Equal("", synthetic.Id);
        Assert.Equal(id, request!.Id);
        foreach (var session in new[] { synthetic, request })
        {
            Assert.False(session.CanReply);
            await Assert.ThrowsAsync<NoReplyTargetException>(async () => await session.ReplyAsync("x"));
            await Assert.ThrowsAsync<NoReplyTargetException>(async () => await session.ShowImageAsync("https://example.org/x.png"));
            Assert.Throws<NoReplyTargetException>(() => session.StreamReply());
        }
        Assert.Null(await provider.OpenForRequestAsync(id, new UserInfo { Id = "bob" }, CancellationToken.None));
        Assert.Null(await provider.OpenAsync("ses_none", CancellationToken.None));
    }
}

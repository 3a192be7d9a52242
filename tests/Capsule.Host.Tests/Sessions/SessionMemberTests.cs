using System.Collections.Concurrent;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions;

/// <summary>Members of <see cref="Session"/> at their edges; the ordinary use of each is in the contract's own tests.</summary>
public sealed class SessionMemberTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task ReplyAsync_takes_empty_text_and_no_null()
    {
        var events = await RunAsync(async session =>
        {
            await session.ReplyAsync("");
            await Assert.ThrowsAsync<ArgumentNullException>(() => session.ReplyAsync(null!));
            Assert.Equal("", Assert.Single(session.History).Text);
        });

        Assert.Equal([""], Said(events));
    }

    [Fact]
    public async Task NotifyAsync_trims_says_Working_for_a_detail_alone_and_nothing_for_nothing()
    {
        var events = await RunAsync(async session =>
        {
            await session.NotifyAsync("  Thinking...\n");
            await session.NotifyAsync("", " of you ");
            await session.NotifyAsync("", "");
            await session.NotifyAsync(" \n", null);
            await session.NotifyAsync(null!);
            await session.NotifyAsync("Done", "   ");
            Assert.Empty(session.History);
        });

        Assert.Equal(
            ["""{"text":"Thinking..."}""", """{"text":"Working...","detail":"of you"}""", """{"text":"Done"}"""],
            events.Where(streamed => streamed.Type == "notification").Select(streamed => streamed.Data.ToJsonString()));
    }

    [Fact]
    public async Task SetTitleAsync_makes_one_line_of_at_most_200_characters_and_needs_one()
    {
        var events = await RunAsync(async session =>
        {
            await session.SetTitleAsync("  Mail\r\n box ");
            await session.SetTitleAsync(new string('x', 300));
            foreach (var none in (string?[])["", "  ", null])
                await Assert.ThrowsAsync<ArgumentException>(() => session.SetTitleAsync(none!));
        });

        var titles = events.Where(streamed => streamed.Type == "session").Select(streamed => (string)streamed.Data["title"]!).ToList();
        Assert.Equal(["Mail box", new string('x', 200)], titles);
    }

    [Fact]
    public async Task StreamReply_left_by_an_exception_keeps_what_was_written_and_the_exception_passes()
    {
        IReadOnlyList<Message> history = [];
        await using var app = await ChatApp.StartAsync(folder, async (session, message) =>
        {
            if (message.Text != "break")
            {
                history = session.History;
                return;
            }
            await using var reply = session.StreamReply();
            reply.Write("as far as ");
            reply.Write("this");
            Assert.Equal("as far as this", reply.Text);
            throw new InvalidOperationException("the handler broke");
        });
        var session = await app.BeginAsync();

        var events = await app.ConverseAsync(session, "break");
        await app.ConverseAsync(session, "then");

        Assert.Equal(["as far as this"], Said(events));
        Assert.Equal("failed", (string?)events[^1].Data["state"]);
        Assert.Equal(["break", "as far as this"], history.Select(message => message.Text));
        Assert.Contains(app.Log.Entries, entry => entry.Exception?.Message == "the handler broke");
    }

    [Fact]
    public async Task StreamReply_can_be_used_several_times_and_at_the_same_time()
    {
        var events = await RunAsync(async session =>
        {
            await using (var first = session.StreamReply())
            await using (var second = session.StreamReply())
            {
                await first.WriteAsync("a");
                await second.WriteAsync("1");
                await first.WriteAsync("b");
            }
            await session.StreamAsync(new[] { "x", null!, "", "y" }.ToAsyncEnumerable());
        });

        Assert.Equal(["1", "ab", "xy"], Said(events).Order());
    }

    [Fact]
    public async Task StreamReplyFromAsync_refuses_a_snapshot_that_does_not_continue_and_keeps_what_came_before()
    {
        var events = await RunAsync(session => Assert.ThrowsAsync<InvalidOperationException>(
            () => session.StreamReplyFromAsync(new[] { "one", "one two", "three" }.ToAsyncEnumerable(), StreamContent.Snapshots)));

        var kept = events.Single(streamed => streamed.Type == "message" && (string?)streamed.Data["sender"] == "app");
        Assert.Equal(("one two", true), ((string?)kept.Data["text"], (bool?)kept.Data["partial"]));
    }

    [Fact]
    public async Task History_has_ids_times_and_attachments_that_can_still_be_read()
    {
        string? downloaded = null;
        IReadOnlyList<Message> history = [];
        await using var app = await ChatApp.StartAsync(folder, async (session, message) =>
        {
            if (message.Text == "later")
            {
                history = session.History;
                downloaded = await history[0].Attachments[0].DownloadAsync(folder.File("got") + Path.DirectorySeparatorChar);
            }
            else
            {
                await session.ReplyAsync("got it");
            }
        });
        using var content = new MemoryStream("abc"u8.ToArray());
        var file = await app.Services.GetRequiredService<IFileStore>().SaveAsync("ann", "a.txt", "text/plain", content, 100, CancellationToken.None);
        var session = await app.BeginAsync();
        using var posted = await app.Client.PostAsJsonAsync(
            $"/capsule/sessions/{session}/messages", new { id = "mine", text = "see", attachments = new[] { file.Id } });
        await app.UntilEndOfAsync(session, (string)(await Json.ReadAsync(posted))["turnId"]!);
        app.Time.Advance(TimeSpan.FromHours(1));

        await app.ConverseAsync(session, "later");

        Assert.Equal(["mine", history[1].Id], history.Select(message => message.Id));
        Assert.All(history, message => Assert.Equal(app.Time.GetUtcNow() - TimeSpan.FromHours(1), message.Timestamp));
        Assert.Equal(("a.txt", "text/plain", 3L, file.Url), Describe(history[0].Attachments[0]));
        Assert.Empty(history[1].Attachments);
        Assert.Equal(folder.File("got/a.txt"), downloaded);
        Assert.Equal("abc", await File.ReadAllTextAsync(downloaded!));

        static (string, string, long, string) Describe(Attachment file) => (file.Name, file.ContentType, file.Size, file.Url);
    }

    [Fact]
    public async Task StepAsync_does_its_work_and_returns_its_result_also_where_nothing_is_replayed()
    {
        var results = new List<string>();
        await RunAsync(async session =>
        {
            results.Add($"{await session.StepAsync("number", () => 42)}");
            results.Add(await session.StepAsync("text", _ => Task.FromResult("done")));
            await session.StepAsync("nothing", () =>
            {
                results.Add("ran");
                return Task.CompletedTask;
            });
            await Assert.ThrowsAsync<FormatException>(() => session.StepAsync("broken", new Func<int>(() => throw new FormatException())));
            await Assert.ThrowsAsync<ArgumentException>(() => session.StepAsync("", () => 1));
        });

        Assert.Equal(["42", "done", "ran"], results);
    }

    [Fact]
    public async Task GetIntegration_and_Integrations_are_null_until_one_is_connected()
    {
        var seen = new ConcurrentQueue<string?>();
        await using var app = await ChatApp.StartAsync(
            folder,
            handlers => handlers.Add(ChatApp.Handler((session, _) =>
            {
                seen.Enqueue(session.GetIntegration(Integration.GitHub)?.Fields["token"]);
                Assert.Same(session.GetIntegration(Integration.GitHub), session.Integrations[Integration.GitHub]);
                Assert.Throws<ArgumentNullException>(() => session.GetIntegration(null!));
                return Task.CompletedTask;
            })),
            services: services => services.Configure<CapsuleOptions>(
                options => options.Integrations.AddForm(Integration.GitHub, null, new IntegrationField("token", "Token"))));
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "before");
        using var connected = await app.Client.PostAsJsonAsync("/capsule/integrations/github", new { fields = new { token = "t" } });

        var events = await app.ConverseAsync(session, "after");

        Assert.Equal([null, "t"], seen);
        Assert.Equal("completed", (string?)events[^1].Data["state"]);
    }

    [Fact]
    public async Task Current_is_the_session_across_awaits_threads_and_whatever_the_handler_calls()
    {
        var seen = new ConcurrentQueue<(string Where, Session? Current)>();
        Session? own = null;
        await RunAsync(async session =>
        {
            own = session;
            See("at once");
            await Task.Yield();
            See("after a yield");
            await Task.Delay(1).ConfigureAwait(false);
            See("after a delay");
            await Task.Run(() => See("in Task.Run"));
            await Task.WhenAll(Enumerable.Range(0, 3).Select(async number =>
            {
                await Task.Yield();
                See("in WhenAll " + number);
            }));
            Parallel.For(0, 3, number => See("in Parallel.For " + number));
            await DeepAsync();
            await session.ReplyAsync("after an output");
            See("after an output");
            await using (var reply = session.StreamReply())
                await reply.WriteAsync("text");
            See("after a stream");
        });

        Assert.Equal(13, seen.Count);
        Assert.All(seen, place => Assert.True(ReferenceEquals(own, place.Current), place.Where));
        Assert.Null(Session.Current);

        void See(string where) => seen.Enqueue((where, Session.Current));

        async Task DeepAsync()
        {
            await foreach (var _ in new[] { 1 }.ToAsyncEnumerable())
                See("in an iterator");
        }
    }

    [Fact]
    public async Task Current_is_each_handlers_own_while_many_run_and_also_after_one_has_failed()
    {
        var wrong = new ConcurrentQueue<string>();
        await using var app = await ChatApp.StartAsync(
            folder,
            async (session, message) =>
            {
                for (var round = 0; round < 20; round++)
                {
                    await Task.Yield();
                    if (!ReferenceEquals(Session.Current, session))
                        wrong.Enqueue(message.Text);
                }
                if (message.Text == "fail")
                    throw new InvalidOperationException();
            },
            limits => limits.ConcurrentTurnsPerUser = 20);
        var sessions = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => app.BeginAsync()));

        await Task.WhenAll(sessions.Select((session, number) => app.ConverseAsync(session, number % 2 == 0 ? "fail" : "go")));
        await Task.WhenAll(sessions.Select(session => app.ConverseAsync(session, "again")));

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("approval")]
    [InlineData("file")]
    [InlineData("integration")]
    public async Task Every_prompt_waits_300_seconds_unless_told_otherwise_and_never_for_ever(string kind)
    {
        var refused = new List<Exception?>();
        await using var app = await ChatApp.StartAsync(
            folder,
            handlers => handlers.Add(ChatApp.Handler(async (session, _) =>
            {
                foreach (var timeout in (TimeSpan[])[TimeSpan.Zero, TimeSpan.FromSeconds(-1), Timeout.InfiniteTimeSpan, TimeSpan.MaxValue, TimeSpan.FromDays(50)])
                    refused.Add(await Record.ExceptionAsync(() => PromptAsync(session, timeout)));
                await Record.ExceptionAsync(() => PromptAsync(session, null));
            })),
            services: services => services.Configure<CapsuleOptions>(
                options => options.Integrations.AddForm(Integration.GitHub, null, new IntegrationField("token", "Token"))));
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "ask"))["turnId"]!;
        await using var reader = app.Read(session);
        var block = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data;

        Assert.Equal(app.Time.GetUtcNow() + TimeSpan.FromSeconds(300), block["payload"]!["expiresAt"]!.GetValue<DateTimeOffset>());
        Assert.Equal(5, refused.Count);
        Assert.All(refused, exception => Assert.IsType<ArgumentOutOfRangeException>(exception));
        await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(300));
        app.Time.Advance(TimeSpan.FromSeconds(300));
        Assert.Equal("completed", (string?)(await app.UntilEndOfAsync(session, turnId))[^1].Data["state"]);

        Task PromptAsync(Session session, TimeSpan? timeout) => kind switch
        {
            "approval" => session.PromptApprovalAsync("Sure?", timeout: timeout),
            "file" => session.PromptFileAsync(timeout: timeout),
            _ => session.PromptIntegrationAsync(Integration.GitHub, timeout: timeout),
        };
    }

    [Fact]
    public async Task PromptApprovalAsync_trims_its_question_and_needs_one()
    {
        Exception? refused = null;
        await using var app = await ChatApp.StartAsync(folder, async (session, _) =>
        {
            refused = await Record.ExceptionAsync(() => session.PromptApprovalAsync(null!));
            await session.PromptApprovalAsync("  Sure? \n", "Yes", "No");
        });
        var session = await app.BeginAsync();
        await app.SayAsync(session, "ask");
        await using var reader = app.Read(session);

        var payload = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data["payload"]!;

        Assert.IsType<ArgumentNullException>(refused);
        Assert.Equal(("Sure?", "Yes", "No", true), ((string?)payload["message"], (string?)payload["approveLabel"], (string?)payload["rejectLabel"], (bool?)payload["blocking"]));
    }

    [Fact]
    public async Task A_synthetic_session_refuses_every_output_and_prompt_and_keeps_nothing()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var session = app.Services.GetRequiredService<ISessionProvider>().CreateSynthetic(new UserInfo { Id = "ann", OrgId = "acme" }, CancellationToken.None);

        foreach (var output in (Func<Task>[])
            [
                () => session.ReplyAsync("x"),
                () => session.NotifyAsync("x"),
                () => session.StreamAsync(new[] { "x" }.ToAsyncEnumerable()),
                () => session.StreamReplyFromAsync(new[] { "x" }.ToAsyncEnumerable()),
                () => session.ShowAsync(new Block("x", [])),
                () => session.ShowTaskAsync("task_1"),
                () => session.ShowBrowserAsync(new Uri("https://example.org/")),
                () => session.ShowImageAsync("https://example.org/x.png"),
                () => session.ShowImageAsync("/etc/hostname"),
                () => session.ShowIntegrationAsync(Integration.GitHub),
                () => session.PromptFileAsync(),
                () => session.PromptApprovalAsync("x"),
                () => session.PromptIntegrationAsync(Integration.GitHub),
                () => session.RequireIntegrationAsync(Integration.GitHub),
                () => session.SetTitleAsync("x"),
            ])
        {
            await Assert.ThrowsAsync<NoReplyTargetException>(async () => await output());
        }
        Assert.Throws<NoReplyTargetException>(() => session.StreamReply());
        Assert.Equal(("", "chat", "org:acme", false), (session.Id, session.Channel.Type, session.User.OwnerId, session.CanReply));
        Assert.Empty(session.History);
        Assert.Empty(session.Data.Names);
        Assert.Equal(3, await session.StepAsync("work", () => 3));
        session.Data["a"] = 1;
        await session.Data.FlushAsync();
    }

    /// <summary>Runs a handler in a turn that must complete; all events.</summary>
    private async Task<List<StreamedEvent>> RunAsync(Func<Session, Task> handle)
    {
        Exception? thrown = null;
        await using var app = await ChatApp.StartAsync(folder, async (session, _) => thrown = await Record.ExceptionAsync(() => handle(session)));
        var events = await app.ConverseAsync(await app.BeginAsync(), "go");
        Assert.Null(thrown);
        Assert.Equal("completed", (string?)events[^1].Data["state"]);
        return events;
    }

    private static IEnumerable<string> Said(IEnumerable<StreamedEvent> events) => events
        .Where(streamed => streamed.Type == "message" && (string?)streamed.Data["sender"] == "app")
        .Select(streamed => (string)streamed.Data["text"]!);
}

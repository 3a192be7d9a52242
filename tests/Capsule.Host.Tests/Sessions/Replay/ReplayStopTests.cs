using System.Net;
using System.Net.Http.Json;
using Capsule.Hosting.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions.Replay;

/// <summary>Turns that replay go on over a stop, and don't over crash after crash.</summary>
public sealed class ReplayStopTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly List<TemporaryDirectory> copies = [];

    public void Dispose()
    {
        folder.Dispose();
        foreach (var copy in copies)
            copy.Dispose();
    }

    [Fact]
    public async Task A_turn_that_cannot_go_on_for_want_of_storage_goes_on_later()
    {
        string session, turnId;
        await using (var app = await ChatApp.ReplayAsync(folder, AskAsync))
        {
            session = await app.BeginAsync();
            turnId = (string)(await app.SayAsync(session, "ask"))["turnId"]!;
            await using (var reader = app.Read(session))
                await reader.UntilAsync(streamed => streamed.Type == "block");
            await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        using var broken = new BrokenTable(folder.File("capsule.db"), "UPDATE ON turns");

        await using var restarted = await ChatApp.ReplayAsync(folder, AskAsync);
        await restarted.Log.WaitFor("can't go on");
        broken.Mend();
        await restarted.Time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        restarted.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("completed", (string?)(await restarted.AnswerUntilEndAsync(session, turnId)).Data["state"]);

        static Task AskAsync(Session session, Message message) => session.PromptApprovalAsync("Go on?");
    }

    [Theory]
    [InlineData("cancel")]
    [InlineData("delete")]
    public async Task A_turn_that_waits_for_a_slot_to_go_on_can_be_stopped(string how)
    {
        var asked = new List<(string Session, string TurnId)>();
        await using (var app = await ChatApp.ReplayAsync(folder, AskAsync, limits => limits.ConcurrentTurnsPerUser = 2))
        {
            for (var number = 0; number < 2; number++)
            {
                var session = await app.BeginAsync();
                asked.Add((session, (string)(await app.SayAsync(session, "ask"))["turnId"]!));
                await using var reader = app.Read(session);
                await reader.UntilAsync(streamed => streamed.Type == "block");
            }
            await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }
        var runs = new TaskCompletionSource<string>();
        await using var restarted = await ChatApp.ReplayAsync(
            folder,
            (session, message) =>
            {
                runs.TrySetResult(session.Id);
                return AskAsync(session, message);
            },
            limits => limits.ConcurrentTurnsPerUser = 1);
        var running = await runs.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var waiting = asked.Single(turn => turn.Session != running);

        if (how == "cancel")
        {
            using var cancelled = await restarted.Client.PostAsJsonAsync($"/capsule/sessions/{waiting.Session}/cancel", new { waiting.TurnId });
            Assert.Equal(HttpStatusCode.NoContent, cancelled.StatusCode);
            Assert.Equal("cancelled", (string?)(await restarted.EventsAsync(waiting.Session))[^1].Data["state"]);
            // Another message of its session waits as before.
            await restarted.SayAsync(waiting.Session, "ask");
        }
        else
        {
            var sessions = restarted.Services.GetRequiredService<ISessionAdministration>();
            Assert.True(await sessions.DeleteAsync(waiting.Session).WaitAsync(TimeSpan.FromSeconds(20)));
        }
        Assert.Equal("completed", (string?)(await restarted.AnswerUntilEndAsync(running, asked.Single(turn => turn.Session == running).TurnId)).Data["state"]);

        static Task AskAsync(Session session, Message message) => session.PromptApprovalAsync("Go on?");
    }

    [Fact]
    public async Task A_step_that_failed_and_was_tried_again_changes_nothing_of_what_comes_later()
    {
        var tries = 0;
        string session, turnId;
        await using (var app = await ChatApp.ReplayAsync(folder, HandleAsync))
        {
            session = await app.BeginAsync();
            turnId = (string)(await app.SayAsync(session, "try"))["turnId"]!;
            await using (var reader = app.Read(session))
                await reader.UntilAsync(streamed => (string?)streamed.Data["type"] == "approval_prompt");
            await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }

        await using var restarted = await ChatApp.ReplayAsync(folder, HandleAsync);

        Assert.Equal("completed", (string?)(await restarted.AnswerUntilEndAsync(session, turnId)).Data["state"]);
        Assert.Equal(2, tries);

        async Task HandleAsync(Session session, Message message)
        {
            await session.ShowAsync(new Block("before", []));
            for (var done = false; !done;)
            {
                try
                {
                    await session.StepAsync("call", _ => ++tries == 1 ? Task.FromException<int>(new HttpRequestException()) : Task.FromResult(tries));
                    done = true;
                }
                catch (HttpRequestException)
                {
                }
            }
            await session.ShowAsync(new Block("after", []));
            await session.PromptApprovalAsync("Go on?");
        }
    }

    [Fact]
    public async Task A_prompt_stays_open_over_a_stop_and_the_handler_goes_on()
    {
        string session, turnId;
        await using (var app = await ChatApp.ReplayAsync(folder, AskAsync, limits => limits.ShutdownSeconds = 10))
        {
            session = await app.BeginAsync();
            turnId = (string)(await app.SayAsync(session, "ask"))["turnId"]!;
            await using (var reader = app.Read(session))
                await reader.UntilAsync(streamed => streamed.Type == "block");
            await app.StopAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }

        await using var restarted = await ChatApp.ReplayAsync(folder, AskAsync);
        Assert.Single((await restarted.GetAsync($"/capsule/sessions/{session}"))["prompts"]!.AsArray());
        await restarted.AnswerUntilEndAsync(session, turnId);

        var events = await restarted.EventsAsync(session);
        Assert.Equal(["queued", "started", "completed"], events.Where(streamed => streamed.Type == "turn").Select(streamed => (string)streamed.Data["state"]!));
        Assert.Equal(["a question", "True"], events.Where(streamed => (string?)streamed.Data["sender"] == "app").Select(streamed => (string)streamed.Data["text"]!));
        Assert.Equal(2, events.Count(streamed => streamed.Type == "block"));

        static async Task AskAsync(Session session, Message message)
        {
            try
            {
                await session.ReplyAsync("a question");
                await session.ReplyAsync($"{await session.PromptApprovalAsync("Go on?")}");
            }
            catch (OperationCanceledException)
            {
                // The next process does not come here, so nothing of this may count.
                await Record.ExceptionAsync(() => session.ReplyAsync("stopped"));
                session.Data["stopped"] = true;
            }
        }
    }

    [Fact]
    public async Task A_prompt_whose_time_ran_out_meanwhile_has_expired()
    {
        var app = await ChatApp.ReplayAsync(folder, AskAsync);
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "ask"))["turnId"]!;
        await using (var reader = app.Read(session))
            await reader.UntilAsync(streamed => streamed.Type == "block");
        var left = Copy(folder);
        await app.DisposeAsync();

        var later = new ManualTime(new ManualTime().GetUtcNow() + TimeSpan.FromMinutes(6));
        await using var restarted = await ChatApp.StartAsync(
            left, handlers => handlers.Add(ChatApp.Handler(AskAsync, onCrash: OnCrash.Replay)), time: later);

        var events = await restarted.UntilEndOfAsync(session, turnId);
        Assert.Equal("False", (string?)events[^2].Data["text"]);
        Assert.True((bool?)events.Last(streamed => streamed.Type == "block").Data["payload"]!["timedOut"]);

        static async Task AskAsync(Session session, Message message) => await session.ReplyAsync($"{await session.PromptApprovalAsync("Go on?")}");
    }

    [Fact]
    public async Task A_turn_that_takes_the_server_down_each_time_is_given_up()
    {
        var runs = 0;
        using var release = new CancellationTokenSource();
        async Task DieAsync(Session session, Message message)
        {
            await session.ReplyAsync("about to die");
            var run = Interlocked.Increment(ref runs);
            await session.StepAsync("deadly", () =>
            {
                reached[run].SetResult();
                return Task.Delay(Timeout.Infinite, release.Token);
            });
        }

        var app = await ChatApp.ReplayAsync(folder, DieAsync);
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "die"))["turnId"]!;
        var left = folder;
        for (var crash = 1; crash <= 3; crash++)
        {
            await reached[crash].Task.WaitAsync(TimeSpan.FromSeconds(20));
            left = Copy(left);
            await app.DisposeAsync();
            app = await ChatApp.ReplayAsync(left, DieAsync);
        }

        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal("failed", (string?)events[^1].Data["state"]);
        Assert.Contains("not tried again", (string?)events[^1].Data["error"], StringComparison.Ordinal);
        Assert.Equal(3, runs);
        Assert.Single(events, streamed => (string?)streamed.Data["text"] == "about to die");
        Assert.Contains(app.Log.Entries, entry => entry.Message.Contains("failed for good", StringComparison.Ordinal));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_collection_is_written_once_though_its_file_is_another()
    {
        var left = new TaskCompletionSource<TemporaryDirectory>();
        var handler = new InsertHandler();
        var app = await ChatApp.StartAsync(
            folder,
            handler.Register,
            services: services => services.AddSingleton<IDocumentStore>(provider => new CrashAfterWrite(
                InsertHandler.StoreOf(provider), () => left.TrySetResult(Copy(folder)))));
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "insert"))["turnId"]!;
        await app.UntilEndOfAsync(session, turnId);
        await app.DisposeAsync();

        await using var restarted = await ChatApp.StartAsync(await left.Task, handler.Register);
        await restarted.UntilEndOfAsync(session, turnId);

        Assert.Equal(["1 notes", "1 notes"], handler.Said);
        Assert.Single((await Remains.OfAsync(restarted, session)).Documents);
    }

    [Fact]
    public async Task History_and_data_are_those_of_the_turns_start()
    {
        var seen = new List<string>();
        async Task HandleAsync(Session session, Message message)
        {
            seen.Add($"{string.Join('|', session.History.Select(past => past.Text))} {session.Data["n"]?.ToJsonString() ?? "0"}");
            session.Data["n"] = ((int?)session.Data["n"] ?? 0) + 1;
            await session.Data.FlushAsync();
            await session.ReplyAsync("re " + message.Text);
            if (message.Text == "two")
                await session.PromptApprovalAsync("Go on?");
        }

        var app = await ChatApp.ReplayAsync(folder, HandleAsync);
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "one");
        var turnId = (string)(await app.SayAsync(session, "two"))["turnId"]!;
        await using (var reader = app.Read(session))
            await reader.UntilAsync(streamed => streamed.Type == "block");
        await using (var lease = await app.Services.GetRequiredService<ISessionProvider>().OpenAsync(session, default))
        {
            await lease!.Session.ReplyAsync("from a task");
            lease.Session.Data["n"] = 100;
            lease.Session.Data["task"] = true;
        }
        var left = Copy(folder);
        await app.DisposeAsync();

        await using var restarted = await ChatApp.ReplayAsync(left, HandleAsync);
        await restarted.AnswerUntilEndAsync(session, turnId);

        Assert.Equal([" 0", "one|re one 1", "one|re one 1"], seen);
        var (_, data) = await restarted.Services.GetRequiredService<ISessionStore>().ReadPastAsync(session, long.MaxValue, 50, default);
        Assert.Equal(("100", "true"), (data["n"], data["task"]));
    }

    private readonly Dictionary<int, TaskCompletionSource> reached = Enumerable.Range(1, 4).ToDictionary(run => run, _ => new TaskCompletionSource());

    private TemporaryDirectory Copy(TemporaryDirectory source)
    {
        var copy = new TemporaryDirectory();
        copies.Add(copy);
        source.CopyTo(copy);
        return copy;
    }

    private sealed class InsertHandler
    {
        public List<string> Said { get; } = [];

        public static IDocumentStore StoreOf(IServiceProvider provider) => new Capsule.Hosting.Storage.Sqlite.SqliteDocumentStore(
            Capsule.Hosting.Storage.Sqlite.CollectionsDatabase.Open(provider.GetRequiredService<DataDirectory>().PathOf("collections.db")));

        public void Register(HandlerRegistry handlers)
        {
            handlers.Add(new DocumentType<Note> { Name = "notes", Scope = Scope.Session, IdField = "id", GetId = note => note.Id });
            handlers.Add(ChatApp.Handler(
                async (session, _) =>
                {
                    var notes = session.Db.GetCollection<Note>();
                    await notes.InsertAsync(new Note("milk", 1));
                    Said.Add($"{await notes.CountAsync()} notes");
                },
                onCrash: OnCrash.Replay));
        }
    }

    /// <summary>Does what a crash would cut off: the document is stored, its turn does not know it yet.</summary>
    private sealed class CrashAfterWrite(IDocumentStore inner, Action crash) : IDocumentStore
    {
        public async Task InsertAsync(DocumentScope scope, IReadOnlyList<NewDocument> documents, Effect? once, CancellationToken cancellationToken)
        {
            await inner.InsertAsync(scope, documents, once, cancellationToken);
            crash();
        }

        public IReadOnlyList<string> Find(DocumentScope scope, DocumentQuery query) => inner.Find(scope, query);

        public int Count(DocumentScope scope, DocumentSelection selection) => inner.Count(scope, selection);

        public Task<int> UpdateAsync(
            DocumentScope scope, DocumentSelection selection, IReadOnlyList<FieldJson> changes, Effect? once, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task<int> DeleteAsync(DocumentScope scope, DocumentSelection selection, Effect? once, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public Task ForgetEffectsAsync(string turnId, CancellationToken cancellationToken) => inner.ForgetEffectsAsync(turnId, cancellationToken);

        public Task TouchAsync(CancellationToken cancellationToken) => inner.TouchAsync(cancellationToken);

        public Task KeepEffectsAsync(IReadOnlyCollection<string> turnIds, CancellationToken cancellationToken) => inner.KeepEffectsAsync(turnIds, cancellationToken);
    }
}

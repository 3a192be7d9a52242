using System.Net;
using System.Net.Http.Json;
using System.Reflection;
using Capsule.Host.Tests.Hosting;
using Capsule.Host.Tests.Sessions;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Storage;

/// <summary>While nothing can be stored, nothing is acknowledged; once it can, everything goes on by itself.</summary>
public sealed class StorageFailureTests : IDisposable
{
    private readonly TemporaryDirectory directory = new();

    public void Dispose() => directory.Dispose();

    private string Database => directory.File("capsule.db");

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task What_cannot_be_stored_is_answered_with_503_and_not_acknowledged(string environment)
    {
        await using var app = await TestApp.StartAsync(
            handlers => handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask)), dataDirectory: directory.Path, environment: environment);
        using var broken = new BrokenTable(Database, "INSERT ON sessions");

        using var refused = await app.Client.PostAsync("/capsule/sessions", null);

        var problem = await refused.RequireProblemAsync(HttpStatusCode.ServiceUnavailable);
        Assert.DoesNotContain("disk is gone", problem.ToString(), StringComparison.Ordinal);
        Assert.NotNull(refused.Headers.RetryAfter);
        broken.Mend();
        Assert.Equal(HttpStatusCode.Created, (await app.Client.PostAsync("/capsule/sessions", null)).StatusCode);
        Assert.Single((await app.Client.GetFromJsonAsync<System.Text.Json.JsonElement>("/capsule/sessions")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_file_that_the_disk_refuses_is_answered_with_503()
    {
        await using var app = await TestApp.StartAsync(dataDirectory: directory.Path);
        Directory.Delete(directory.File("files"));

        await (await app.Client.UploadAsync("/capsule/files", "a.txt", [1])).RequireProblemAsync(HttpStatusCode.ServiceUnavailable);
    }

    [Theory]
    [InlineData("started", "can't go on")]
    [InlineData("completed", "can't be stored")]
    public async Task A_turn_whose_state_cannot_be_stored_goes_on_by_itself(string state, string logged)
    {
        await using var app = await ChatApp.StartAsync(directory, (session, _) => session.ReplyAsync("hi"));
        var session = await app.BeginAsync();
        using var broken = new BrokenTable(Database, $"UPDATE ON turns WHEN NEW.state = '{state}'");
        var turnId = (string)(await app.SayAsync(session, "hello"))["turnId"]!;
        await app.Log.WaitFor(logged);

        broken.Mend();
        await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        app.Time.Advance(TimeSpan.FromSeconds(1));

        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal("completed", (string?)events[^1].Data["state"]);
        Assert.Single(events, streamed => (string?)streamed.Data["text"] == "hi");
    }

    [Fact]
    public async Task A_streamed_reply_whose_end_cannot_be_stored_is_kept_with_the_end_of_its_turn()
    {
        BrokenTable? broken = null;
        await using var app = await ChatApp.StartAsync(directory, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            await reply.WriteAsync("all of it");
            broken = new BrokenTable(Database, "INSERT ON events WHEN NEW.type = 'message'");
        });
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "tell"))["turnId"]!;
        await app.Log.WaitFor("can't be stored");

        broken!.Dispose();
        await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        app.Time.Advance(TimeSpan.FromSeconds(1));

        var events = await app.UntilEndOfAsync(session, turnId);
        Assert.Equal("failed", (string?)events[^1].Data["state"]);
        Assert.Equal("all of it", (string?)events[^2].Data["text"]);
    }

    [Fact]
    public async Task A_prompt_whose_expiry_cannot_be_stored_is_closed_with_its_turn()
    {
        await using var app = await ChatApp.StartAsync(
            directory, (session, _) => session.PromptApprovalAsync("Sure?", timeout: TimeSpan.FromSeconds(10)));
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "ask"))["turnId"]!;
        await using var reader = app.Read(session);
        await reader.UntilAsync(streamed => streamed.Type == "block");
        using var broken = new BrokenTable(Database, "UPDATE ON prompts");
        await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(10));
        app.Time.Advance(TimeSpan.FromSeconds(10));
        await app.Log.WaitFor("can't be stored");

        broken.Mend();
        await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        app.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("failed", (string?)(await app.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
        Assert.Empty((await app.GetAsync($"/capsule/sessions/{session}"))["prompts"]!.AsArray());
    }

    [Fact]
    public async Task What_comes_after_a_piece_of_a_reply_that_can_not_be_stored_waits_for_the_whole_reply()
    {
        await using var app = await ChatApp.StartAsync(directory, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            using (new BrokenTable(Database, "INSERT ON events WHEN NEW.type = 'delta'"))
            {
                reply.Write("first ");
                // It is stored after the piece was not.
                await session.NotifyAsync("one");
            }
            reply.Write(new string('x', 5000));
            await session.NotifyAsync("two");
        });
        var session = await app.BeginAsync();
        await using var reader = app.Read(session);
        await app.SayAsync(session, "tell");

        var events = await reader.UntilAsync(streamed => streamed.Type == "turn" && (string?)streamed.Data["state"] == "completed");

        Assert.DoesNotContain(events, streamed => streamed.Type == "delta");
        Assert.Equal("first " + new string('x', 5000), (string?)events[^2].Data["text"]);
    }

    [Fact]
    public async Task A_call_does_not_wait_for_ever_for_the_end_of_a_turn_that_can_not_be_stored()
    {
        var begun = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(directory, async (session, _) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
        });
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "go"))["turnId"]!;
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        using var broken = new BrokenTable(Database, "UPDATE ON turns WHEN NEW.state = 'cancelled'");

        var cancelling = app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/cancel", new { });
        await app.Log.WaitFor("can't be stored");
        app.Time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(cancelling.IsCompleted);
        app.Time.Advance(TimeSpan.FromSeconds(1));

        using var refused = await cancelling;
        await refused.RequireProblemAsync(HttpStatusCode.ServiceUnavailable);
        await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(1));
        broken.Mend();
        app.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("cancelled", (string?)(await app.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
    }

    [Fact]
    public async Task A_call_that_cancels_a_turn_whose_beginning_can_not_be_stored_is_answered()
    {
        using var busy = new ManualResetEventSlim();
        await using var app = await ChatApp.StartAsync(directory, (_, _) => Task.CompletedTask);
        var session = await app.BeginAsync();
        using var broken = new BrokenTable(Database, "UPDATE ON turns WHEN NEW.state = 'started'");
        var (store, database) = (app.Services.GetRequiredService<ISessionStore>(), app.Services.GetRequiredService<SqliteDatabase>());
        // The beginning waits for what is asked for with the message, and then fails.
        var blocked = Task.CompletedTask;
        store.Appended += Block;
        await app.SayAsync(session, "go");
        var runner = app.Services.GetRequiredService<TurnRunner>();
        Task<bool> cancelling;
        // There is nothing to cancel before the turn is about to begin.
        while ((cancelling = runner.CancelAsync(session, turnId: null, CancellationToken.None)).IsCompleted)
            await Task.Yield();

        busy.Set();

        Assert.False(await cancelling.WaitAsync(TimeSpan.FromSeconds(20)));
        await blocked;

        void Block(string sessionId, IReadOnlyList<JournalEvent> events)
        {
            store.Appended -= Block;
            blocked = database.WriteAsync(_ => busy.Wait());
        }
    }

    [Theory]
    [InlineData(typeof(ISessionStore))]
    [InlineData(typeof(IDocumentStore))]
    public async Task An_app_one_of_whose_files_can_not_be_written_is_unhealthy(Type broken)
    {
        await using var app = await TestApp.StartAsync(
            handlers =>
            {
                handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask));
                handlers.Add(new DocumentType<Note> { Name = "notes", Scope = Scope.App, IdField = "id", GetId = note => note.Id });
            },
            dataDirectory: directory.Path,
            builder: builder => builder.Services.AddSingleton(broken, provider => UntouchableStore.Of(broken, provider)));

        using var answered = await app.Client.GetAsync("/health");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answered.StatusCode);
    }

    private sealed record Note(string Id);

    /// <summary>A store that does everything but write.</summary>
    public class UntouchableStore : DispatchProxy
    {
        private object? store;

        public static object Of(Type type, IServiceProvider services)
        {
            var proxy = Create(type, typeof(UntouchableStore));
            ((UntouchableStore)proxy).store = type == typeof(ISessionStore)
                ? new SqliteSessionStore(services.GetRequiredService<SqliteDatabase>(), services.GetRequiredService<TimeProvider>())
                : null;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(ISessionStore.TouchAsync)
                ? Task.FromException(new StorageException("The disk is gone."))
                : store is null ? Task.CompletedTask : targetMethod.Invoke(store, args);
    }
}

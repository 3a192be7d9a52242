using System.Net;
using System.Reflection;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;
using Capsule.Hosting.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions;

/// <summary>A deleted session is gone for everybody at once, whatever happens to its deletion.</summary>
public sealed class DeletionTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly TemporaryDirectory afterCrash = new();

    public void Dispose()
    {
        folder.Dispose();
        afterCrash.Dispose();
    }

    [Fact]
    public async Task A_stream_of_a_deleted_session_ends_and_there_is_nothing_to_come_back_to()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.ReplyAsync("hi"));
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "hello");
        await using var reader = app.Read(session);
        await reader.UntilAsync(streamed => streamed.Type == "turn" && (string?)streamed.Data["state"] == "completed");

        Assert.True(await DeleteAsync(app, session));

        while (await reader.NextAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } last)
            Assert.True((bool?)last.Data["closed"]);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, $"/capsule/sessions/{session}/events"));
    }

    [Fact]
    public async Task Who_began_to_read_just_as_a_session_went_is_told_so()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, _) => Task.CompletedTask);
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "hello");
        await DeleteAsync(app, session);

        using var late = app.Services.GetRequiredService<SessionHub>().Subscribe(session, 0);

        Assert.Null(await late.ReadAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_page_of_events_is_whole_or_not_given()
    {
        var deleted = "";
        await using var app = await ChatApp.StartAsync(
            folder,
            handlers => handlers.Add(ChatApp.Handler((session, message) => session.ReplyAsync(message.Text))),
            services: services => services.AddSingleton(provider => InterruptedStore.Of(
                new SqliteSessionStore(provider.GetRequiredService<SqliteDatabase>(), provider.GetRequiredService<TimeProvider>()), () => deleted)));
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "hello");
        using var closed = await app.Client.DeleteAsync($"/capsule/sessions/{session}");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events");
        request.Headers.Accept.ParseAdd("application/json");

        deleted = session;
        using var page = await app.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
    }

    [Fact]
    public async Task A_session_can_be_read_by_others_after_one_reader_has_left_a_deleted_one()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync(message.Text));
        var (gone, kept) = (await app.BeginAsync(), await app.BeginAsync());
        await using var reader = app.Read(kept);
        await reader.OpenAsync();
        await DeleteAsync(app, gone);

        await app.SayAsync(kept, "still here");

        Assert.Equal("still here", (string?)(await reader.UntilAsync(streamed => (string?)streamed.Data["sender"] == "app"))[^1].Data["text"]);
    }

    [Fact]
    public async Task A_session_s_tasks_are_stopped_and_waited_for()
    {
        var (begun, stopped, release) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await ChatApp.StartAsync(folder, handlers =>
        {
            handlers.Add(ChatApp.Handler((session, _) => new AnyTask(session.Tasks, "Long").SubmitAsync()));
            handlers.Add(new TaskHandler
            {
                Id = "Tests.Long",
                Name = "Long",
                InvokeAsync = async (invocation, _) =>
                {
                    begun.SetResult();
                    using var registration = invocation.CancellationToken.Register(stopped.SetResult);
                    await release.Task;
                    return null;
                },
            });
        });
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "begin");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

        var deletion = DeleteAsync(app, session);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20));

        Assert.False(deletion.IsCompleted);
        Assert.Equal([session], await app.Services.GetRequiredService<ISessionStore>().ListMarkedAsync(CancellationToken.None));
        release.SetResult();
        Assert.True(await deletion.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.Empty(await app.Services.GetRequiredService<ISessionStore>().ListMarkedAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_session_whose_farewell_the_server_s_stop_cut_off_stays_until_it_has_run()
    {
        var (begun, said) = (new TaskCompletionSource(), new TaskCompletionSource());
        string session;
        await using (var app = await StartAsync(async leaving =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, leaving.CancellationToken);
        }))
        {
            session = await app.BeginAsync();
            var deletion = DeleteAsync(app, session);
            await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));

            await app.StopAsync();

            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deletion.WaitAsync(TimeSpan.FromSeconds(20)));
        }

        await using var next = await StartAsync(_ =>
        {
            said.SetResult();
            return Task.CompletedTask;
        });
        await said.Task.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(next, $"/capsule/sessions/{session}"));

        Task<ChatApp> StartAsync(Func<Session, Task> leave) => ChatApp.StartAsync(folder, handlers =>
        {
            handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask));
            handlers.Add(ChatApp.On(SessionMoment.Exit, leave));
        });
    }

    [Fact]
    public async Task A_session_whose_turn_waits_for_its_user_s_other_ones_says_farewell_before_it_goes()
    {
        var (begun, release, left) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        await using var app = await ChatApp.StartAsync(
            folder,
            handlers =>
            {
                handlers.Add(ChatApp.Handler((_, _) =>
                {
                    begun.TrySetResult();
                    return release.Task;
                }));
                handlers.Add(ChatApp.On(SessionMoment.Exit, _ =>
                {
                    left.TrySetResult();
                    return Task.CompletedTask;
                }));
            },
            limits => limits.ConcurrentTurnsPerUser = 1);
        await app.SayAsync(await app.BeginAsync(), "one");
        await begun.Task.WaitAsync(TimeSpan.FromSeconds(20));
        var waiting = await app.BeginAsync();
        var turn = (string)(await app.SayAsync(waiting, "two"))["turnId"]!;

        var deletion = DeleteAsync(app, waiting);
        await app.UntilEndOfAsync(waiting, turn);

        Assert.True(await deletion.WaitAsync(TimeSpan.FromSeconds(20)));
        Assert.True(left.Task.IsCompleted);
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, $"/capsule/sessions/{waiting}"));
        release.SetResult();
    }

    [Fact]
    public async Task A_session_that_another_call_has_just_closed_says_farewell_before_it_goes()
    {
        var left = new TaskCompletionSource();
        await using var app = await ChatApp.StartAsync(
            folder,
            handlers =>
            {
                handlers.Add(ChatApp.Handler((_, _) => Task.CompletedTask));
                handlers.Add(ChatApp.On(SessionMoment.Exit, _ =>
                {
                    left.TrySetResult();
                    return Task.CompletedTask;
                }));
            });
        var session = await app.BeginAsync();
        var store = app.Services.GetRequiredService<ISessionStore>();
        // What that call does first; its farewell would come next.
        Assert.True(await store.CloseAsync(session, Events.Closed(), turnId => Events.Turn(turnId, TurnStates.Cancelled), CancellationToken.None));

        Assert.True(await DeleteAsync(app, session).WaitAsync(TimeSpan.FromSeconds(20)));

        Assert.True(left.Task.IsCompleted);
    }

    [Fact]
    public async Task A_deletion_that_a_crash_cut_off_is_finished_by_the_next_start_and_nobody_sees_what_is_left()
    {
        string session, kept;
        await using (var app = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync(message.Text)))
        {
            (session, kept) = (await app.BeginAsync(), await app.BeginAsync());
            await app.ConverseAsync(session, "one");
            await app.ConverseAsync(session, "two");
            await app.ConverseAsync(kept, "three");
            using var closed = await app.Client.DeleteAsync($"/capsule/sessions/{session}");
            var store = app.Services.GetRequiredService<ISessionStore>();
            await store.MarkDeletedAsync(session, CancellationToken.None);
            Assert.False((await store.DeletePartAsync(session, 3, CancellationToken.None)).IsLast);
            foreach (var path in (string[])["", "/events", "/events?after=5"])
                Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(app, $"/capsule/sessions/{session}{path}"));
            Assert.Equal(kept, (string?)Assert.Single((await app.GetAsync("/capsule/sessions"))["items"]!.AsArray())!["id"]);
            folder.CopyTo(afterCrash);
        }

        await using var restarted = await ChatApp.StartAsync(afterCrash, (_, _) => Task.CompletedTask);
        await restarted.Log.WaitFor($"The deletion of session {session}");

        var next = restarted.Services.GetRequiredService<ISessionStore>();
        Assert.Empty(await next.ListMarkedAsync(CancellationToken.None));
        Assert.Empty(await next.ReadEventsAsync(session, 0, 100, CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(restarted, $"/capsule/sessions/{kept}"));
    }

    private static Task<bool> DeleteAsync(ChatApp app, string session) => app.Services.GetRequiredService<ISessionAdministration>().DeleteAsync(session);

    private static async Task<HttpStatusCode> StatusAsync(ChatApp app, string path)
    {
        using var response = await app.Client.GetAsync(path, HttpCompletionOption.ResponseHeadersRead);
        return response.StatusCode;
    }

    /// <summary>Begins to delete a session just as its events are read.</summary>
    public class InterruptedStore : DispatchProxy
    {
        private ISessionStore? store;
        private Func<string>? deleted;

        internal static ISessionStore Of(ISessionStore store, Func<string> deleted)
        {
            var proxy = Create<ISessionStore, InterruptedStore>();
            ((InterruptedStore)(object)proxy).store = store;
            ((InterruptedStore)(object)proxy).deleted = deleted;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
            targetMethod!.Name == nameof(ISessionStore.ReadEventsAsync) && args![0]!.Equals(deleted!())
                ? ReadPartAsync((string)args[0]!)
                : targetMethod.Invoke(store, args);

        private async Task<IReadOnlyList<JournalEvent>> ReadPartAsync(string sessionId)
        {
            await store!.MarkDeletedAsync(sessionId, CancellationToken.None);
            await store.DeletePartAsync(sessionId, 2, CancellationToken.None);
            return await store.ReadEventsAsync(sessionId, 0, 10, CancellationToken.None);
        }
    }
}

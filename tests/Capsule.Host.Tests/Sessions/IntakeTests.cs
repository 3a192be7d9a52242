using System.Net;

namespace Capsule.Host.Tests.Sessions;

public sealed class IntakeTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private int handled;

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_same_message_posted_many_times_at_once_runs_one_turn()
    {
        await using var app = await StartAsync();
        var session = await app.BeginAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => app.SayAsync(session, "hello", id: "client-1")));

        Assert.Single(answers.Select(answer => answer.ToJsonString()).Distinct());
        Assert.Equal("client-1", (string?)answers[0]["messageId"]);
        var events = await app.UntilEndOfAsync(session, (string)answers[0]["turnId"]!);
        Assert.Equal(1, handled);
        Assert.Single(events, streamed => (string?)streamed.Data["id"] == "client-1");
    }

    [Fact]
    public async Task The_same_message_after_a_restart_has_the_same_answer()
    {
        string session, before;
        await using (var app = await StartAsync())
        {
            session = await app.BeginAsync();
            var answer = await app.SayAsync(session, "hello", id: "client-1");
            before = answer.ToJsonString();
            await app.UntilEndOfAsync(session, (string)answer["turnId"]!);
        }

        await using var restarted = await StartAsync();
        Assert.Equal(before, (await restarted.SayAsync(session, "hello", id: "client-1")).ToJsonString());
        Assert.Equal(1, handled);
    }

    [Fact]
    public async Task Other_content_under_the_same_id_is_a_conflict()
    {
        await using var app = await StartAsync();
        var session = await app.BeginAsync();
        await app.SayAsync(session, "hello", id: "client-1");

        using var other = await app.PostAsync(session, new { id = "client-1", text = "something else" });

        Assert.Equal(HttpStatusCode.Conflict, other.StatusCode);
    }

    [Fact]
    public async Task The_same_id_in_another_session_is_another_message()
    {
        await using var app = await StartAsync();
        var first = await app.SayAsync(await app.BeginAsync(), "hello", id: "client-1");
        var second = await app.SayAsync(await app.BeginAsync(), "hello", id: "client-1");

        Assert.NotEqual((string?)first["turnId"], (string?)second["turnId"]);
    }

    [Fact]
    public async Task The_id_of_an_answer_can_not_be_taken()
    {
        await using var app = await StartAsync();
        var session = await app.BeginAsync();
        var events = await app.ConverseAsync(session, "hello");

        using var forged = await app.PostAsync(session, new { id = (string)events[^2].Data["id"]!, text = "I never said that" });

        Assert.Equal(HttpStatusCode.Conflict, forged.StatusCode);
    }

    private Task<ChatApp> StartAsync() => ChatApp.StartAsync(folder, (session, _) =>
    {
        Interlocked.Increment(ref handled);
        return session.ReplyAsync("hi");
    });
}

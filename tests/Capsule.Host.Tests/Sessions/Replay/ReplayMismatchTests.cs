using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Sessions.Replay;

/// <summary>A handler that does something else when it runs again does not go on.</summary>
public sealed class ReplayMismatchTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly TemporaryDirectory afterCrash = new();

    public void Dispose()
    {
        folder.Dispose();
        afterCrash.Dispose();
    }

    public static TheoryData<string, string> Changes => new()
    {
        { "another text", "effect 0 was a reply and is one with other arguments now" },
        { "another effect", "effect 0 was a reply and is a notification now" },
        { "another order", "effect 0 was a reply and is a prompt now" },
        { "another question", "effect 1 was a prompt and is one with other arguments now" },
        { "nothing", "the handler ended before effect 0, which was a reply" },
        { "less", "the handler ended before effect 1, which was a prompt" },
        { "a failure", "the handler ended before effect 1, which was a prompt" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Changed_code_interrupts_the_turn_and_says_so(string change, string logged)
    {
        var (session, turnId) = await CrashAsync();

        await using var app = await ChatApp.ReplayAsync(afterCrash, (session, _) => ChangedAsync(session, change));
        var events = await app.UntilEndOfAsync(session, turnId);

        Assert.Equal("interrupted", (string?)events[^1].Data["state"]);
        Assert.Contains("changed since", (string?)events[^1].Data["error"], StringComparison.Ordinal);
        var entry = Assert.Single(app.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Contains(logged, entry.Message, StringComparison.Ordinal);
        Assert.Contains(turnId, entry.Message, StringComparison.Ordinal);
        Assert.Equal(["I ask you.", "words that were cut"], events
            .Where(streamed => streamed.Type == "message" && (string?)streamed.Data["sender"] == "app").Select(streamed => (string)streamed.Data["text"]!));
        Assert.True((bool?)events.Last(streamed => streamed.Type == "block").Data["payload"]!["cancelled"]);
        Assert.Empty((await app.GetAsync($"/capsule/sessions/{session}"))["prompts"]!.AsArray());
    }

    [Fact]
    public async Task The_interrupted_turn_runs_from_the_start_when_its_user_says_so()
    {
        var (session, turnId) = await CrashAsync();
        await using var app = await ChatApp.ReplayAsync(afterCrash, async (session, _) =>
        {
            await session.ReplyAsync("I ask you something else.");
            await session.ReplyAsync($"{session.Data["kept"]?.ToString() ?? "nothing"} kept");
        });
        await app.UntilEndOfAsync(session, turnId);

        using var retried = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/retry", new { turnId });
        var events = await app.UntilEndsAsync(session, turnId, 2);

        Assert.Equal(HttpStatusCode.Accepted, retried.StatusCode);
        Assert.Equal("completed", (string?)events[^1].Data["state"]);
        Assert.Equal(["I ask you something else.", "nothing kept"], events[^3..^1].Select(streamed => (string?)streamed.Data["text"]));
    }

    [Fact]
    public async Task A_handler_that_does_not_replay_any_more_is_interrupted_like_any_other()
    {
        var (session, turnId) = await CrashAsync();

        await using var app = await ChatApp.StartAsync(afterCrash, (_, _) => throw new InvalidOperationException("must not run"));

        Assert.Equal("interrupted", (string?)(await app.UntilEndOfAsync(session, turnId))[^1].Data["state"]);
        Assert.Empty((await app.GetAsync($"/capsule/sessions/{session}"))["prompts"]!.AsArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Two_effects_at_a_time_are_refused(bool catches)
    {
        var release = new TaskCompletionSource();
        await using var app = await ChatApp.ReplayAsync(folder, async (session, _) =>
        {
            var step = session.StepAsync("wait", () => release.Task);
            var reply = session.ReplyAsync("meanwhile");
            release.SetResult();
            try
            {
                await Task.WhenAll(step, reply);
            }
            catch (InvalidOperationException) when (catches)
            {
            }
        });
        var session = await app.BeginAsync();

        var events = await app.ConverseAsync(session, "both");

        Assert.Equal("failed", (string?)events[^1].Data["state"]);
        Assert.DoesNotContain(events, streamed => (string?)streamed.Data["text"] == "meanwhile");
        var logged = Assert.Single(app.Log.Entries, entry => entry.Level == LogLevel.Error);
        Assert.Contains("await the one before this reply", logged.Exception!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_OnCrash_Replay_effects_may_be_concurrent()
    {
        await using var app = await ChatApp.StartAsync(
            folder, (session, _) => Task.WhenAll(session.StepAsync("a", () => Task.FromResult(1)), session.ReplyAsync("b"), session.ReplyAsync("c")));

        Assert.Equal("completed", (string?)(await app.ConverseAsync(await app.BeginAsync(), "all"))[^1].Data["state"]);
    }

    private async Task<(string Session, string TurnId)> CrashAsync()
    {
        var app = await ChatApp.ReplayAsync(folder, OriginalAsync);
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "ask"))["turnId"]!;
        await using (var reader = app.Read(session))
        {
            await reader.UntilAsync(streamed => streamed.Type == "block");
            await app.AnswerAsync(session, (await app.EventsAsync(session)).Last(streamed => streamed.Type == "block"));
            await reader.UntilAsync(streamed => (string?)streamed.Data["type"] == "file_upload");
        }
        folder.CopyTo(afterCrash);
        await app.DisposeAsync();
        return (session, turnId);
    }

    private static async Task OriginalAsync(Session session, Message message)
    {
        session.Data["kept"] = "something";
        await session.ReplyAsync("I ask you.");
        await session.PromptApprovalAsync("Yes?");
        session.StreamReply().Write("words that were cut");
        await session.NotifyAsync("waiting");
        await session.PromptFileAsync();
    }

    private static async Task ChangedAsync(Session session, string change)
    {
        session.Data["kept"] = "something";
        if (change == "nothing")
            return;
        if (change == "another effect")
            await session.NotifyAsync("I ask you.");
        if (change == "another order")
            await session.PromptApprovalAsync("Yes?");
        await session.ReplyAsync(change == "another text" ? "I ask you now." : "I ask you.");
        if (change == "less")
            return;
        if (change == "a failure")
            throw new InvalidOperationException();
        await session.PromptApprovalAsync(change == "another question" ? "No?" : "Yes?");
    }
}

namespace Capsule.Host.Tests.Sessions.Replay;

/// <summary>A reply that was cut off by a crash is written on, and every reader ends with the same text.</summary>
public sealed class ReplayStreamTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly TemporaryDirectory afterCrash = new();

    public void Dispose()
    {
        folder.Dispose();
        afterCrash.Dispose();
    }

    [Theory]
    [InlineData("Once upon a time", "goes on")]
    [InlineData("Once", "is shorter")]
    [InlineData("Twice upon a time", "begins otherwise")]
    [InlineData("Once up there was", "differs in its middle")]
    public async Task A_reply_that_was_cut_off(string text, string how)
    {
        var (session, turnId, before) = await CrashAsync();
        var inTheMiddle = new TaskCompletionSource();
        var release = new TaskCompletionSource();
        await using var app = await ChatApp.ReplayAsync(afterCrash, async (session, _) =>
        {
            await using var reply = session.StreamReply();
            foreach (var letter in text)
                reply.Write(letter.ToString());
            await session.NotifyAsync("writing");
            inTheMiddle.SetResult();
            await release.Task;
        });
        await inTheMiddle.Task.WaitAsync(TimeSpan.FromSeconds(20));
        await using var newcomer = app.Read(session);
        await using var old = app.Read(session, before);
        var rest = await old.UntilAsync(streamed => streamed.Type == "notification");
        release.SetResult();

        var all = await newcomer.UntilAsync(streamed => streamed.EndsTurn(turnId));
        rest.AddRange(await old.UntilAsync(streamed => streamed.EndsTurn(turnId)));

        Assert.Equal("completed", (string?)all[^1].Data["state"]);
        var deltas = string.Concat(rest.Where(streamed => streamed.Type == "delta").Select(streamed => (string)streamed.Data["text"]!));
        Assert.Equal(how == "goes on" ? " a time" : "", deltas);
        foreach (var events in new[] { all, rest })
        {
            var message = Assert.Single(events, streamed => (string?)streamed.Data["sender"] == "app");
            Assert.Equal(text, (string?)message.Data["text"]);
            Assert.Null(message.Data["partial"]);
            Assert.All(events.Where(streamed => streamed.Type == "delta"), delta => Assert.Equal((string?)message.Data["id"], (string?)delta.Data["messageId"]));
        }
    }

    [Fact]
    public async Task What_was_cut_off_again_keeps_the_longer_text()
    {
        var (session, turnId, _) = await CrashAsync();
        await using var app = await ChatApp.ReplayAsync(afterCrash, async (session, _) =>
        {
            session.StreamReply().Write("Once");
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
        });
        await using (var reader = app.Read(session))
            await reader.UntilAsync(streamed => streamed.Type == "delta");
        using var cancelled = await app.Client.PostAsync($"/capsule/sessions/{session}/cancel", Json.Content(new { turnId }));

        var message = Assert.Single(await app.UntilEndOfAsync(session, turnId), streamed => (string?)streamed.Data["sender"] == "app");
        Assert.Equal("Once upon", (string?)message.Data["text"]);
        Assert.True((bool?)message.Data["partial"]);
    }

    [Fact]
    public async Task A_reply_that_had_ended_is_not_written_again()
    {
        var app = await ChatApp.ReplayAsync(folder, StoryAsync);
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "tell"))["turnId"]!;
        await using (var reader = app.Read(session))
            await reader.UntilAsync(streamed => streamed.Type == "block");
        folder.CopyTo(afterCrash);
        await app.DisposeAsync();

        await using var restarted = await ChatApp.ReplayAsync(afterCrash, StoryAsync);
        await restarted.AnswerUntilEndAsync(session, turnId);

        var said = (await restarted.EventsAsync(session)).Where(streamed => (string?)streamed.Data["sender"] == "app").Select(streamed => (string)streamed.Data["text"]!);
        Assert.Equal(["the model's words", "half", "the model's words, half: the source failed, 2 before"], said);

        static async Task StoryAsync(Session session, Message message)
        {
            string first;
            await using (var reply = session.StreamReply())
            {
                // A model says it otherwise each time; what was said is what counts.
                reply.Write(session.History.Count == 0 && !ranBefore.Add(session.Id) ? "other words" : "the model's words");
                first = reply.Text;
            }
            var failure = await Record.ExceptionAsync(() => session.StreamReplyFromAsync(FailingAsync()));
            await session.PromptApprovalAsync("Go on?");
            await session.ReplyAsync($"{first}, half: {(failure is null ? "no failure" : "the source failed")}, {session.History.Count} before");
        }

        static async IAsyncEnumerable<string> FailingAsync()
        {
            yield return "half";
            await Task.Yield();
            throw new InvalidOperationException("the model broke");
        }
    }

    private static readonly HashSet<string> ranBefore = [];

    private async Task<(string Session, string TurnId, long Seq)> CrashAsync()
    {
        var app = await ChatApp.ReplayAsync(folder, async (session, _) =>
        {
            session.StreamReply().Write("Once upon");
            await Task.Delay(Timeout.Infinite, session.CancellationToken);
        });
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "tell"))["turnId"]!;
        long seq;
        await using (var reader = app.Read(session))
            seq = (await reader.UntilAsync(streamed => streamed.Type == "delta"))[^1].Seq;
        folder.CopyTo(afterCrash);
        await app.DisposeAsync();
        return (session, turnId, seq);
    }
}

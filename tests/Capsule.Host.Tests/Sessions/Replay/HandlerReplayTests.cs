namespace Capsule.Host.Tests.Sessions.Replay;

/// <summary>A handler that runs again after a crash goes on where it was, and nothing happens twice.</summary>
public sealed class HandlerReplayTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();
    private readonly List<(string Point, TemporaryDirectory Left)> crashes = [];
    private readonly string image;

    public HandlerReplayTests()
    {
        image = folder.File("dice.png");
        File.WriteAllText(image, "a picture");
    }

    public void Dispose()
    {
        folder.Dispose();
        foreach (var (_, left) in crashes)
            left.Dispose();
    }

    [Fact]
    public async Task A_crash_after_any_effect_changes_nothing()
    {
        var handler = new EverythingHandler(image, point =>
        {
            crashes.Add((point, Copy(folder)));
            return Task.CompletedTask;
        });
        Remains expected;
        string session, turnId;
        await using (var app = await ChatApp.StartAsync(folder, handler.Register))
        {
            session = await app.BeginAsync();
            turnId = (string)(await app.SayAsync(session, "dinner"))["turnId"]!;
            Assert.Equal("completed", (string?)(await app.AnswerUntilEndAsync(session, turnId)).Data["state"]);
            expected = await Remains.OfAsync(app, session);
        }
        Assert.Equal(["rolled", "paid", "asked the model"], handler.Outside);

        foreach (var (point, left) in crashes)
        {
            var again = new EverythingHandler(image, _ => Task.CompletedTask);
            await using var app = await ChatApp.StartAsync(left, again.Register);
            var end = await app.AnswerUntilEndAsync(session, turnId);
            Assert.True("completed" == (string?)end.Data["state"], $"After a crash at '{point}' the turn is {end.Data}");
            Remains.AssertEqual(expected, await Remains.OfAsync(app, session), point);
            var before = crashes.FindIndex(crash => crash.Point == point);
            Assert.Equal(
                handler.Outside.Where(done => crashes.FindIndex(crash => crash.Point == PointOf(done)) > before), again.Outside);
        }
    }

    [Fact]
    public async Task A_turn_survives_as_many_crashes_as_there_are_effects()
    {
        var left = folder;
        var outside = new List<string>();
        string? session = null, turnId = null;
        var reference = 0;
        while (true)
        {
            var passed = crashes.Count;
            var points = 0;
            var crash = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
            var here = left;
            var handler = new EverythingHandler(image, async point =>
            {
                if (++points <= passed)
                    return;
                crashes.Add((point, Copy(here)));
                crash.SetResult(true);
                await Task.Delay(Timeout.Infinite);
            });
            var app = await ChatApp.StartAsync(left, handler.Register, limits => limits.TurnCrashes = 1000);
            session ??= await app.BeginAsync();
            turnId ??= (string)(await app.SayAsync(session, "dinner"))["turnId"]!;
            var ended = app.AnswerUntilEndAsync(session, turnId);
            var crashed = await Task.WhenAny(crash.Task, ended) == crash.Task;
            outside.AddRange(handler.Outside);
            if (!crashed)
            {
                Assert.Equal("completed", (string?)(await ended).Data["state"]);
                var events = await app.EventsAsync(session);
                Assert.Equal(["queued", "started", "completed"], events.Where(streamed => streamed.Type == "turn").Select(streamed => (string)streamed.Data["state"]!));
                Assert.Equal(events.Count(streamed => streamed.Type == "message"), events.Where(streamed => streamed.Type == "message").Select(streamed => (string)streamed.Data["id"]!).Distinct().Count());
                reference = points;
                await app.DisposeAsync();
                break;
            }
            left = crashes[^1].Left;
            _ = ended.ContinueWith(static late => late.Exception, TaskScheduler.Default);
            await app.DisposeAsync();
        }
        Assert.Equal(reference, crashes.Count);
        Assert.Equal(["rolled", "paid", "asked the model"], outside);
    }

    /// <summary>At which point something that was done outside is recorded.</summary>
    private static string PointOf(string done) => done switch
    {
        "rolled" => "step",
        "paid" => "step without result",
        _ => "model's stream",
    };

    private static TemporaryDirectory Copy(TemporaryDirectory folder)
    {
        var copy = new TemporaryDirectory();
        folder.CopyTo(copy);
        var files = Directory.CreateDirectory(copy.File("files"));
        foreach (var file in Directory.Exists(folder.File("files")) ? Directory.GetFiles(folder.File("files")) : [])
            File.Copy(file, Path.Combine(files.FullName, Path.GetFileName(file)));
        return copy;
    }
}

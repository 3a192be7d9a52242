using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Capsule.Host.Tests.Sessions;
using Microsoft.Extensions.Logging;

namespace Capsule.Host.Tests.Hosting;

/// <summary>What the host tells of its work. Other tests run at the same time and are heard, too: only what names this test's turn or can't be missed is looked for.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_listener_that_throws_holds_up_no_message()
    {
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Capsule")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, _, _) => throw new InvalidOperationException("a listener's own"));
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => throw new InvalidOperationException("a listener's own"));
        await using var app = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync(message.Text));
        listener.Start();

        var events = await app.ConverseAsync(await app.BeginAsync(), "hello");

        Assert.Equal("completed", (string?)events[^1].Data["state"]);
    }

    [Fact]
    public async Task The_meter_Capsule_counts_turns_events_prompts_and_commits()
    {
        using var heard = new HeardMeter();
        await using (var app = await ChatApp.StartAsync(folder, async (session, message) =>
            await session.ReplyAsync(message.Text == "next" ? "so be it" : $"{await session.PromptApprovalAsync("Sure?")}")))
        {
            var session = await app.BeginAsync();
            var turnId = (string)(await app.SayAsync(session, "a very private matter"))["turnId"]!;
            await using var reader = app.Read(session);
            var block = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data;
            var next = (string)(await app.SayAsync(session, "next"))["turnId"]!;
            app.Time.Advance(TimeSpan.FromSeconds(123));
            using var answered = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/prompts/{block["id"]}", new { approved = true });
            await app.UntilEndOfAsync(session, turnId);
            await app.UntilEndOfAsync(session, next);
        }

        Assert.Contains(heard["capsule.turns"], measured => measured.Tags == "state=completed");
        Assert.Contains(heard["capsule.turn.duration"], measured => measured is { Value: 123, Tags: "state=completed" });
        Assert.Contains(heard["capsule.turn.queue_time"], measured => measured.Value == 123);
        Assert.Contains(heard["capsule.turn.first_delta"], measured => measured.Value == 123);
        foreach (var type in (string[])["message", "turn", "block"])
            Assert.Contains(heard["capsule.events"], measured => measured.Tags == "type=" + type);
        Assert.Contains(heard["capsule.prompts"], measured => measured.Tags == "type=approval_prompt,outcome=answered");
        Assert.Contains(heard["capsule.storage.commit.duration"], measured => measured.Value > 0);
        Assert.Contains(heard["capsule.storage.commit.writes"], measured => measured.Value >= 1);
    }

    [Fact]
    public async Task The_source_Capsule_has_an_activity_for_each_turn_that_names_session_and_turn_and_says_nothing()
    {
        var activities = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Capsule",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync("About " + message.Text));
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "a very private matter"))["turnId"]!;
        await app.UntilEndOfAsync(session, turnId);
        await app.DisposeAsync();

        var activity = Assert.Single(activities, activity => (string?)activity.GetTagItem("capsule.turn.id") == turnId);
        Assert.Equal("capsule.turn", activity.OperationName);
        Assert.Equal(session, activity.GetTagItem("capsule.session.id"));
        Assert.Equal("completed", activity.GetTagItem("capsule.turn.state"));
        Assert.DoesNotContain(activity.TagObjects, tag => tag.Value?.ToString()?.Contains("private", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task A_turn_has_a_trace_of_its_own_and_nothing_of_the_request_that_began_it()
    {
        var activities = new ConcurrentBag<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name is "Capsule" or "Microsoft.AspNetCore",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync(message.Text));
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "hello"))["turnId"]!;
        await app.UntilEndOfAsync(session, turnId);
        await app.DisposeAsync();

        Assert.Contains(activities, activity => activity.Source.Name == "Microsoft.AspNetCore");
        Assert.Null(Assert.Single(activities, activity => (string?)activity.GetTagItem("capsule.turn.id") == turnId).ParentId);
    }

    [Theory]
    [InlineData("completed", "state=completed")]
    [InlineData("failed", "state=failed")]
    [InlineData("cancelled", "state=cancelled")]
    public async Task A_turn_is_counted_by_the_state_that_it_ended_in(string command, string tags)
    {
        using var heard = new HeardMeter();
        await using var app = await ChatApp.StartAsync(folder, (session, message) => message.Text switch
        {
            "failed" => throw new InvalidOperationException(),
            "cancelled" => Task.Delay(Timeout.Infinite, session.CancellationToken),
            _ => Task.CompletedTask,
        });
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, command))["turnId"]!;
        if (command == "cancelled")
        {
            await using var reader = app.Read(session);
            await reader.UntilAsync(streamed => (string?)streamed.Data["state"] == "started");
            using var cancelled = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/cancel", new { turnId });
        }
        await app.UntilEndOfAsync(session, turnId);
        await app.DisposeAsync();

        Assert.Contains(heard["capsule.turns"], measured => measured.Tags == tags);
        Assert.Contains(heard["capsule.turn.duration"], measured => measured.Tags == tags);
    }

    [Theory]
    [InlineData("approval_prompt", "declined")]
    [InlineData("file_upload", "declined")]
    [InlineData("file_upload", "expired")]
    public async Task A_prompt_is_counted_by_its_type_and_outcome(string type, string outcome)
    {
        using var heard = new HeardMeter();
        await using var app = await ChatApp.StartAsync(
            folder, (session, _) => Record.ExceptionAsync(() => type == "file_upload" ? session.PromptFileAsync() : session.PromptApprovalAsync("Sure?")));
        var session = await app.BeginAsync();
        var turnId = (string)(await app.SayAsync(session, "ask"))["turnId"]!;
        await using var reader = app.Read(session);
        var block = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data;
        if (outcome == "declined")
        {
            using var declined = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/prompts/{block["id"]}", new { declined = true });
        }
        else
        {
            await app.Time.TimerWithinAsync(TimeSpan.FromSeconds(300));
            app.Time.Advance(TimeSpan.FromSeconds(300));
        }
        await app.UntilEndOfAsync(session, turnId);

        Assert.Contains(heard["capsule.prompts"], measured => measured.Tags == $"type={type},outcome={outcome}");
    }

    [Fact]
    public async Task Nothing_that_is_said_is_in_any_log_entry_measurement_or_activity_however_much_is_logged()
    {
        const string marker = "m4rk3r";
        var log = new EveryLog();
        using var heard = new HeardMeter();
        var activities = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = static source => source.Name == "Capsule",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => activities.Enqueue($"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events)} {string.Join(' ', activity.Baggage)}"),
        };
        ActivitySource.AddActivityListener(listener);
        string session, turnId;
        await using (var app = await TestApp.StartAsync(
            handlers =>
            {
                handlers.Add(ChatApp.Handler(TalkAsync));
                handlers.Add(new TaskHandler { Id = "Tests.Sync", Name = "Sync", InvokeAsync = (_, _) => Task.FromResult<string?>($"\"{marker} result\"") });
            },
            options: options => options.Integrations.AddForm(Integration.GitHub, null, new IntegrationField("token", "Token")),
            builder: builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddFilter<EveryLog>(null, LogLevel.Trace).AddProvider(log)))
        {
            using var begun = await app.Client.PostAsJsonAsync("/capsule/sessions", new { title = marker + " title" });
            session = (await begun.JsonAsync()).GetProperty("id").GetString()!;
            using var uploaded = await app.Client.UploadAsync("/capsule/files", marker + ".txt", System.Text.Encoding.UTF8.GetBytes(marker));
            var file = (await uploaded.JsonAsync()).GetProperty("id").GetString();
            using var connected = await app.Client.PostAsJsonAsync("/capsule/integrations/github", new { fields = new { token = marker } });
            using var posted = await app.Client.PostAsJsonAsync(
                $"/capsule/sessions/{session}/messages", new { text = marker + " question", attachments = new[] { file } });
            turnId = (await posted.JsonAsync()).GetProperty("turnId").GetString()!;
            await AnswerAsync(app, session);
            using var said = await app.Client.PostAsJsonAsync("/capsule/chat", new { text = marker + " again" });
            using var renamed = await app.Client.PatchAsJsonAsync($"/capsule/sessions/{session}", new { title = marker + " renamed" });
            using var closed = await app.Client.DeleteAsync($"/capsule/sessions/{session}");
            Assert.True(new[] { begun, uploaded, connected, posted, said, renamed, closed }.All(response => response.IsSuccessStatusCode));
        }

        Assert.NotEmpty(log.Entries);
        Assert.DoesNotContain(log.Entries, entry => entry.Contains(marker, StringComparison.Ordinal));
        Assert.DoesNotContain(activities, activity => activity.Contains(marker, StringComparison.Ordinal));
        Assert.DoesNotContain(heard.Everything, measured => measured.Contains(marker, StringComparison.Ordinal));
        Assert.Contains(log.Entries, entry => entry.Contains("The author's own entry", StringComparison.Ordinal)
            && entry.Contains("SessionId=" + session, StringComparison.Ordinal) && entry.Contains("TurnId=" + turnId, StringComparison.Ordinal));

        async Task TalkAsync(Session session, Message message)
        {
            log.CreateLogger("Author").LogInformation("The author's own entry");
            await session.NotifyAsync(marker + " working", marker);
            await session.ReplyAsync(marker + " reply");
            await using (var reply = session.StreamReply())
                await reply.WriteAsync(marker + " stream");
            await session.ShowAsync(new Block("own", new System.Text.Json.Nodes.JsonObject { ["text"] = marker }));
            await session.SetTitleAsync(marker + " title");
            session.Data["note"] = marker;
            var task = await new AnyTask(session.Tasks, "Sync").SubmitAsync(marker);
            await task.WaitAsync();
            if (message.Text == marker + " question")
                await session.PromptApprovalAsync(marker + "?");
        }

        static async Task AnswerAsync(TestApp app, string session)
        {
            await using var reader = new EventReader(app.Client, session, 0);
            var block = (await reader.UntilAsync(streamed => (string?)streamed.Data["type"] == "approval_prompt"))[^1].Data;
            using var answered = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/prompts/{block["id"]}", new { approved = true });
            await reader.UntilAsync(streamed => (string?)streamed.Data["state"] == "completed");
        }
    }

    [Fact]
    public async Task Logs_name_session_and_turn_and_never_what_is_said()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, message) => throw new InvalidOperationException("broken"));
        var session = await app.BeginAsync(new { title = "my private title" });
        var turnId = (string)(await app.SayAsync(session, "a very private matter"))["turnId"]!;
        await app.UntilEndOfAsync(session, turnId);

        Assert.Contains(app.Log.Entries, entry => entry.Message.Contains(session, StringComparison.Ordinal) && entry.Message.Contains(turnId, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Entries, entry => entry.Message.Contains("private", StringComparison.Ordinal));
    }

    /// <summary>All that the meter tells while this lives.</summary>
    private sealed class HeardMeter : IDisposable
    {
        private readonly ConcurrentDictionary<string, ConcurrentQueue<(double Value, string Tags)>> heard = new();
        private readonly MeterListener listener = new()
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Capsule")
                    listener.EnableMeasurementEvents(instrument);
            },
        };

        public HeardMeter()
        {
            listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
            listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
            listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
            listener.Start();
        }

        public IEnumerable<(double Value, string Tags)> this[string instrument] => heard[instrument];

        public IEnumerable<string> Everything => heard.SelectMany(instrument => instrument.Value.Select(measured => $"{instrument.Key} {measured}"));

        public void Dispose() => listener.Dispose();

        private void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => heard
            .GetOrAdd(instrument.Name, _ => [])
            .Enqueue((value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
    }
}

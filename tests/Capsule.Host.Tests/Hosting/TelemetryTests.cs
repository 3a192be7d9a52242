using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using Capsule.Host.Tests.Sessions;

namespace Capsule.Host.Tests.Hosting;

/// <summary>What the host tells of its work. Other tests run at the same time and are heard, too: only what names this test's turn or can't be missed is looked for.</summary>
public sealed class TelemetryTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task The_meter_Capsule_counts_turns_events_prompts_and_commits()
    {
        var heard = new ConcurrentDictionary<string, ConcurrentBag<(double Value, string Tags)>>();
        using var listener = new MeterListener
        {
            InstrumentPublished = static (instrument, listener) =>
            {
                if (instrument.Meter.Name == "Capsule")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Hear(instrument, value, tags));
        listener.Start();
        await using (var app = await ChatApp.StartAsync(folder, async (session, _) =>
            await session.ReplyAsync($"{await session.PromptApprovalAsync("Sure?")}")))
        {
            var session = await app.BeginAsync();
            var turnId = (string)(await app.SayAsync(session, "a very private matter"))["turnId"]!;
            await using var reader = app.Read(session);
            var block = (await reader.UntilAsync(streamed => streamed.Type == "block"))[^1].Data;
            using var answered = await app.Client.PostAsJsonAsync($"/capsule/sessions/{session}/prompts/{block["id"]}", new { approved = true });
            await app.UntilEndOfAsync(session, turnId);
        }

        Assert.Contains(heard["capsule.turns"], measured => measured.Tags == "state=completed");
        Assert.Contains(heard["capsule.turn.duration"], measured => measured is { Value: >= 0, Tags: "state=completed" });
        Assert.Contains(heard["capsule.turn.queue_time"], measured => measured.Value >= 0);
        Assert.Contains(heard["capsule.turn.first_delta"], measured => measured.Value >= 0);
        foreach (var type in (string[])["message", "turn", "block"])
            Assert.Contains(heard["capsule.events"], measured => measured.Tags == "type=" + type);
        Assert.Contains(heard["capsule.prompts"], measured => measured.Tags == "type=approval_prompt,outcome=answered");
        Assert.Contains(heard["capsule.storage.commit.duration"], measured => measured.Value > 0);
        Assert.Contains(heard["capsule.storage.commit.writes"], measured => measured.Value >= 1);

        void Hear(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) => heard
            .GetOrAdd(instrument.Name, _ => [])
            .Add((value, string.Join(',', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))));
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
    public async Task Logs_name_session_and_turn_and_never_what_is_said()
    {
        await using var app = await ChatApp.StartAsync(folder, (_, message) => throw new InvalidOperationException("broken"));
        var session = await app.BeginAsync(new { title = "my private title" });
        var turnId = (string)(await app.SayAsync(session, "a very private matter"))["turnId"]!;
        await app.UntilEndOfAsync(session, turnId);

        Assert.Contains(app.Log.Entries, entry => entry.Message.Contains(session, StringComparison.Ordinal) && entry.Message.Contains(turnId, StringComparison.Ordinal));
        Assert.DoesNotContain(app.Log.Entries, entry => entry.Message.Contains("private", StringComparison.Ordinal));
    }
}

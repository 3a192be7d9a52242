using System.Net;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Api;

/// <summary>Boot, Shutdown, Enter, Exit, schedules, and what a restart keeps. Each test has its own app.</summary>
public sealed class LifeTests
{
    [Fact]
    public async Task Boot_runs_at_the_start_and_shutdown_at_the_stop_without_a_current_session()
    {
        var app = new ContractApp();
        await app.InitializeAsync();
        var signals = app.Signals;
        Assert.Equal("current=False", await signals.HearAsync("boot"));
        Assert.False(signals.Has("shutdown"));
        await app.DisposeAsync();
        Assert.Equal("current=False", await signals.HearAsync("shutdown"));
        Assert.False(signals.Has("boot"));
    }

    [Fact]
    public async Task Enter_runs_once_per_session_for_ever_and_exit_when_it_closes()
    {
        var app = new ContractApp();
        await app.InitializeAsync();
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "reply one");
        Assert.Equal("current=True", await app.Signals.HearAsync("enter " + id));
        await caller.AskAsync(id, "reply two");
        Assert.False(app.Signals.Has("enter " + id));

        await app.RestartAsync();
        caller = app.Resume(caller);
        await caller.AskAsync(id, "reply three");
        Assert.False(app.Signals.Has("enter " + id));
        Assert.False(app.Signals.Has("exit " + id));
        await caller.SendAsync(HttpMethod.Delete, "/capsule/sessions/" + id).AssertStatusAsync(HttpStatusCode.NoContent);
        Assert.Equal("current=True", await app.Signals.HearAsync("exit " + id));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_schedule_fires_at_its_planned_time_once_with_a_synthetic_session_that_refuses_output()
    {
        var time = new ShiftedTime(new DateTimeOffset(2026, 1, 1, 12, 4, 57, TimeSpan.Zero));
        var app = new ContractApp { Services = services => services.AddSingleton<TimeProvider>(time) };
        await app.InitializeAsync();
        Assert.Equal("current=True canReply=False refused=True planned=2026-01-01T12:05:00Z attempt=1", await app.Signals.HearAsync("tick"));
        Assert.False(app.Signals.Has("tick"));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_task_survives_a_restart_as_queued()
    {
        var time = new ShiftedTime(DateTimeOffset.UtcNow);
        var app = new ContractApp { Services = services => services.AddSingleton<TimeProvider>(time) };
        await app.InitializeAsync();
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var task = await caller.AnswerAsync(id, "run-later " + id);
        Assert.Equal("scheduled", (await caller.GetJsonAsync("/capsule/tasks/" + task)).Text("state"), ignoreCase: true);
        await app.StopAsync();
        time.Shift(TimeSpan.FromHours(1));
        await app.StartAsync();
        Assert.Equal($"session={id} current=True canReply=True refused=False", await app.Signals.HearAsync(id));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Sessions_events_and_data_survive_a_restart()
    {
        var app = new ContractApp();
        await app.InitializeAsync();
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "data-set kept");
        var before = await caller.EventsAsync(id);
        await app.RestartAsync();
        caller = app.Resume(caller);
        Assert.Equal(before.Select(e => e.ToString()), (await caller.EventsAsync(id)).Select(e => e.ToString()));
        Assert.Equal("data-set kept", (await caller.AnswerJsonAsync(id, "data-get")).Text("topic"));
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_file_prompt_that_times_out_throws_FileUploadTimeoutException_and_its_card_says_so()
    {
        var app = new ContractApp();
        await app.InitializeAsync();
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        Assert.Equal("timed out", await caller.AnswerAsync(id, "prompt-file-late"));
        var card = (await caller.EventsAsync(id)).Last(e => e.IsBlock("file_upload"));
        Assert.Matches("(?i)(timed.?out|expired)", card.Data.GetProperty("payload").GetRawText());
        await (await caller.PostAsync($"/capsule/sessions/{id}/prompts/{card.Data.Text("id")}", Caller.FileForm("a.csv", "a"))).ProblemAsync(HttpStatusCode.Conflict);
        await app.DisposeAsync();
    }
}

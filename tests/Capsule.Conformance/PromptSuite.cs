using System.Text.Json.Nodes;

namespace Capsule.Conformance;

/// <summary>A prompt is a row: it is answered once, in time, and survives its process.</summary>
public abstract class PromptSuite(StorageBackEnd backEnd) : ChatSuite(backEnd)
{
    [Fact]
    public async Task An_open_prompt_comes_back_as_it_was()
    {
        var session = await CreateAsync();
        var (first, second) = (await OpenAsync(session, "blk_1"), await OpenAsync(session, "blk_2"));
        await ReopenAsync();

        Assert.Equal([first, second], await Sessions.ListOpenPromptsAsync(session, none));
        Assert.Equal(first, await Sessions.FindPromptAsync(session, "blk_1", none));
        Assert.Null(await Sessions.FindPromptAsync(await CreateAsync(), "blk_1", none));
        Assert.Equal([first, second], (await Sessions.FindLeftoversAsync(none)).Prompts.OrderBy(prompt => prompt.Id, StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_first_answer_wins()
    {
        var session = await CreateAsync();
        await OpenAsync(session, "blk_1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => CloseAsync(session, "blk_1", Time.GetUtcNow())));

        Assert.Single(answers, won => won);
        Assert.Equal([EventTypes.Block, EventTypes.Block], (await EventsAsync(session)).Select(stored => stored.Type));
        Assert.Empty(await Sessions.ListOpenPromptsAsync(session, none));
        Assert.False((await Sessions.FindPromptAsync(session, "blk_1", none))!.Open);
    }

    [Fact]
    public async Task An_answer_after_the_deadline_comes_too_late_but_the_prompt_can_still_be_closed()
    {
        var session = await CreateAsync();
        await OpenAsync(session, "blk_1");

        Assert.False(await CloseAsync(session, "blk_1", Time.GetUtcNow() + TimeSpan.FromMinutes(5)));
        Assert.True(await CloseAsync(session, "blk_1", answeredAt: null));
        Assert.False(await CloseAsync(session, "blk_2", answeredAt: null));
    }

    [Fact]
    public async Task The_end_of_a_turn_closes_prompts_that_nobody_has_answered()
    {
        var session = await CreateAsync();
        await AcceptAsync(session, "one");
        var (turn, _) = await BeginAsync(session);
        await OpenAsync(session, "blk_1");
        await OpenAsync(session, "blk_2");
        await CloseAsync(session, "blk_1", Time.GetUtcNow());

        await Sessions.EndTurnAsync(EndOf(turn, TurnStates.Cancelled) with { Prompts = [Closing("blk_1"), Closing("blk_2")] }, none);

        Assert.Empty(await Sessions.ListOpenPromptsAsync(session, none));
        Assert.Equal(4, (await EventsAsync(session)).Count(stored => stored.Type == EventTypes.Block));
    }

    private async Task<PromptRecord> OpenAsync(string session, string block)
    {
        var prompt = new PromptRecord(block, session, "turn_1", $$"""{"id":"{{block}}"}""", Open: true, Time.GetUtcNow() + TimeSpan.FromMinutes(5));
        await Sessions.OpenPromptAsync(prompt, Events.Block(new Block("approval_prompt", [], block), "turn_1"), none);
        return prompt;
    }

    private Task<bool> CloseAsync(string session, string block, DateTimeOffset? answeredAt) =>
        Sessions.ClosePromptAsync(session, Closing(block), answeredAt, none);

    private static PromptClosing Closing(string block) =>
        new(block, Events.Block(new Block("approval_prompt", new JsonObject { ["status"] = "closed" }, block), "turn_1"));
}

using System.Net;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Wire;

/// <summary>Prompts: how a block asks and how an answer is posted.</summary>
public sealed class PromptTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Theory]
    [InlineData(true, "approved")]
    [InlineData(false, "rejected")]
    public async Task An_approval_is_answered_with_approved_and_a_second_answer_is_409(bool approved, string answer)
    {
        var (caller, id, prompt) = await AskAsync("prompt-approval", "approval_prompt");
        await caller.PostAsync(prompt, new { approved }).AssertStatusAsync(HttpStatusCode.NoContent);
        await AssertAnsweredAsync(caller, id, answer);
        await (await caller.PostAsync(prompt, new { approved })).ProblemAsync(HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_declined_approval_is_rejected()
    {
        var (caller, id, prompt) = await AskAsync("prompt-approval", "approval_prompt");
        await caller.PostAsync(prompt, new { approved = false }).AssertStatusAsync(HttpStatusCode.NoContent);
        await AssertAnsweredAsync(caller, id, "rejected");
    }

    [Fact]
    public async Task An_answered_prompt_replaces_its_block_in_place()
    {
        var (caller, id, prompt) = await AskAsync("prompt-approval", "approval_prompt");
        await caller.PostAsync(prompt, new { approved = true }).AssertStatusAsync(HttpStatusCode.NoContent);
        await AssertAnsweredAsync(caller, id, "approved");
        var blocks = (await caller.EventsAsync(id)).Where(e => e.IsBlock("approval_prompt")).ToList();
        Assert.True(blocks.Count >= 2);
        Assert.Single(blocks.Select(e => e.Data.Text("id")).Distinct());
        Assert.NotEqual(blocks[0].Data.GetProperty("payload").GetRawText(), blocks[^1].Data.GetProperty("payload").GetRawText());
    }

    [Fact]
    public async Task An_approval_that_times_out_is_false_its_card_says_so_and_a_late_answer_is_409()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        Assert.Equal("rejected", await caller.AnswerAsync(id, "prompt-approval-late"));
        var card = (await caller.EventsAsync(id)).Last(e => e.IsBlock("approval_prompt"));
        await (await caller.PostAsync($"/capsule/sessions/{id}/prompts/{card.Data.Text("id")}", new { approved = true })).ProblemAsync(HttpStatusCode.Conflict);
        Assert.Matches("(?i)(timed.?out|expired)", card.Data.GetProperty("payload").GetRawText());
    }

    [Fact]
    public async Task A_file_prompt_is_answered_with_the_multipart_field_file()
    {
        var (caller, id, prompt) = await AskAsync("prompt-file", "file_upload");
        await caller.PostAsync(prompt, Caller.FileForm("table.csv", "a,b", "text/csv")).AssertStatusAsync(HttpStatusCode.NoContent);
        var answer = System.Text.Json.JsonDocument.Parse(await ReplyAsync(caller, id)).RootElement;
        Assert.Equal("table.csv", answer.Text("name"));
        Assert.Equal("text/csv", answer.Text("type"));
        Assert.Equal(3, answer.GetProperty("size").GetInt64());
        Assert.Equal("a,b", answer.Text("text"));
    }

    [Fact]
    public async Task A_file_prompt_with_a_directory_as_path_downloads_into_it_under_a_safe_name()
    {
        var directory = Directory.CreateTempSubdirectory("capsule-contract-");
        var target = directory.CreateSubdirectory("inside").FullName;
        var (caller, id, prompt) = await AskAsync("prompt-file " + target, "file_upload");
        await caller.PostAsync(prompt, Caller.FileForm("../../escape.csv", "a,b", "text/csv")).AssertStatusAsync(HttpStatusCode.NoContent);
        var answer = System.Text.Json.JsonDocument.Parse(await ReplyAsync(caller, id)).RootElement;
        var path = Path.GetFullPath(answer.Text("path"));
        Assert.StartsWith(target + Path.DirectorySeparatorChar, path, StringComparison.Ordinal);
        Assert.Equal("a,b", await File.ReadAllTextAsync(path));
        Assert.Equal([path], Directory.GetFiles(directory.FullName, "*", SearchOption.AllDirectories));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_file_prompt_with_a_file_as_path_creates_its_directories()
    {
        var directory = Directory.CreateTempSubdirectory("capsule-contract-");
        var target = Path.Combine(directory.FullName, "in", "side.csv");
        var (caller, id, prompt) = await AskAsync("prompt-file " + target, "file_upload");
        await caller.PostAsync(prompt, Caller.FileForm("table.csv", "a,b", "text/csv")).AssertStatusAsync(HttpStatusCode.NoContent);
        Assert.Equal(target, System.Text.Json.JsonDocument.Parse(await ReplyAsync(caller, id)).RootElement.Text("path"));
        Assert.Equal("a,b", await File.ReadAllTextAsync(target));
        directory.Delete(recursive: true);
    }

    [Fact]
    public async Task A_declined_file_prompt_throws_FileUploadDeclinedException()
    {
        var (caller, id, prompt) = await AskAsync("prompt-file", "file_upload");
        await caller.PostAsync(prompt, new { declined = true }).AssertStatusAsync(HttpStatusCode.NoContent);
        await AssertAnsweredAsync(caller, id, "declined");
    }

    [Fact]
    public async Task A_file_larger_than_maxBytes_is_refused_and_the_prompt_stays_open()
    {
        var (caller, id, prompt) = await AskAsync("prompt-file", "file_upload");
        using (var tooLarge = await caller.PostAsync(prompt, Caller.FileForm("table.csv", new string('x', 1001), "text/csv")))
            await tooLarge.ProblemAsync(HttpStatusCode.RequestEntityTooLarge);
        await caller.PostAsync(prompt, Caller.FileForm("table.csv", "a", "text/csv")).AssertStatusAsync(HttpStatusCode.NoContent);
        await ReplyAsync(caller, id);
    }

    [Fact]
    public async Task An_answer_of_the_wrong_kind_is_a_4xx_problem_and_the_prompt_stays_open()
    {
        var (caller, id, prompt) = await AskAsync("prompt-approval", "approval_prompt");
        foreach (var body in new object[] { new { }, new { approved = "yes" }, Caller.FileForm("a.csv", "a") })
        {
            using var response = await caller.PostAsync(prompt, body);
            Assert.InRange((int)response.StatusCode, 400, 422);
            Assert.NotEqual(HttpStatusCode.Conflict, response.StatusCode);
            await response.ProblemAsync(response.StatusCode);
        }
        await caller.PostAsync(prompt, new { approved = true }).AssertStatusAsync(HttpStatusCode.NoContent);
        await AssertAnsweredAsync(caller, id, "approved");
    }

    [Fact]
    public async Task A_prompt_that_is_not_there_is_404()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await (await caller.PostAsync($"/capsule/sessions/{id}/prompts/blk_000000000000", new { approved = true })).ProblemAsync(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Cancelling_the_turn_closes_its_prompt()
    {
        var (caller, id, prompt) = await AskAsync("prompt-approval", "approval_prompt");
        await caller.PostAsync($"/capsule/sessions/{id}/cancel").AssertStatusAsync(HttpStatusCode.NoContent);
        await caller.WaitForAsync(id, e => e.IsTurn("cancelled"));
        Assert.Empty((await caller.GetJsonAsync($"/capsule/sessions/{id}")).GetProperty("prompts").EnumerateArray());
        await (await caller.PostAsync(prompt, new { approved = true })).ProblemAsync(HttpStatusCode.Conflict);
    }

    private async Task<(Caller Caller, string Session, string Prompt)> AskAsync(string command, string type)
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.SayAsync(id, command);
        var block = await caller.WaitForAsync(id, e => e.IsBlock(type));
        return (caller, id, $"/capsule/sessions/{id}/prompts/{block.Data.Text("id")}");
    }

    private static async Task<string> ReplyAsync(Caller caller, string session) =>
        (await caller.ReadAsync(session, 0, e => e.IsTurn("completed"))).Last(e => e.Type == "message").Data.Text("text");

    private static async Task AssertAnsweredAsync(Caller caller, string session, string answer) =>
        Assert.Equal(answer, await ReplyAsync(caller, session));
}

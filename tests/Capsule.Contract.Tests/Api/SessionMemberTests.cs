using System.Text.Json;
using Capsule.Contract.Testing;

namespace Capsule.Contract.Api;

/// <summary>The members of <see cref="Session"/>, each used in a turn.</summary>
public sealed class SessionMemberTests(ContractApp app) : IClassFixture<ContractApp>
{
    [Fact]
    public async Task A_session_knows_its_id_user_channel_and_is_current_in_a_message_handler()
    {
        var caller = await app.UserAsync("ann@members.example", "acme");
        var id = await caller.OpenAsync();
        var members = await caller.AnswerJsonAsync(id, "members");
        Assert.Equal(id, members.Text("id"));
        Assert.Equal((await caller.GetJsonAsync("/capsule/me")).Text("id"), members.Text("user"));
        Assert.Equal("ann@members.example", members.Text("email"));
        Assert.Equal("acme", members.Text("org"));
        Assert.Equal("org:acme", members.Text("owner"));
        Assert.Equal("chat", members.Text("channel"));
        foreach (var property in new[] { "canReply", "current", "token" })
            Assert.True(members.GetProperty(property).GetBoolean(), property);
    }

    [Theory]
    [InlineData("org:acme", "org:acme")]
    [InlineData(null, null)]
    public async Task OwnerId_is_org_and_the_orgs_id_never_doubled_else_the_users_id(string? org, string? owner)
    {
        var caller = await app.UserAsync(org: org);
        var members = await caller.AnswerJsonAsync(await caller.OpenAsync(), "members");
        Assert.Equal(owner ?? members.Text("user"), members.Text("owner"));
    }

    [Fact]
    public async Task A_message_has_id_text_sender_channel_time_and_attachments()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var file = await caller.UploadAsync("notes.txt", "hello");
        var accepted = await caller.SayAsync(id, "message", file.Text("id"));
        var reply = (await caller.ReadAsync(id, accepted.GetProperty("seq").GetInt64(), e => e.IsTurn("completed"))).Last(e => e.Type == "message");
        var message = JsonDocument.Parse(reply.Data.Text("text")).RootElement;
        Assert.Equal(accepted.Text("messageId"), message.Text("id"));
        Assert.Equal("message", message.Text("text"));
        Assert.Equal("chat", message.Text("channelType"));
        Assert.True(message.GetProperty("fromUser").GetBoolean());
        Assert.True(message.GetProperty("utc").GetBoolean());
        Assert.Equal("notes.txt", Assert.Single(message.GetProperty("attachments").EnumerateArray()).Text("name"));
        Assert.Empty((await caller.AnswerJsonAsync(id, "message")).GetProperty("attachments").EnumerateArray());
    }

    [Fact]
    public async Task History_is_the_last_50_entries_without_the_message_being_handled()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        Assert.Equal(0, (await caller.AnswerJsonAsync(id, "history")).GetArrayLength());
        var second = (await caller.AnswerJsonAsync(id, "history")).EnumerateArray().ToList();
        Assert.Equal(["history", "[]"], second.Select(m => m.Text("text")));
        Assert.Equal(["user", "app"], second.Select(m => m.Text("sender")));
        Assert.Equal(2, second.Select(m => m.Text("id")).Distinct().Count());
        await caller.AskAsync(id, "reply-many 60");
        var third = (await caller.AnswerJsonAsync(id, "history")).EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(11, 50).Select(number => $"{number}"), third.Select(m => m.Text("text")));
    }

    [Fact]
    public async Task History_holds_streamed_replies_like_any_other()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "stream");
        await caller.AskAsync(id, "notify Thinking...");
        Assert.Equal(["stream", "one two three", "notify Thinking..."], (await caller.AnswerJsonAsync(id, "history")).EnumerateArray().Select(m => m.Text("text")));
    }

    [Fact]
    public async Task StreamReply_writes_a_reply_whose_text_it_knows()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        Assert.Equal("Starting. More text.", await caller.AnswerAsync(id, "stream-reply"));
        Assert.Equal("Starting. More text.", await app.Signals.HearAsync("stream-reply " + id));
    }

    [Theory]
    [InlineData("from-deltas", "aababc")]
    [InlineData("from-snapshots", "abc")]
    [InlineData("from-updates", "Hello model")]
    public async Task StreamReplyFrom_takes_deltas_snapshots_or_updates_and_returns_the_whole(string command, string text)
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        Assert.Equal(text, await caller.AnswerAsync(id, command));
        Assert.Equal(text, await app.Signals.HearAsync("from " + id));
    }

    [Fact]
    public async Task ChatMessages_merges_neighbours_with_a_blank_line_and_ends_with_the_current_message()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "notify-plain one");
        await caller.AskAsync(id, "reply-many 2");
        var messages = (await caller.AnswerJsonAsync(id, "chat-messages")).EnumerateArray().ToList();
        Assert.Equal(["user", "assistant", "user"], messages.Select(m => m.Text("role")));
        Assert.Equal(["notify-plain one\n\nreply-many 2", "1\n\n2", "chat-messages"], messages.Select(m => m.Text("text")));
        Assert.All(messages, m => Assert.True(m.GetProperty("dated").GetBoolean()));
        Assert.All(messages, m => Assert.NotNull(m.Text("id")));
    }

    [Fact]
    public async Task ChatMessages_has_the_options_System_MaxTurns_MaxCharacters_and_Separator()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "reply-many 2");
        var system = (await caller.AnswerJsonAsync(id, "chat-messages system"))[0];
        Assert.Equal("system", system.Text("role"));
        Assert.Equal("Be kind.", system.Text("text"));

        var separated = (await caller.AnswerJsonAsync(id, "chat-messages |")).EnumerateArray();
        Assert.Contains(separated, m => m.Text("text") == "1|2");

        var all = (await caller.AnswerJsonAsync(id, "chat-messages")).GetArrayLength();
        var two = (await caller.AnswerJsonAsync(id, "chat-messages two")).EnumerateArray().ToList();
        Assert.True(two.Count < all);
        Assert.Equal("chat-messages two", two[^1].Text("text"));

        var few = (await caller.AnswerJsonAsync(id, "chat-messages short")).EnumerateArray().ToList();
        Assert.True(few.Sum(m => m.Text("text").Length) <= 40);
        Assert.Equal("chat-messages short", few[^1].Text("text"));
    }

    [Fact]
    public async Task ChatMessages_gives_attachments_as_content()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var file = (await caller.UploadAsync("a.png", "not really", "image/png")).Text("id");
        var messages = await caller.AnswerJsonAsync(id, "chat-messages", file);
        Assert.Equal(2, messages[0].GetProperty("contents").GetInt32());
    }

    [Fact]
    public async Task ChatMessages_of_T_makes_any_type_from_role_and_content()
    {
        var caller = app.Guest();
        var typed = await caller.AnswerJsonAsync(await caller.OpenAsync(), "chat-messages-typed");
        Assert.Equal("user=chat-messages-typed", Assert.Single(typed.EnumerateArray()).GetString());
    }

    [Fact]
    public async Task Show_with_the_same_id_replaces_in_place()
    {
        var caller = app.Guest();
        var blocks = (await caller.AskAsync(await caller.OpenAsync(), "show-twice")).Where(e => e.Type == "block").ToList();
        Assert.Equal(["Bern", "Basel"], blocks.Select(e => e.Data.GetProperty("payload").Text("city")));
        Assert.All(blocks, e => Assert.Equal("blk_0123456789ab", e.Data.Text("id")));
    }

    [Fact]
    public async Task ShowTask_shows_a_card_by_handle_and_by_id()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var cards = (await caller.AskAsync(id, "show-task")).Where(e => e.IsBlock("task_card")).ToList();
        Assert.Equal(2, cards.Select(e => e.Data.Text("id")).Distinct().Count());
        Assert.Contains(cards, e => e.Data.GetRawText().Contains("Adding, by id", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("show-image", "image", "https://example.com/a.png", "A picture")]
    [InlineData("show-browser", "browser_preview", "https://example.com/", "Example")]
    public async Task Images_and_browsers_are_blocks_of_their_type(string command, string type, string address, string text)
    {
        var caller = app.Guest();
        var block = Assert.Single(await caller.AskAsync(await caller.OpenAsync(), command), e => e.Type == "block");
        Assert.Equal(type, block.Data.Text("type"));
        Assert.Contains(address, block.Data.GetProperty("payload").GetRawText(), StringComparison.Ordinal);
        Assert.Contains(text, block.Data.GetProperty("payload").GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetTitle_names_the_session()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        var events = await caller.AskAsync(id, "set-title A new name");
        Assert.Equal("A new name", Assert.Single(events, e => e.Type == "session").Data.Text("title"));
        Assert.Equal("A new name", (await caller.GetJsonAsync("/capsule/sessions/" + id)).Text("title"));
    }

    [Fact]
    public async Task Data_is_saved_at_the_end_of_a_turn_with_changes_in_place()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "data-set one");
        await caller.AskAsync(id, "data-set two");
        await caller.AskAsync(id, "data-flush now");
        var data = await caller.AnswerJsonAsync(id, "data-get");
        Assert.Equal("""{"topic":"data-set two","copy":"data-set two","number":42,"list":["one","two"],"flushed":"now"}""", data.GetRawText());
        await caller.AskAsync(id, "data-remove list");
        Assert.Equal(JsonValueKind.Null, (await caller.AnswerJsonAsync(id, "data-get")).GetProperty("list").ValueKind);
        Assert.Equal(JsonValueKind.Null, (await caller.AnswerJsonAsync(await caller.OpenAsync(), "data-get")).GetProperty("topic").ValueKind);
    }

    [Fact]
    public async Task Data_of_a_failed_turn_is_saved_too()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        await caller.AskAsync(id, "data-set-and-fail kept");
        Assert.Equal("kept", (await caller.AnswerJsonAsync(id, "data-get")).Text("topic"));
    }

    [Fact]
    public async Task Tasks_and_db_are_bound_to_the_session()
    {
        var caller = app.Guest();
        var id = await caller.OpenAsync();
        Assert.Equal("5", await caller.AnswerAsync(id, "add"));
        await caller.AskAsync(id, "run-observed " + id);
        Assert.Equal($"session={id} current=True canReply=True refused=False", await app.Signals.HearAsync(id));
    }

    [Fact]
    public async Task A_task_without_a_session_gets_null_and_a_synthetic_current_session_that_refuses_output()
    {
        var topic = Guid.NewGuid().ToString("N");
        using var response = await app.Guest().PostAsync("/tasks/observe?topic=" + topic);
        Assert.Equal("session=none current=True canReply=False refused=True", await app.Signals.HearAsync(topic));
    }
}

/// <summary>Exceptions of the contract.</summary>
public sealed class ExceptionTests
{
    [Theory]
    [InlineData(typeof(PromptTimeoutException), typeof(TimeoutException))]
    [InlineData(typeof(FileUploadTimeoutException), typeof(PromptTimeoutException))]
    [InlineData(typeof(FileUploadDeclinedException), typeof(PromptDeclinedException))]
    [InlineData(typeof(PromptDeclinedException), typeof(Exception))]
    [InlineData(typeof(NoReplyTargetException), typeof(Exception))]
    public void Exceptions_have_the_bases_of_the_contract(Type type, Type expected) => Assert.True(type.IsSubclassOf(expected));
}

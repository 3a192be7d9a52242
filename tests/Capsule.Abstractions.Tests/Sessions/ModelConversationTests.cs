using Microsoft.Extensions.AI;

namespace Capsule.Tests.Sessions;

public sealed class ModelConversationTests
{
    private static readonly DateTimeOffset start = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Neighbours_of_the_same_role_are_merged_with_a_blank_line() =>
        Assert.Equal(
            ["user: a\n\nb", "assistant: c\n\nd", "user: e"],
            Build([User("a"), User("b"), App("c"), App("d")], User("e")));

    [Fact]
    public void The_current_message_without_an_answer_before_it_is_merged_once() =>
        Assert.Equal(["user: same\n\nsame"], Build([User("same")], User("same")));

    [Fact]
    public void What_was_said_in_this_turn_follows_the_current_message() =>
        Assert.Equal(
            ["user: before", "assistant: earlier", "user: now", "assistant: so far"],
            Build([User("before", "t1"), App("earlier", "t1"), App("so far", "t2")], User("now", "t2")));

    [Fact]
    public void A_current_message_that_is_in_the_history_is_not_doubled()
    {
        var current = User("now", "t2");

        Assert.Equal(["user: before", "assistant: earlier", "user: now"], Build([User("before"), App("earlier"), current], current));
    }

    [Fact]
    public void A_system_text_comes_first() =>
        Assert.Equal(["system: be kind", "user: hi"], Build([], User("hi"), new ChatMessagesOptions { System = "be kind" }));

    [Fact]
    public void Empty_text_leaves_no_separator() =>
        Assert.Equal(["user: a"], Build([User("")], User("a")));

    [Fact]
    public void A_separator_can_be_chosen() =>
        Assert.Equal(["user: a/b"], Build([User("a")], User("b"), new ChatMessagesOptions { Separator = "/" }));

    [Theory]
    [InlineData(1, "user: 3")]
    [InlineData(2, "user: 2", "assistant: b", "user: 3")]
    [InlineData(3, "user: 1", "assistant: a", "user: 2", "assistant: b", "user: 3")]
    [InlineData(9, "user: 1", "assistant: a", "user: 2", "assistant: b", "user: 3")]
    public void Old_turns_are_left_out_whole(int turns, params string[] expected) =>
        Assert.Equal(
            expected, Build([User("1"), App("a"), User("2"), App("b")], User("3"), new ChatMessagesOptions { MaxTurns = turns }));

    [Theory]
    [InlineData(0, "user: 333")]
    [InlineData(8, "user: 333")]
    [InlineData(9, "user: 222", "assistant: bbb", "user: 333")]
    [InlineData(14, "user: 222", "assistant: bbb", "user: 333")]
    [InlineData(15, "user: 111", "assistant: aaa", "user: 222", "assistant: bbb", "user: 333")]
    public void Characters_are_limited_by_leaving_out_old_turns(int characters, params string[] expected) =>
        Assert.Equal(
            expected,
            Build([User("111"), App("aaa"), User("222"), App("bbb")], User("333"), new ChatMessagesOptions { MaxCharacters = characters }));

    [Fact]
    public void The_current_turn_stays_also_when_it_alone_is_too_long() =>
        Assert.Equal(
            ["user: a long question", "assistant: begun"],
            Build([User("old"), App("older"), App("begun", "t")], User("a long question", "t"), new ChatMessagesOptions { MaxCharacters = 3 }));

    [Fact]
    public void A_greeting_before_any_question_belongs_to_the_oldest_turn() =>
        Assert.Equal(["assistant: welcome", "user: hi"], Build([App("welcome")], User("hi")));

    [Fact]
    public void Limits_that_make_no_sense_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Build([], User("a"), new ChatMessagesOptions { MaxTurns = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Build([], User("a"), new ChatMessagesOptions { MaxCharacters = -1 }));
    }

    [Fact]
    public void Messages_carry_their_id_time_and_files()
    {
        var attachment = new Attachment("file_1", "a.csv", "text/csv", "/capsule/files/file_1", 3, _ => throw new NotSupportedException());
        var current = User("see") with { Attachments = [attachment] };

        var message = Assert.Single(ModelConversation.Build([], current, ChatMessagesOptions.Default));

        Assert.Equal(current.Id, message.MessageId);
        Assert.Equal(current.Timestamp, message.CreatedAt);
        var file = Assert.IsType<HostedFileContent>(message.Contents[1]);
        Assert.Equal(("file_1", "a.csv", "text/csv"), (file.FileId, file.Name, file.MediaType));
    }

    [Fact]
    public void The_history_is_not_changed()
    {
        var history = new[] { User("a"), User("b") };

        Build(history, User("c"));

        Assert.Equal(["a", "b"], history.Select(message => message.Text));
    }

    private static IEnumerable<string> Build(IReadOnlyList<Message> history, Message current, ChatMessagesOptions? options = null) =>
        ModelConversation.Build(history, current, options ?? ChatMessagesOptions.Default).Select(message => $"{message.Role}: {message.Text}");

    private static Message User(string text, string? turn = null) => Of(text, MessageSender.User, turn);

    private static Message App(string text, string? turn = null) => Of(text, MessageSender.App, turn);

    private static Message Of(string text, MessageSender sender, string? turn) => new()
    {
        Id = Ids.New("msg_"),
        Text = text,
        Sender = sender,
        ChannelType = "chat",
        Timestamp = start,
        TurnId = turn,
    };
}

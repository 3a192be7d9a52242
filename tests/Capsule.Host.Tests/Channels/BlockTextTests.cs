using System.Text.Json.Nodes;
using Capsule.Hosting.Channels;

namespace Capsule.Host.Tests.Channels;

/// <summary>What channels that show text only say in place of cards.</summary>
public class BlockTextTests
{
    [Theory]
    [InlineData("file_upload", """{"message":"The numbers, please","blocking":true}""", "The numbers, please\n\nSend the file as your next message, or upload it in the web app.")]
    [InlineData("file_upload", """{"blocking":true}""", "Please upload a file.\n\nSend the file as your next message, or upload it in the web app.")]
    [InlineData("file_upload", """{"completed":true,"filename":"a.csv"}""", "File received: a.csv")]
    [InlineData("file_upload", """{"completed":true}""", "File received: file")]
    [InlineData("integration_prompt", """{"type":"github","title":"GitHub","reason":"To read issues.","blocking":true}""", "To read issues.\n\nOpen the web app to connect GitHub; I wait for it.")]
    [InlineData("integration_prompt", """{"type":"github","reason":"","blocking":false}""", "Open the web app to connect github.")]
    [InlineData("approval_prompt", """{"message":"Delete it?","approveLabel":"Yes","rejectLabel":"No","blocking":true}""", "Delete it?\n\nOpen the web app to choose Yes or No.")]
    [InlineData("approval_prompt", """{}""", "Approval requested.\n\nOpen the web app to choose Approve or Reject.")]
    [InlineData("approval_prompt", """{"completed":true,"approved":true,"timedOut":false}""", "Approved.")]
    [InlineData("approval_prompt", """{"completed":true,"approved":false,"timedOut":false}""", "Not approved.")]
    [InlineData("approval_prompt", """{"completed":true,"approved":false,"timedOut":true}""", "Approval timed out.")]
    [InlineData("task_card", """{"taskId":"t","message":"Sync started"}""", "Sync started")]
    [InlineData("task_card", """{"taskId":"t"}""", "Task started.")]
    public void A_card_says_in_words_what_it_asks(string type, string payload, string text) =>
        Assert.Equal(text, BlockText.Of(new Block(type, JsonNode.Parse(payload)!.AsObject())));

    [Theory]
    [InlineData("image", """{"url":"/a.png"}""")]
    [InlineData("browser_preview", """{"url":"https://example.com/"}""")]
    [InlineData("file_upload", """{"expired":true}""")]
    [InlineData("integration_prompt", """{"declined":true}""")]
    [InlineData("my_own", """{"message":"x"}""")]
    public void Other_blocks_say_nothing(string type, string payload) => Assert.Null(BlockText.Of(new Block(type, JsonNode.Parse(payload)!.AsObject())));

    [Theory]
    [InlineData("chat", false)]
    [InlineData("api", false)]
    [InlineData("telegram", true)]
    [InlineData("slack", true)]
    public void Only_channels_without_cards_need_it(string channel, bool needed) => Assert.Equal(needed, BlockText.IsNeededOn(channel));
}

using System.Reflection;
using System.Text.Json.Nodes;

namespace Capsule.Tests.Sessions;

public class BlockTests
{
    [Fact]
    public void A_Block_has_an_id_a_type_and_a_payload_and_nothing_else()
    {
        var block = new Block("weather", new JsonObject { ["city"] = "Bern" });

        Assert.Matches("^blk_[0-9a-f]{12}$", block.Id);
        Assert.Equal(("weather", "Bern"), (block.Type, (string?)block.Payload["city"]));
        Assert.Equal(["Id", "Payload", "Type"], typeof(Block).GetProperties().Select(property => property.Name).Order());
        Assert.NotEqual(block.Id, new Block("weather", []).Id);
    }

    [Fact]
    public void A_Block_can_have_the_id_of_the_one_that_it_replaces() => Assert.Equal("blk_0123456789ab", new Block("weather", [], "blk_0123456789ab").Id);

    [Fact]
    public void A_Block_needs_a_type_and_a_payload()
    {
        Assert.Throws<ArgumentException>(() => new Block("", []));
        Assert.Throws<ArgumentNullException>(() => new Block("weather", null!));
    }

    [Fact]
    public void A_Message_without_files_has_no_Attachments_rather_than_null() =>
        Assert.Empty(new Message { Id = "m", Text = "hi", Sender = MessageSender.User, ChannelType = "chat", Timestamp = default }.Attachments);

    /// <summary>What has an address can't be made by an app: every download is of a file that the host has stored itself.</summary>
    [Theory]
    [InlineData(typeof(Attachment))]
    [InlineData(typeof(FileUpload))]
    [InlineData(typeof(UserFile))]
    public void Nobody_else_makes_an_Attachment_or_a_FileUpload(Type type) =>
        Assert.DoesNotContain(
            type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), constructor => constructor.IsPublic || constructor.IsFamily || constructor.IsFamilyOrAssembly);

    [Theory]
    [InlineData(typeof(PromptTimeoutException), typeof(TimeoutException))]
    [InlineData(typeof(IntegrationTimeoutException), typeof(PromptTimeoutException))]
    [InlineData(typeof(FileUploadTimeoutException), typeof(PromptTimeoutException))]
    [InlineData(typeof(PromptDeclinedException), typeof(Exception))]
    [InlineData(typeof(IntegrationDeclinedException), typeof(PromptDeclinedException))]
    [InlineData(typeof(FileUploadDeclinedException), typeof(PromptDeclinedException))]
    [InlineData(typeof(NoReplyTargetException), typeof(InvalidOperationException))]
    public void An_exception_has_its_base(Type type, Type expected) => Assert.Equal(expected, type.BaseType);

    [Fact]
    public void TaskState_has_the_states_of_the_contract() => Assert.Equal(
        ["Pending", "Scheduled", "Running", "Retry", "Completed", "Failed", "Cancelled", "Timeout"], Enum.GetNames<TaskState>());

    [Fact]
    public void BrowserMode_and_StreamContent_have_the_values_of_the_contract()
    {
        Assert.Equal(["Split", "Copilot", "Preview"], Enum.GetNames<BrowserMode>());
        Assert.Equal(["Deltas", "Snapshots"], Enum.GetNames<StreamContent>());
    }
}

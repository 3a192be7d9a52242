namespace Capsule.Hosting.Tests.Sessions;

public sealed class TurnTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_message_is_answered()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, message) => session.ReplyAsync("You said: " + message.Text));
        var session = await app.BeginAsync();

        var events = await app.ConverseAsync(session, "hello");

        Assert.Equal(["message", "turn", "turn", "message", "turn"], events.Select(streamed => streamed.Type));
        Assert.Equal([1, 2, 3, 4, 5], events.Select(streamed => streamed.Seq));
        Assert.Equal("You said: hello", (string?)events[3].Data["text"]);
        Assert.Equal("app", (string?)events[3].Data["sender"]);
        Assert.Equal("completed", (string?)events[4].Data["state"]);
    }
}

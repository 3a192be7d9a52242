using Capsule;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();
var app = builder.Build();
app.MapCapsule();
app.Run();

public static class Greeter
{
    [Message]
    public static Task Handle(Session session, Message message) => session.ReplyAsync($"Hello, {message.Text}!");
}

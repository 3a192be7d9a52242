using System.Text.Json.Serialization;
using Capsule;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();
if (!args.Contains("--without-context"))
    builder.Services.ConfigureHttpJsonOptions(options => options.SerializerOptions.TypeInfoResolverChain.Insert(0, AppJson.Default));
var app = builder.Build();
app.MapCapsule();
app.Run();

internal static class Handlers
{
    [Data("sum")]
    public static Total Sum(int left, int right = 1) => new(left + right);

    [Endpoint("POST", "/orders/{id:int}", Authorized = false)]
    public static async Task<Order> Store(int id, Order order, Collection<Note> notes)
    {
        await notes.InsertAsync(new Note { Id = $"order-{id}", Text = order.Item });
        return order with { Id = id, Notes = await notes.CountAsync(note => note.Text == order.Item) };
    }

    [Message]
    public static async Task Answer(Session session, Message message, CancellationToken cancellationToken)
    {
        session.Data["last"] = message.Text;
        await using (var reply = session.StreamReply())
            await reply.WriteAsync($"You said {message.Text}.", cancellationToken);
        await session.Tasks.Count.SubmitAsync(new Length(message.Text.Length));
    }

    [Task]
    public static async Task Count(Session session, Length length, CancellationToken cancellationToken) =>
        await session.ReplyAsync($"That were {length.Characters} characters.", cancellationToken);
}

internal sealed record Length(int Characters);

internal sealed record Total(int Value);

internal sealed record Order(int Id, string Item, int Notes = 0);

[Document("notes")]
internal sealed record Note
{
    public string Id { get; init; } = "";

    public string Text { get; init; } = "";
}

[JsonSourceGenerationOptions(System.Text.Json.JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Total))]
[JsonSerializable(typeof(Order))]
[JsonSerializable(typeof(Note))]
[JsonSerializable(typeof(Length))]
internal sealed partial class AppJson : JsonSerializerContext;

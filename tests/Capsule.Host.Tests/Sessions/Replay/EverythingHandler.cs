using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Capsule.Host.Tests.Sessions.Replay;

/// <summary>A handler with every effect there is. After each it comes to a point, where a crash may be.</summary>
internal sealed class EverythingHandler(string image, Func<string, Task> reached)
{
    public static readonly Field<string> Text = new("text");
    public static readonly Field<int> Number = new("number");

    private int dice;

    /// <summary>What it has done to the world outside, which nothing undoes.</summary>
    public List<string> Outside { get; } = [];

    public void Register(HandlerRegistry handlers)
    {
        handlers.Add(ChatApp.Handler(HandleAsync, onCrash: OnCrash.Replay));
        handlers.Add(ChatApp.On(SessionMoment.Enter, async session =>
        {
            await session.ReplyAsync("Welcome.");
            await reached("enter");
        }));
        handlers.Add(new DocumentType<Note> { Name = "notes", Scope = Scope.Session, IdField = "id", GetId = note => note.Id });
        handlers.Add(new TaskHandler { Id = "Tests.Sync", Name = "Sync", InvokeAsync = (_, _) => Task.FromResult<string?>(null) });
    }

    private async Task HandleAsync(Session session, Message message)
    {
        await session.NotifyAsync("Thinking...", "hard");
        await reached("notification");

        var number = await session.StepAsync("roll", () =>
        {
            Outside.Add("rolled");
            return 40 + ++dice;
        });
        await reached("step");
        await session.StepAsync("pay", () =>
        {
            Outside.Add("paid");
            return Task.CompletedTask;
        });
        await reached("step without result");

        await session.ReplyAsync($"I rolled {number} for {message.Text}.");
        await reached("reply");

        var card = new Block("card", new JsonObject { ["n"] = 1 });
        await session.ShowAsync(card);
        await reached("block");
        await session.SetTitleAsync("Rolled");
        await reached("title");
        await session.ShowImageAsync(image, alt: "dice");
        await reached("image");

        await using (var reply = session.StreamReply())
        {
            reply.Write("Once upon ");
            await session.NotifyAsync("writing");
            await reached("in the middle of a stream");
            reply.Write("a time.");
        }
        await reached("stream");
        var response = await session.StreamReplyFromAsync(UpdatesAsync());
        await reached("model's stream");
        await session.ReplyAsync($"{response.ModelId}: {response.Text}, {session.History.Count} before");

        var notes = session.Db.GetCollection<Note>();
        var first = await notes.InsertAsync(new Note("milk", 1));
        await reached("insert");
        await notes.InsertManyAsync([new Note("bread", 2), new Note("salt", 3)]);
        await reached("insert many");
        await session.ReplyAsync($"{first.Id} of {await notes.CountAsync()}");
        await reached("count");
        var changed = await notes.UpdateAsync(Number >= 2, Text.Set("sold"));
        await reached("update");
        var deleted = await notes.DeleteAsync(first.Id);
        await reached("delete");
        await session.ReplyAsync($"{changed} {deleted} {string.Join(',', (await notes.FindAsync()).Select(note => note.Text))}");
        await reached("find");
        var existing = await notes.FindOneAsync();
        var taken = await Record.ExceptionAsync(() => notes.InsertAsync(new Note("twice", 9) { Id = existing!.Id }));
        await session.ReplyAsync(taken?.GetType().Name ?? "not taken");
        await reached("refused insert");

        var task = await new AnyTask(session.Tasks, "Sync").SubmitAsync();
        await reached("task");
        await session.ShowTaskAsync(task, "Syncing");
        await session.ReplyAsync($"{await task.WaitAsync()}");
        await reached("task's end");

        session.Data["topic"] = message.Text;
        session.Data.GetOrAdd("numbers", () => new List<int>()).Add(number);
        await session.Data.FlushAsync();
        await reached("flush");
        session.Data["later"] = session.Data["topic"] + "!";

        var file = await session.PromptFileAsync("A file, please", ".txt");
        await reached("file");
        using (var content = new StreamReader(await file.OpenReadAsync()))
            await session.ReplyAsync($"{file.Name}: {await content.ReadToEndAsync()}");
        var approved = await session.PromptApprovalAsync("Go on?");
        await reached("approval");
        await session.ShowAsync(new Block("card", new JsonObject { ["n"] = 2, ["approved"] = approved }, card.Id));
        await reached("replaced block");
        await session.ReplyAsync("The end.");
        await reached("end");
    }

    private async IAsyncEnumerable<ChatResponseUpdate> UpdatesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Outside.Add("asked the model");
        yield return new ChatResponseUpdate(ChatRole.Assistant, "Hello") { ResponseId = "r1", ModelId = "demo" };
        await Task.Yield();
        yield return new ChatResponseUpdate(ChatRole.Assistant, " there") { ResponseId = "r1" };
    }
}

internal sealed record Note(string Text, int Number)
{
    public string Id { get; init; } = "";
}

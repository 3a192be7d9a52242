// The program of the API contract as it stands there, with the elided bodies filled in.
using Capsule;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.AI;

var builder = WebApplication.CreateSlimBuilder(args);
builder.AddCapsule();            // on IHostApplicationBuilder; options lambda optional
builder.Services.AddScoped<Capsule.Contract.App.RequestScope>(); // not in the contract: other tests' handlers in this assembly take it
builder.Services.AddKeyedSingleton("utc", new Capsule.Contract.App.Zone("utc"));
var app = builder.Build();
app.MapCapsule();                // on IEndpointRouteBuilder: chat, data, endpoints, OpenAPI, chat page; returns IEndpointConventionBuilder
app.Run();

public static class Support
{
    [Message]
    public static async Task Handle(Session session, Message message, IChatClient model)
    {
        if (message.Text.Contains("sync", StringComparison.OrdinalIgnoreCase))
        {
            var handle = await session.Tasks.SyncThreads.SubmitAsync(mailbox: "inbox");
            await session.ShowTaskAsync(handle, message: "Mailbox sync started");
            return;
        }
        await session.NotifyAsync("Thinking...");
        await session.StreamReplyFromAsync(model.GetStreamingResponseAsync(session.ChatMessages(message)));
    }

    [Data("threads", Access = Access.Authenticated)]
    public static async Task<ThreadList> GetThreads(RequestContext ctx, Collection<ThreadRow> threads, string status = "") =>
        new(ctx.User.OwnerId, await threads.FindAsync(t => t.Status == status, limit: 50, sort: t => t.Priority.Descending()));

    [Endpoint("POST", "/callback", Authorized = false)]
    public static Results<Ok<Receipt>, BadRequest> Callback(RequestContext ctx, CallbackBody body) =>
        body.Reference.Length == 0 ? TypedResults.BadRequest() : TypedResults.Ok(new Receipt(body.Reference, ctx.Authenticated));

    [Schedule("0 * * * *")]
    public static Task Hourly(TaskClient tasks) => tasks.SyncThreads.SubmitAsync(mailbox: "inbox");

    [Task(Retries = 2, TimeoutSeconds = 60, Lock = "mailbox:{mailbox}")]
    public static async Task<SyncResult> SyncThreads(Session? session, string mailbox, TaskProgress progress)
    {
        await progress.ReportAsync(percent: 100, text: mailbox);
        return new SyncResult(mailbox, session?.Id);
    }
}

[Document("threads", Scope = Scope.Owner)]
public sealed record ThreadRow(string Subject, string Status, int Priority) { public string Id { get; init; } = ""; }

public sealed record ThreadList(string Owner, IReadOnlyList<ThreadRow> Items);

public sealed record CallbackBody(string Reference);

public sealed record Receipt(string Reference, bool Authenticated);

public sealed record SyncResult(string Mailbox, string? SessionId);

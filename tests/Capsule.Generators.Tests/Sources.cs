namespace Capsule.Generators.Tests;

/// <summary>Programs that several tests use.</summary>
internal static class Sources
{
    /// <summary>The app of the API contract.</summary>
    public const string Support = """
        using System.Linq;
        using Capsule;
        using Microsoft.AspNetCore.Http.HttpResults;
        using Microsoft.Extensions.AI;

        public static class Support
        {
            /// <summary>Answers.</summary>
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
                var open = await session.Db.Threads.FindAsync(t => t.Status == "open" && t.Priority >= 2, limit: 50, sort: t => t.Priority.Descending());
                await session.StreamReplyFromAsync(model.GetStreamingResponseAsync(session.ChatMessages(message)));
            }

            /// <summary>The threads of a mailbox.</summary>
            /// <remarks>Newest first.</remarks>
            /// <param name="status">Only threads in this state.</param>
            /// <returns>The threads.</returns>
            [Data("threads", Access = Access.Authenticated)]
            public static async Task<ThreadList> GetThreads(RequestContext ctx, Collection<ThreadRow> threads, string status = "") =>
                new((await threads.FindAsync(t => t.Status == status, limit: 50, sort: t => t.Priority.Descending())).ToArray());

            [Endpoint("POST", "/callback", Authorized = false)]
            public static Results<Ok<Receipt>, BadRequest> Callback(RequestContext ctx, CallbackBody body) =>
                body.Text.Length == 0 ? TypedResults.BadRequest() : TypedResults.Ok(new Receipt(body.Text));

            [Schedule("0 * * * *")]
            public static Task Hourly(TaskClient tasks) => tasks.SyncThreads.SubmitAsync(mailbox: "inbox");

            /// <summary>Reads a mailbox.</summary>
            /// <param name="mailbox">Which one.</param>
            [Task(Retries = 2, TimeoutSeconds = 60, Lock = "mailbox:{mailbox}", RetryFor = [typeof(TimeoutException), typeof(System.IO.IOException)])]
            public static async Task<SyncResult> SyncThreads(Session? session, string mailbox, TaskProgress progress)
            {
                await progress.ReportAsync(50);
                return new SyncResult(1);
            }
        }

        [Document("threads", Scope = Scope.Owner)]
        public sealed record ThreadRow(string Subject, string Status, int Priority) { public string Id { get; init; } = ""; }

        public sealed record ThreadList(ThreadRow[] Items);
        public sealed record CallbackBody(string Text);
        public sealed record Receipt(string Text);
        public sealed record SyncResult(int Count);
        """;
}

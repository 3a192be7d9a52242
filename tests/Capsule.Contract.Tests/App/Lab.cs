using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Capsule.Contract.App;

/// <summary>A chat in which each command uses one member of a session as the contract names it.</summary>
public static class Lab
{
    [Message("lab")]
    public static async Task Handle(Session session, Message message, Signals signals, CancellationToken cancellationToken)
    {
        var (command, argument) = Split(message.Text);
        switch (command)
        {
            case "members":
                await ReplyJsonAsync(session, new
                {
                    id = session.Id,
                    user = session.User.Id,
                    email = session.User.Email,
                    org = session.User.OrgId,
                    owner = session.User.OwnerId,
                    channel = session.Channel.Type,
                    canReply = session.CanReply,
                    current = ReferenceEquals(Session.Current, session),
                    token = session.CancellationToken.CanBeCanceled,
                });
                break;
            case "message":
                await ReplyJsonAsync(session, new
                {
                    id = message.Id,
                    text = message.Text,
                    fromUser = message.Sender == MessageSender.User,
                    channelType = message.ChannelType,
                    utc = message.Timestamp.Offset == TimeSpan.Zero,
                    attachments = message.Attachments.Select(a => new { a.Name, a.ContentType, a.Size, url = a.Url.ToString() }),
                });
                break;
            case "history":
                await ReplyJsonAsync(session, session.History.Select(m => new
                {
                    id = m.Id,
                    text = m.Text,
                    sender = m.Sender == MessageSender.App ? "app" : "user",
                    attachments = m.Attachments.Count,
                    timestamp = m.Timestamp,
                }));
                break;
            case "reply":
                await session.ReplyAsync(argument, cancellationToken);
                break;
            case "reply-many":
                for (var number = 1; number <= int.Parse(argument, System.Globalization.CultureInfo.InvariantCulture); number++)
                    await session.ReplyAsync($"{number}", cancellationToken);
                break;
            case "notify":
                await session.NotifyAsync(argument, detail: "more of it", cancellationToken: cancellationToken);
                break;
            case "notify-plain":
                await session.NotifyAsync(argument, cancellationToken: cancellationToken);
                break;
            case "stream":
                await session.StreamAsync(Chunks("one ", "two ", "three"), cancellationToken);
                break;
            case "stream-reply":
                await using (var reply = session.StreamReply())
                {
                    reply.Write("Starting. ");
                    await reply.WriteAsync("More text.", cancellationToken);
                    signals.Tell("stream-reply " + session.Id, reply.Text);
                }
                break;
            case "stream-cut":
                await using (var reply = session.StreamReply())
                {
                    await reply.WriteAsync("Half a sen", cancellationToken);
                    await signals.PassAsync(argument, cancellationToken);
                }
                break;
            case "stream-gated":
                await session.StreamAsync(GatedAsync(signals, argument, cancellationToken), cancellationToken);
                break;
            case "from-deltas":
                var deltas = await session.StreamReplyFromAsync(Chunks("a", "ab", "abc"), StreamContent.Deltas, cancellationToken);
                signals.Tell("from " + session.Id, deltas);
                break;
            case "from-snapshots":
                var snapshots = await session.StreamReplyFromAsync(Chunks("a", "ab", "abc"), StreamContent.Snapshots, cancellationToken);
                signals.Tell("from " + session.Id, snapshots);
                break;
            case "from-updates":
                ChatResponse response = await session.StreamReplyFromAsync(Updates("Hello ", "model"), cancellationToken);
                signals.Tell("from " + session.Id, response.Text);
                break;
            case "chat-messages":
                await ReplyJsonAsync(session, Describe(session.ChatMessages(message, Options(argument))));
                break;
            case "chat-messages-typed":
                IEnumerable<string> typed = session.ChatMessages<string>(message, (role, content) => $"{role}={content}");
                await ReplyJsonAsync(session, typed);
                break;
            case "show":
                await session.ShowAsync(new Block("weather", new JsonObject { ["city"] = argument }), cancellationToken);
                break;
            case "show-twice":
                await session.ShowAsync(new Block("weather", new JsonObject { ["city"] = "Bern" }, "blk_0123456789ab"), cancellationToken);
                await session.ShowAsync(new Block("weather", new JsonObject { ["city"] = "Basel" }, "blk_0123456789ab"), cancellationToken);
                break;
            case "show-task":
                var shown = await session.Tasks.Add.SubmitAsync(left: 2, right: 3, cancellationToken: cancellationToken);
                await session.ShowTaskAsync(shown, message: "Adding", cancellationToken: cancellationToken);
                await session.ShowTaskAsync(shown.Id, message: "Adding, by id", cancellationToken: cancellationToken);
                break;
            case "show-image":
                await session.ShowImageAsync("https://example.com/a.png", alt: "A picture", width: 64, cancellationToken: cancellationToken);
                break;
            case "show-browser":
                await session.ShowBrowserAsync(new Uri("https://example.com/"), title: "Example", cancellationToken: cancellationToken);
                break;
            case "prompt-file":
                await PromptFileAsync(session, signals, argument, cancellationToken);
                break;
            case "prompt-approval":
                var approved = await session.PromptApprovalAsync("Really?", approveLabel: "Yes", rejectLabel: "No", timeout: TimeSpan.FromSeconds(60), cancellationToken);
                await session.ReplyAsync(approved ? "approved" : "rejected", cancellationToken);
                break;
            case "prompt-approval-late":
                var late = await session.PromptApprovalAsync("Quick!", timeout: TimeSpan.FromMilliseconds(50), cancellationToken: cancellationToken);
                await session.ReplyAsync(late ? "approved" : "rejected", cancellationToken);
                break;
            case "prompt-file-late":
                try
                {
                    await session.PromptFileAsync("Quick!", timeout: TimeSpan.FromMilliseconds(50), cancellationToken: cancellationToken);
                }
                catch (FileUploadTimeoutException)
                {
                    await session.ReplyAsync("timed out", cancellationToken);
                }
                break;
            case "set-title":
                await session.SetTitleAsync(argument, cancellationToken);
                break;
            case "data-set":
                session.Data["topic"] = message.Text;
                session.Data["copy"] = session.Data["topic"];
                session.Data.Set("number", 42);
                session.Data.GetOrAdd("list", () => new List<string>()).Add(argument);
                break;
            case "data-flush":
                session.Data["flushed"] = argument;
                await session.Data.FlushAsync(cancellationToken);
                break;
            case "data-remove":
                session.Data.Remove(argument);
                break;
            case "data-get":
                await ReplyJsonAsync(session, new
                {
                    topic = session.Data["topic"]?.GetValue<string>(),
                    copy = session.Data["copy"]?.GetValue<string>(),
                    number = session.Data.Get<int?>("number"),
                    list = session.Data.Get<List<string>>("list"),
                    flushed = session.Data["flushed"]?.GetValue<string>(),
                });
                break;
            case "data-set-and-fail":
                session.Data["topic"] = argument;
                throw new InvalidOperationException("secret of the failure");
            case "fail":
                throw new InvalidOperationException("secret of the failure");
            case "wait":
                await signals.PassAsync(argument, cancellationToken);
                await session.ReplyAsync("passed " + argument, cancellationToken);
                break;
            case "add":
                TaskHandle<int> sum = await session.Tasks.Add.SubmitAsync(left: 2, right: 3, cancellationToken: cancellationToken);
                await session.ReplyAsync($"{await sum.GetResultAsync(cancellationToken)}", cancellationToken);
                break;
            case "run-observed":
                var observed = await session.Tasks.Observe.SubmitAsync(topic: argument, cancellationToken: cancellationToken);
                await session.ReplyAsync(observed.Id, cancellationToken);
                break;
            case "run-later":
                var options = new TaskOptions { Delay = TimeSpan.FromHours(1) };
                var later = await session.Tasks.Observe.SubmitAsync(topic: argument, options: options, cancellationToken: cancellationToken);
                await session.ReplyAsync(later.Id, cancellationToken);
                break;
            case "run-held":
                var held = await session.Tasks.Hold.SubmitAsync(gate: argument, cancellationToken: cancellationToken);
                await session.ReplyAsync(held.Id, cancellationToken);
                break;
            case "run-failing":
                var failing = await session.Tasks.Break.SubmitAsync(cancellationToken: cancellationToken);
                var ended = await failing.WaitAsync(cancellationToken);
                await session.ReplyAsync($"{failing.Id}", cancellationToken);
                break;
            case "note":
                await session.Db.OwnerNotes.InsertAsync(new OwnerNote(argument), cancellationToken);
                await session.Db.UserNotes.InsertAsync(new UserNote(argument), cancellationToken);
                await session.Db.SessionNotes.InsertAsync(new SessionNote(argument), cancellationToken);
                await session.Db.AppNotes.InsertAsync(new AppNote(argument), cancellationToken);
                break;
            case "notes":
                await ReplyJsonAsync(session, new
                {
                    owner = (await session.Db.OwnerNotes.FindAsync(cancellationToken: cancellationToken)).Select(n => n.Text),
                    user = (await session.Db.UserNotes.FindAsync(cancellationToken: cancellationToken)).Select(n => n.Text),
                    session = (await session.Db.SessionNotes.FindAsync(cancellationToken: cancellationToken)).Select(n => n.Text),
                    app = (await session.Db.AppNotes.FindAsync(cancellationToken: cancellationToken)).Select(n => n.Text),
                });
                break;
            default:
                await session.ReplyAsync("unknown command", cancellationToken);
                break;
        }
    }

    private static async Task PromptFileAsync(Session session, Signals signals, string directory, CancellationToken cancellationToken)
    {
        try
        {
            FileUpload file = await session.PromptFileAsync(
                message: "Send a table", accept: ".csv,text/csv", path: directory.Length == 0 ? null : directory,
                timeout: TimeSpan.FromSeconds(60), maxBytes: 1000, cancellationToken: cancellationToken);
            await using var content = await file.OpenReadAsync(cancellationToken);
            using var reader = new StreamReader(content);
            var text = await reader.ReadToEndAsync(cancellationToken);
            await ReplyJsonAsync(session, new { name = file.Name, type = file.ContentType, size = file.Size, text, path = file.Path });
        }
        catch (FileUploadDeclinedException)
        {
            await session.ReplyAsync("declined", cancellationToken);
        }
    }

    private static Task ReplyJsonAsync<T>(Session session, T value) =>
        session.ReplyAsync(JsonSerializer.Serialize(value, JsonSerializerOptions.Web), session.CancellationToken);

    private static ChatMessagesOptions? Options(string argument) => argument switch
    {
        "" => null,
        "system" => new ChatMessagesOptions { System = "Be kind." },
        "two" => new ChatMessagesOptions { MaxTurns = 2 },
        "short" => new ChatMessagesOptions { MaxCharacters = 40 },
        _ => new ChatMessagesOptions { Separator = argument },
    };

    private static IEnumerable<object> Describe(IList<ChatMessage> messages) =>
        messages.Select(m => new { role = m.Role.Value, text = m.Text, id = m.MessageId, dated = m.CreatedAt is not null, contents = m.Contents.Count });

    private static async IAsyncEnumerable<string> Chunks(params string[] chunks)
    {
        foreach (var chunk in chunks)
        {
            await Task.Yield();
            yield return chunk;
        }
    }

    private static async IAsyncEnumerable<string> GatedAsync(
        Signals signals, string gate, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return "first ";
        await signals.PassAsync(gate, cancellationToken);
        yield return "second";
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Updates(params string[] chunks)
    {
        foreach (var chunk in chunks)
        {
            await Task.Yield();
            yield return new ChatResponseUpdate(ChatRole.Assistant, chunk);
        }
    }

    private static (string Command, string Argument) Split(string text)
    {
        var parts = text.Split(' ', 2);
        return (parts[0], parts.Length > 1 ? parts[1] : "");
    }
}

/// <summary>A chat that needs no service.</summary>
public static class Echo
{
    [Message("echo")]
    public static Task Handle(Session session, Message message) => session.ReplyAsync(message.Text);
}

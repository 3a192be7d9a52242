using Capsule;
using Microsoft.Extensions.AI;

namespace SupportOps;

/// <summary>The chat: a few commands that show what a session can do; everything else goes to the model.</summary>
public static class Support
{
    private static readonly Integration HelpDesk = Integration.Of("helpdesk");

    [Enter]
    public static Task WelcomeAsync(Session session, Collection<ThreadRow> threads, CancellationToken cancellationToken) =>
        Threads.SeedAsync(threads, cancellationToken);

    [Message]
    public static async Task Handle(Session session, Message message, IChatClient model, CancellationToken cancellationToken)
    {
        var (command, argument) = Split(message.Text);
        switch (command)
        {
            case "sync":
                var handle = await session.Tasks.SyncThreads.SubmitAsync(mailbox: "inbox", cancellationToken: cancellationToken);
                await session.ShowTaskAsync(handle, message: "Mailbox sync started", cancellationToken);
                break;
            case "upload":
                await ReadUploadAsync(session, cancellationToken);
                break;
            case "approve":
                var approved = await session.PromptApprovalAsync("Close all open threads?", approveLabel: "Close them", cancellationToken: cancellationToken);
                await session.ReplyAsync(approved ? await CloseThreadsAsync(session, cancellationToken) : "Nothing was closed.", cancellationToken);
                break;
            case "image":
                await session.ShowImageAsync(Charts.ThreadsByStatus, alt: "Threads by status", width: 320, cancellationToken);
                break;
            case "browser":
                await session.ShowBrowserAsync(new Uri("https://example.com/"), title: "Example", cancellationToken: cancellationToken);
                break;
            case "title" when argument.Length > 0:
                await session.SetTitleAsync(argument, cancellationToken);
                await session.ReplyAsync($"This conversation is called **{argument}** now.", cancellationToken);
                break;
            case "remember" when argument.Length > 0:
                Notes(session).Add(argument);
                await session.ReplyAsync("Noted.", cancellationToken);
                break;
            case "notes":
                await session.ReplyAsync(List(Notes(session), none: "There are no notes yet."), cancellationToken);
                break;
            case "history":
                var earlier = session.History.Select(entry => $"{entry.Sender}: {entry.Text.ReplaceLineEndings(" ")}");
                await session.ReplyAsync(List(earlier, none: "This is where the conversation begins."), cancellationToken);
                break;
            case "connect":
                await ConnectAsync(session, cancellationToken);
                break;
            case "accounts":
                await session.ShowIntegrationAsync(HelpDesk, "Threads are copied to your help desk once it is connected.", cancellationToken);
                break;
            case "whoami":
                await session.ReplyAsync(Describe(session.User), cancellationToken);
                break;
            case "slow":
                await session.StreamAsync(CountToTwentyAsync(cancellationToken), cancellationToken);
                break;
            default:
                await session.NotifyAsync("Thinking...", cancellationToken: cancellationToken);
                var conversation = session.ChatMessages(message, new ChatMessagesOptions { System = "You help people with their support threads." });
                await session.StreamReplyFromAsync(model.GetStreamingResponseAsync(conversation, cancellationToken: cancellationToken), cancellationToken);
                break;
        }
    }

    private static async Task ReadUploadAsync(Session session, CancellationToken cancellationToken)
    {
        try
        {
            var file = await session.PromptFileAsync("Which file shall I look at?", cancellationToken: cancellationToken);
            await session.ReplyAsync($"**{file.Name}** has {file.Size:N0} bytes of {file.ContentType}.", cancellationToken);
        }
        catch (FileUploadDeclinedException)
        {
            await session.ReplyAsync("Without a file, then.", cancellationToken);
        }
    }

    private static async Task ConnectAsync(Session session, CancellationToken cancellationToken)
    {
        try
        {
            var account = await session.RequireIntegrationAsync(HelpDesk, "Connect your help desk so that I can look at its tickets.", cancellationToken: cancellationToken);
            await session.ReplyAsync($"Your help desk at {account.Fields["address"]} is connected.", cancellationToken);
        }
        catch (IntegrationDeclinedException)
        {
            await session.ReplyAsync("Without your help desk, then.", cancellationToken);
        }
    }

    private static async Task<string> CloseThreadsAsync(Session session, CancellationToken cancellationToken)
    {
        var closed = await session.Db.Threads.UpdateAsync(t => t.Status == "open", t => t.Status.Set("closed"), cancellationToken);
        return $"Closed {closed} threads.";
    }

    private static async IAsyncEnumerable<string> CountToTwentyAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var number = 1; number <= 20; number++)
        {
            yield return $"{number} ";
            await Task.Delay(TimeSpan.FromSeconds(0.5), cancellationToken);
        }
    }

    private static List<string> Notes(Session session) => session.Data.GetOrAdd("notes", () => new List<string>());

    private static string Describe(UserInfo user) =>
        user.Email is null ? $"A guest, `{user.Id}`." : $"{user.Email}, who shares threads as `{user.OwnerId}`.";

    private static string List(IEnumerable<string> lines, string none) =>
        string.Join('\n', lines.Select(line => $"- {line}")) is { Length: > 0 } list ? list : none;

    private static (string Command, string Argument) Split(string text)
    {
        var parts = text.Trim().Split(' ', 2, StringSplitOptions.TrimEntries);
        return (parts[0].ToLowerInvariant(), parts.Length > 1 ? parts[1] : "");
    }
}

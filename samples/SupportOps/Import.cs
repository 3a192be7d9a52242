using Capsule;

namespace SupportOps;

/// <summary>
/// A chat of its own (<c>POST /capsule/sessions</c> with <c>"chat": "import"</c>) that takes threads from a file. Its handler goes on where it was when the
/// server is killed while it waits.
/// </summary>
public static class Import
{
    private const int MostThreads = 100;

    [Message("import", OnCrash = OnCrash.Replay)]
    public static async Task HandleAsync(Session session, Message message, Collection<ThreadRow> threads, CancellationToken cancellationToken)
    {
        await session.NotifyAsync("Preparing the import...", cancellationToken: cancellationToken);
        var number = await session.StepAsync("number", () => Random.Shared.Next(1000, 10_000), cancellationToken);
        await session.ReplyAsync($"This is import {number}. Send me a text file with a subject on each line.", cancellationToken);
        var file = await session.PromptFileAsync("Which threads shall I import?", ".txt", cancellationToken: cancellationToken);

        var subjects = await ReadSubjectsAsync(file, cancellationToken);
        if (!await session.PromptApprovalAsync($"Add {subjects.Count} threads?", approveLabel: "Add them", cancellationToken: cancellationToken))
        {
            await session.ReplyAsync($"Import {number} added nothing.", cancellationToken);
            return;
        }
        await threads.InsertManyAsync(subjects.Select(subject => new ThreadRow(subject, "open", 1)), cancellationToken);
        await session.ReplyAsync($"Import {number} added {subjects.Count} threads.", cancellationToken);
    }

    private static async Task<List<string>> ReadSubjectsAsync(FileUpload file, CancellationToken cancellationToken)
    {
        using var lines = new StreamReader(await file.OpenReadAsync(cancellationToken));
        var subjects = new List<string>();
        while (subjects.Count < MostThreads && await lines.ReadLineAsync(cancellationToken) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
                subjects.Add(line.Trim());
        }
        return subjects;
    }
}

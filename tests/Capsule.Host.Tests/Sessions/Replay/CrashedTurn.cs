using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Capsule.Hosting.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions.Replay;

/// <summary>What is left of a turn, told so that two runs can be compared.</summary>
/// <param name="Events">Everything that readers were given, save the pieces of replies.</param>
/// <param name="Documents">The session's notes.</param>
/// <param name="Data">The session's values.</param>
/// <param name="Tasks">How many tasks were submitted.</param>
internal sealed record Remains(IReadOnlyList<string> Events, IReadOnlyList<string> Documents, IReadOnlyList<string> Data, int Tasks)
{
    private static readonly UserInfo ann = new() { Id = "ann" };

    public static async Task<Remains> OfAsync(ChatApp app, string session)
    {
        var events = await app.EventsAsync(session);
        var notes = app.Services.GetRequiredService<IDocumentDatabases>().For(ann, session).GetCollection<Note>();
        var (_, data) = await app.Services.GetRequiredService<ISessionStore>().ReadPastAsync(session, long.MaxValue, 50, CancellationToken.None);
        var tasks = new AnyTask(app.Services.GetRequiredService<ITaskClients>().For(ann, session), "Sync");
        return new Remains(
            [.. events.Select(streamed => Regex.Replace($"{streamed.Type} {streamed.Data.ToJsonString()}", "fil_[0-9a-f]+", "fil_"))],
            [.. (await notes.FindAsync()).Select(note => note.ToString())],
            [.. data.Select(value => value.ToString()).Order()],
            await tasks.CountAsync());
    }

    public static void AssertEqual(Remains expected, Remains actual, string where)
    {
        Assert.True(
            expected.Events.SequenceEqual(actual.Events),
            $"After a crash at '{where}' readers were given\n{string.Join('\n', actual.Events)}\ninstead of\n{string.Join('\n', expected.Events)}");
        Assert.Equal(expected.Documents, actual.Documents);
        Assert.Equal(expected.Data, actual.Data);
        Assert.Equal(expected.Tasks, actual.Tasks);
    }
}

internal static class Answers
{
    /// <summary>Answers each prompt of a turn as it comes, until the turn ends.</summary>
    public static async Task<StreamedEvent> AnswerUntilEndAsync(this ChatApp app, string session, string turnId)
    {
        await using var reader = app.Read(session);
        while (true)
        {
            var next = (await reader.UntilAsync(streamed =>
                streamed.EndsTurn(turnId) || (streamed.Type == "block" && (bool?)streamed.Data["payload"]!["blocking"] == true)))[^1];
            if (next.Type == "turn")
                return next;
            await app.AnswerAsync(session, next);
        }
    }

    /// <summary>Answers one prompt; the second time it is too late, which changes nothing.</summary>
    public static async Task AnswerAsync(this ChatApp app, string session, StreamedEvent prompt)
    {
        var address = $"/capsule/sessions/{session}/prompts/{prompt.Data["id"]}";
        if ((string?)prompt.Data["type"] == "approval_prompt")
        {
            using var approved = await app.Client.PostAsJsonAsync(address, new { approved = true });
            return;
        }
        using var file = new StringContent("twelve bytes");
        file.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        using var form = new MultipartFormDataContent { { file, "file", "notes.txt" } };
        using var sent = await app.Client.PostAsync(address, form);
    }
}

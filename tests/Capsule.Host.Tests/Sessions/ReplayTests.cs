using System.Text.Json.Nodes;
using Capsule.Hosting.Sessions;
using Microsoft.Extensions.DependencyInjection;

namespace Capsule.Host.Tests.Sessions;

/// <summary>Wherever a reader is cut off, it ends with the same conversation as one that never left.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly TemporaryDirectory folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_reader_far_behind_catches_up_from_the_store()
    {
        // Asked for at once, they share a few commits: the test does not wait for 1,200 disks.
        await using var app = await ChatApp.StartAsync(
            folder, (session, _) => Task.WhenAll(Enumerable.Range(0, 1200).Select(number => session.NotifyAsync($"{number}"))));
        var session = await app.BeginAsync();
        using var behind = app.Services.GetRequiredService<SessionHub>().Subscribe(session, after: 0);

        var events = await app.ConverseAsync(session, "count");
        var caughtUp = new List<JournalEvent>();
        while (await behind.ReadAsync(CancellationToken.None) is { Count: > 0 } next)
            caughtUp.AddRange(next);

        Assert.Equal(Enumerable.Range(1, 1204).Select(number => (long)number), events.Select(one => one.Seq));
        Assert.Equal(events.Select(one => one.Seq), caughtUp.Select(one => one.Seq));
        Assert.Equal(events.Select(one => one.Data.ToJsonString()), caughtUp.Select(one => JsonNode.Parse(one.Data)!.ToJsonString()));
    }

    [Fact]
    public async Task The_last_id_seen_wins_over_the_address()
    {
        await using var app = await ChatApp.StartAsync(folder, (session, _) => session.ReplyAsync("hi"));
        var session = await app.BeginAsync();
        await app.ConverseAsync(session, "hello");
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/capsule/sessions/{session}/events?after=0");
        request.Headers.Accept.ParseAdd("application/json");
        request.Headers.Add("Last-Event-ID", "3");

        using var response = await app.Client.SendAsync(request);

        var page = await Json.ReadAsync(response);
        Assert.Equal([4, 5], page["events"]!.AsArray().Select(item => (long)item!["seq"]!));
        Assert.False((bool)page["more"]!);
    }
}

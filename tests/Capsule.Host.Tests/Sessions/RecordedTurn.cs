using System.Text.Json.Nodes;

namespace Capsule.Host.Tests.Sessions;

/// <summary>A turn with everything that makes resuming hard: two replies growing at once, outputs between, letters of two code units, cards replaced.</summary>
internal sealed class RecordedTurn : IDisposable
{
    public const int Steps = 9;

    private static readonly TimeSpan patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim arrived = new(0);
    private readonly SemaphoreSlim steps = new(0);

    /// <summary>Waits until the turn stands at its next step: all that it has sent so far is stored.</summary>
    public async Task ArriveAsync() => Assert.True(await arrived.WaitAsync(patience));

    /// <summary>Lets it go on to the next step.</summary>
    public void Go() => steps.Release();

    public async Task TellAsync(Session session)
    {
        await session.NotifyAsync("Thinking...");
        await StepAsync(session);
        var first = session.StreamReply();
        first.Write("Grüße \ud83d");
        await StepAsync(session);
        await session.ShowAsync(new Block("card", new JsonObject { ["n"] = 1 }, "blk_a"));
        await StepAsync(session);
        var second = session.StreamReply();
        second.Write("Another\n\nreply ");
        first.Write("\ude00 and more");
        await session.NotifyAsync("Still thinking...");
        await StepAsync(session);
        await session.ReplyAsync("In between");
        await StepAsync(session);
        await first.DisposeAsync();
        await StepAsync(session);
        await session.ShowAsync(new Block("card", new JsonObject { ["n"] = 2 }, "blk_a"));
        second.Write("that is cut off");
        await StepAsync(session);
        second.MarkPartial();
        await second.DisposeAsync();
        await StepAsync(session);
        await session.SetTitleAsync("Told");
        var third = session.StreamReply();
        third.Write("one piece");
        await StepAsync(session);
        await third.DisposeAsync();
    }

    public void Dispose()
    {
        arrived.Dispose();
        steps.Dispose();
    }

    /// <summary>Growing replies are stored in their own time; an output of one's own comes after what they have gathered.</summary>
    private async Task StepAsync(Session session)
    {
        await session.NotifyAsync("A step");
        arrived.Release();
        Assert.True(await steps.WaitAsync(patience, session.CancellationToken));
    }
}

using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <content>Prompts.</content>
internal sealed partial class HostSession
{
    /// <summary>What a timer can count, in whole days.</summary>
    private static readonly TimeSpan longestWait = TimeSpan.FromDays(49);

    private readonly List<Block> open = [];

    public override async Task<FileUpload> PromptFileAsync(
        string message = "Please upload a file",
        string accept = "",
        string? path = null,
        TimeSpan? timeout = null,
        long? maxBytes = null,
        CancellationToken cancellationToken = default)
    {
        if (maxBytes is { } most)
            ArgumentOutOfRangeException.ThrowIfLessThan(most, 1, nameof(maxBytes));
        var limit = Math.Min(maxBytes ?? long.MaxValue, resources.Limits.UploadBytes);
        var reply = await AskAsync(expiresAt => PromptCards.File(message, accept ?? "", limit, expiresAt), timeout, cancellationToken)
            ?? throw new FileUploadTimeoutException("No file came in time.");
        if (reply.Declined)
            throw new FileUploadDeclinedException("The user declined to send a file.");
        var file = reply.File!;
        var upload = new FileUpload(
            file.Name, file.ContentType, file.Url, file.Size, cancellation => resources.Files.OpenReadAsync(file.Id, cancellation));
        if (path is not null)
            await upload.DownloadAsync(path, cancellationToken);
        return upload;
    }

    public override async Task<bool> PromptApprovalAsync(
        string message,
        string approveLabel = "Approve",
        string rejectLabel = "Reject",
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        var reply = await AskAsync(
            expiresAt => PromptCards.ApprovalOf(message, approveLabel, rejectLabel, expiresAt), timeout, cancellationToken);
        return reply is { Approved: true };
    }

    /// <summary>What closes the prompts that are still open.</summary>
    public IReadOnlyList<PromptClosing> CancelPrompts()
    {
        lock (open)
            return [.. open.Select(block => Closing(PromptCards.Cancelled(block)))];
    }

    /// <summary>Shows a prompt and waits for its answer; null when it expires.</summary>
    private async Task<PromptReply?> AskAsync(Func<DateTimeOffset, Block> card, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var wait = timeout ?? TimeSpan.FromSeconds(resources.Limits.PromptSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wait, TimeSpan.Zero, nameof(timeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, longestWait, nameof(timeout));
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopped);
        var expiresAt = resources.Time.GetUtcNow() + wait;
        var block = card(expiresAt);
        var answer = resources.Prompts.Expect(Id, block.Id);
        lock (open)
            open.Add(block);
        try
        {
            var shown = Events.Block(block, output.TurnId);
            var prompt = new PromptRecord(block.Id, Id, output.TurnId, PromptCards.Write(block), Open: true, expiresAt);
            await output.SendAsync(() => resources.Store.OpenPromptAsync(prompt, shown, cancelled.Token));
            PromptReply? reply;
            using (turn?.BeginWait())
                reply = await WaitAsync(block, answer, expiresAt, cancelled.Token);
            // Only now: one whose closing could not be stored is closed with the turn.
            lock (open)
                open.Remove(block);
            return reply;
        }
        finally
        {
            resources.Prompts.Forget(Id, block.Id);
        }
    }

    private async Task<PromptReply?> WaitAsync(Block block, Task<PromptReply> answer, DateTimeOffset expiresAt, CancellationToken cancelled)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        var left = expiresAt - resources.Time.GetUtcNow();
        var deadline = Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero, resources.Time, enough.Token);
        var first = await Task.WhenAny(answer, deadline);
        await enough.CancelAsync();
        if (first == answer)
            return await answer;
        if (cancelled.IsCancellationRequested)
        {
            await resources.Store.ClosePromptAsync(Id, Closing(PromptCards.Cancelled(block)), answeredAt: null, CancellationToken.None);
            throw new OperationCanceledException(cancelled);
        }
        var expired = await resources.Store.ClosePromptAsync(Id, Closing(PromptCards.Expired(block)), answeredAt: null, CancellationToken.None);
        return expired ? null : await answer.WaitAsync(cancelled);
    }

    private PromptClosing Closing(Block block) => new(block.Id, Events.Block(block, output.TurnId));
}

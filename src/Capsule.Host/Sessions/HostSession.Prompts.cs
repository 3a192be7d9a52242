using System.Globalization;
using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <content>Prompts.</content>
internal sealed partial class HostSession
{
    private readonly List<Block> open;

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
        ArgumentNullException.ThrowIfNull(message);
        var question = message.Trim();
        var reply = await AskAsync(
            expiresAt => PromptCards.ApprovalOf(question, approveLabel, rejectLabel, expiresAt), timeout, cancellationToken);
        return reply is { Approved: true };
    }

    /// <summary>What closes the prompts that are still open.</summary>
    public IReadOnlyList<PromptClosing> CancelPrompts()
    {
        lock (open)
            return [.. open.Select(Cancel)];
    }

    /// <summary>Shows a prompt and waits for its answer; null when it expires. One that was shown before a crash is waited for again, until its first deadline.</summary>
    private async Task<PromptReply?> AskAsync(Func<DateTimeOffset, Block> card, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var wait = timeout ?? TimeSpan.FromSeconds(resources.Limits.PromptSeconds);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wait, TimeSpan.Zero, nameof(timeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(wait, TimerLimits.Longest, nameof(timeout));
        using var cancelled = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopped);
        var expiresAt = resources.Time.GetUtcNow() + wait;
        var block = card(expiresAt);
        using var effect = Begin(EffectKinds.Prompt, block.Type, PromptCards.Question(block), wait.ToString("c", CultureInfo.InvariantCulture));
        var blockId = effect.Result ?? block.Id;
        var answer = resources.Prompts.Expect(Id, blockId);
        try
        {
            if (effect.IsRecorded)
            {
                var prompt = await resources.Store.FindPromptAsync(Id, blockId, cancelled.Token)
                    ?? throw new InvalidOperationException($"There is no prompt '{blockId}' any more.");
                if (!prompt.Open)
                    return Outcome(prompt, cancelled.Token);
                (block, expiresAt) = (PromptCards.Read(prompt.Block), prompt.ExpiresAt);
            }
            else
            {
                await ShowAsync(block, expiresAt, effect, cancelled.Token);
            }
            PromptReply? reply;
            using (turn?.BeginWait())
                reply = await WaitAsync(block, answer, expiresAt, cancelled.Token);
            CapsuleTelemetry.PromptEnded(block.Type, reply switch
            {
                null => "expired",
                { Declined: true } => "declined",
                _ => "answered",
            });
            // Only now: one whose closing could not be stored is closed with the turn.
            lock (open)
                open.RemoveAll(other => other.Id == blockId);
            return reply;
        }
        finally
        {
            resources.Prompts.Forget(Id, blockId);
        }
    }

    private async Task ShowAsync(Block block, DateTimeOffset expiresAt, RunningEffect effect, CancellationToken cancelled)
    {
        lock (open)
            open.Add(block);
        var shown = Events.Block(block, output.TurnId) with { Effect = effect.Record(block.Id) };
        var prompt = new PromptRecord(block.Id, Id, output.TurnId, PromptCards.Write(block), Open: true, expiresAt);
        await output.SendAsync(() => resources.Store.OpenPromptAsync(prompt, shown, cancelled));
        effect.Complete();
    }

    /// <summary>What became of a prompt that was closed before the handler ran again.</summary>
    private static PromptReply? Outcome(PromptRecord closed, CancellationToken cancelled)
    {
        var reply = closed.Answer is null ? new PromptReply { Cancelled = true } : PromptReply.Read(closed.Answer);
        return reply.Cancelled ? throw new OperationCanceledException(cancelled) : reply.Expired ? null : reply;
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
            // One that is asked again by the next process stays open.
            if (effects is not { IsSuspended: true })
                await resources.Store.ClosePromptAsync(Id, Cancel(block), answeredAt: null, CancellationToken.None);
            throw new OperationCanceledException(cancelled);
        }
        var expired = new PromptClosing(
            block.Id, Events.Block(PromptCards.Expired(block), output.TurnId), new PromptReply { Expired = true }.Write());
        return await resources.Store.ClosePromptAsync(Id, expired, answeredAt: null, CancellationToken.None) ? null : await answer.WaitAsync(cancelled);
    }

    private PromptClosing Cancel(Block block) =>
        new(block.Id, Events.Block(PromptCards.Cancelled(block), output.TurnId), new PromptReply { Cancelled = true }.Write());
}

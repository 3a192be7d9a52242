using System.Collections.Concurrent;
using System.Text.Json;

namespace Capsule.Hosting.Sessions;

/// <summary>Brings answers to the handlers that wait for them.</summary>
internal sealed class PromptDesk
{
    private readonly ConcurrentDictionary<(string SessionId, string BlockId), TaskCompletionSource<PromptReply>> waiting = [];

    /// <summary>Announces that somebody waits for a prompt's answer.</summary>
    public Task<PromptReply> Expect(string sessionId, string blockId) =>
        waiting.GetOrAdd((sessionId, blockId), _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Hands over the answer; it is stored already.</summary>
    public void Deliver(string sessionId, string blockId, PromptReply reply)
    {
        if (waiting.TryGetValue((sessionId, blockId), out var handler))
            handler.TrySetResult(reply);
    }

    /// <summary>Nobody waits any more.</summary>
    public void Forget(string sessionId, string blockId) => waiting.TryRemove((sessionId, blockId), out _);
}

/// <summary>What became of a prompt: mostly a user's answer.</summary>
internal sealed record PromptReply
{
    /// <summary>Nobody answered in time.</summary>
    public bool Expired { get; init; }

    /// <summary>Nobody waits for the answer any more.</summary>
    public bool Cancelled { get; init; }

    public bool Declined { get; init; }

    /// <summary>The answer to an approval prompt.</summary>
    public bool Approved { get; init; }

    /// <summary>The answer to an integration prompt: it is connected. The credentials are where all are, encrypted.</summary>
    public bool Connected { get; init; }

    /// <summary>The answer to a file prompt.</summary>
    public StoredFile? File { get; init; }

    /// <summary>Reads one from its stored form.</summary>
    public static PromptReply Read(string json) => JsonSerializer.Deserialize(json, EffectJson.Default.PromptReply)!;

    /// <summary>The stored form.</summary>
    public string Write() => JsonSerializer.Serialize(this, EffectJson.Default.PromptReply);
}

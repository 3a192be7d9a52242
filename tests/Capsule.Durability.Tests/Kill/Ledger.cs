using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Capsule.Durability.Tests.Kill;

/// <summary>What the server has answered to a message.</summary>
internal sealed record Acknowledgement(string TurnId, long Seq);

/// <summary>An event as it stands in a journal.</summary>
internal sealed record JournalEntry(long Seq, string Type, JsonObject Data);

/// <summary>What one client knows of a session: what it has sent, in which order, and what was acknowledged.</summary>
internal sealed class Ledger(string sessionId)
{
    private readonly ConcurrentDictionary<string, string> sent = new();
    private readonly ConcurrentQueue<(string MessageId, Acknowledgement Acknowledgement)> acknowledged = new();

    public string SessionId => sessionId;

    /// <summary>The texts of messages by their ids.</summary>
    public IReadOnlyDictionary<string, string> Sent => sent;

    /// <summary>The answers in the order received. Those to the first post of each message are in the order sent: a client waits for one before the next.</summary>
    public IReadOnlyCollection<(string MessageId, Acknowledgement Acknowledgement)> Acknowledged => acknowledged;

    public void Send(string messageId, string text) => sent[messageId] = text;

    public void Acknowledge(string messageId, Acknowledgement acknowledgement) => acknowledged.Enqueue((messageId, acknowledgement));
}

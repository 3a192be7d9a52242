namespace Capsule.Durability.Tests.Kill;

/// <summary>
/// Compares what a client was told with what stands in the journal. It knows the wire contract and nothing of the server: every acknowledged message is
/// there once, where it was said to be, in order, with one turn.
/// </summary>
internal static class JournalCheck
{
    private static readonly string[] final = ["completed", "failed", "cancelled", "interrupted"];

    /// <summary>What is wrong; nothing, if all is well.</summary>
    /// <param name="ledger">What the client knows.</param>
    /// <param name="journal">What the server has; null if it does not know the session.</param>
    public static IReadOnlyList<string> Compare(Ledger ledger, IReadOnlyList<JournalEntry>? journal)
    {
        if (journal is null)
            return [$"{ledger.SessionId}: the session is lost"];
        var wrong = new List<string>();
        void Require(bool condition, string message)
        {
            if (!condition)
                wrong.Add($"{ledger.SessionId}: {message}");
        }

        for (var index = 1; index < journal.Count; index++)
            Require(journal[index].Seq > journal[index - 1].Seq, $"event {journal[index].Seq} follows event {journal[index - 1].Seq}");

        var messages = journal.Where(entry => entry.Type == "message").ToLookup(entry => Text(entry, "sender"));
        var stored = messages["user"].ToLookup(entry => Text(entry, "id"));
        CheckAcknowledged(ledger, stored, Require);
        CheckMessages(ledger, stored, Require);
        CheckTurns(journal, [.. messages["user"]], messages["app"].ToLookup(entry => Text(entry, "turnId")), Require);
        return wrong;
    }

    private static void CheckAcknowledged(Ledger ledger, ILookup<string, JournalEntry> stored, Action<bool, string> require)
    {
        foreach (var (id, acknowledgement) in ledger.Acknowledged)
        {
            var entries = stored[id].ToList();
            require(entries.Count > 0, $"the acknowledged message {id} is lost");
            foreach (var entry in entries)
            {
                require(entry.Seq == acknowledgement.Seq, $"message {id} was acknowledged as {acknowledgement.Seq} and is {entry.Seq}");
                require(Text(entry, "turnId") == acknowledgement.TurnId, $"message {id} has another turn than was said");
            }
        }
        long last = 0;
        foreach (var (id, acknowledgement) in ledger.Acknowledged.DistinctBy(one => one.MessageId))
        {
            require(acknowledgement.Seq > last, $"message {id} stands before one that was acknowledged earlier");
            last = acknowledgement.Seq;
        }
    }

    private static void CheckMessages(Ledger ledger, ILookup<string, JournalEntry> stored, Action<bool, string> require)
    {
        foreach (var entries in stored)
        {
            require(entries.Count() == 1, $"message {entries.Key} is doubled");
            require(ledger.Sent.TryGetValue(entries.Key, out var text), $"message {entries.Key} was never sent");
            require(entries.All(entry => Text(entry, "text") == text), $"message {entries.Key} says something else");
        }
    }

    private static void CheckTurns(
        IReadOnlyList<JournalEntry> journal, IReadOnlyList<JournalEntry> messages, ILookup<string, JournalEntry> replies, Action<bool, string> require)
    {
        var turns = journal.Where(entry => entry.Type == "turn").ToLookup(entry => Text(entry, "id"));
        require(turns.Count == messages.Count, $"there are {messages.Count} messages and {turns.Count} turns");
        foreach (var message in messages)
        {
            var id = Text(message, "turnId");
            var states = turns[id].Select(entry => Text(entry, "state")).ToList();
            require(states is ["queued", "started", var end] && final.Contains(end), $"turn {id} went {string.Join(", ", states)}");
            var whole = replies[id].Where(reply => reply.Data["partial"] is null).ToList();
            require(replies[id].Select(reply => Text(reply, "id")).Distinct().Count() <= 1, $"turn {id} has answered twice");
            require(!states.Contains("completed") || whole.Count == 1, $"turn {id} is completed and has {whole.Count} answers");
            require(whole.All(reply => Text(reply, "text") == "re: " + Text(message, "text")), $"turn {id} answers something else");
        }
        CheckOrder(journal, [.. messages.Select(message => Text(message, "turnId"))], require);
    }

    /// <summary>Turns begin in the order of their messages, each after the end of the one before.</summary>
    private static void CheckOrder(IReadOnlyList<JournalEntry> journal, IReadOnlyList<string> expected, Action<bool, string> require)
    {
        var begun = new List<string>();
        string? running = null;
        foreach (var entry in journal.Where(entry => entry.Type == "turn"))
        {
            var (id, state) = (Text(entry, "id"), Text(entry, "state"));
            if (state == "started")
            {
                require(running is null, $"turn {id} began while {running} was running");
                running = id;
                begun.Add(id);
            }
            else if (id == running)
            {
                running = null;
            }
        }
        require(begun.SequenceEqual(expected.Where(begun.Contains)), "turns did not begin in the order of their messages");
    }

    private static string Text(JournalEntry entry, string member) => (string?)entry.Data[member] ?? "";
}

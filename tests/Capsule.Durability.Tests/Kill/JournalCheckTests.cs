using System.Text.Json.Nodes;

namespace Capsule.Durability.Tests.Kill;

/// <summary>The check itself can fail: a journal with something wrong in it is found out.</summary>
public sealed class JournalCheckTests
{
    [Fact]
    public void A_good_journal_passes() => Assert.Empty(JournalCheck.Compare(TwoMessages(), Journal()));

    [Fact]
    public void An_unacknowledged_message_may_be_there()
    {
        var ledger = new Ledger("ses");
        ledger.Send("m1", "one");
        ledger.Send("m2", "two");

        Assert.Empty(JournalCheck.Compare(ledger, Journal()));
    }

    [Theory]
    [InlineData("lost", "m2 is lost")]
    [InlineData("doubled", "m1 is doubled")]
    [InlineData("moved", "was acknowledged as 5 and is 6")]
    [InlineData("changed", "m1 says something else")]
    [InlineData("invented", "was never sent")]
    [InlineData("second turn", "2 messages and 3 turns")]
    [InlineData("run twice", "went queued, started, completed, started, completed")]
    [InlineData("answered twice", "has answered twice")]
    [InlineData("unanswered", "is completed and has 0 answers")]
    [InlineData("unfinished", "went queued, started")]
    [InlineData("overlap", "began while t1 was running")]
    [InlineData("out of order", "not begin in the order")]
    public void A_journal_with_something_wrong_is_found_out(string damage, string expected)
    {
        var journal = Journal();
        switch (damage)
        {
            case "lost":
                journal.RemoveAll(entry => (string?)entry.Data["id"] == "m2");
                break;
            case "doubled":
                journal.Add(new JournalEntry(20, "message", Data(id: "m1", sender: "user", text: "one", turnId: "t1")));
                break;
            case "moved":
                (journal[4], journal[5]) = (journal[5] with { Seq = 5 }, journal[4] with { Seq = 6 });
                break;
            case "changed":
                journal[0].Data["text"] = "uno";
                break;
            case "invented":
                journal.Add(new JournalEntry(20, "message", Data(id: "m9", sender: "user", text: "nine", turnId: "t9")));
                break;
            case "second turn":
                journal.Add(new JournalEntry(20, "turn", Data(id: "t3", state: "queued")));
                break;
            case "run twice":
                journal.Add(new JournalEntry(20, "turn", Data(id: "t1", state: "started")));
                journal.Add(new JournalEntry(21, "turn", Data(id: "t1", state: "completed")));
                break;
            case "answered twice":
                journal.Add(new JournalEntry(20, "message", Data(id: "a9", sender: "app", text: "re: one", turnId: "t1")));
                break;
            case "unanswered":
                journal.RemoveAll(entry => (string?)entry.Data["id"] == "a1");
                break;
            case "unfinished":
                journal.RemoveAt(journal.Count - 1);
                break;
            case "overlap":
                (journal[6], journal[7]) = (journal[7] with { Seq = 7 }, journal[6] with { Seq = 8 });
                break;
            case "out of order":
                var swapped = journal.Where(entry => entry.Seq > 3 && entry.Type == "turn" && (string?)entry.Data["state"] != "queued").ToList();
                foreach (var entry in swapped)
                    entry.Data["id"] = (string?)entry.Data["id"] == "t1" ? "t2" : "t1";
                break;
        }

        Assert.Contains(JournalCheck.Compare(TwoMessages(), journal), violation => violation.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Answers_that_contradict_each_other_are_found_out()
    {
        var ledger = TwoMessages();
        ledger.Acknowledge("m1", new Acknowledgement("t2", 1));

        Assert.Contains(JournalCheck.Compare(ledger, Journal()), violation => violation.Contains("another turn", StringComparison.Ordinal));
    }

    [Fact]
    public void A_session_that_is_gone_is_found_out() => Assert.Equal(["ses: the session is lost"], JournalCheck.Compare(new Ledger("ses"), null));

    private static Ledger TwoMessages()
    {
        var ledger = new Ledger("ses");
        ledger.Send("m1", "one");
        ledger.Acknowledge("m1", new Acknowledgement("t1", 1));
        ledger.Send("m2", "two");
        ledger.Acknowledge("m2", new Acknowledgement("t2", 5));
        ledger.Acknowledge("m1", new Acknowledgement("t1", 1));
        return ledger;
    }

    private static List<JournalEntry> Journal() =>
    [
        new(1, "message", Data(id: "m1", sender: "user", text: "one", turnId: "t1")),
        new(2, "turn", Data(id: "t1", state: "queued")),
        new(3, "turn", Data(id: "t1", state: "started")),
        new(4, "message", Data(id: "a1", sender: "app", text: "re: one", turnId: "t1")),
        new(5, "message", Data(id: "m2", sender: "user", text: "two", turnId: "t2")),
        new(6, "turn", Data(id: "t2", state: "queued")),
        new(7, "turn", Data(id: "t1", state: "completed")),
        new(8, "turn", Data(id: "t2", state: "started")),
        new(9, "message", Data(id: "a2", sender: "app", text: "re: two", turnId: "t2")),
        new(10, "turn", Data(id: "t2", state: "completed")),
    ];

    private static JsonObject Data(string id, string? sender = null, string? text = null, string? turnId = null, string? state = null)
    {
        var data = new JsonObject { ["id"] = id };
        foreach (var (name, value) in new[] { ("sender", sender), ("text", text), ("turnId", turnId), ("state", state) })
        {
            if (value is not null)
                data[name] = value;
        }
        return data;
    }
}

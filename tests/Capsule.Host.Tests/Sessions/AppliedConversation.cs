using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Capsule.Host.Tests.Sessions;

/// <summary>What a client holds after the events that it was given: deltas append, the same id replaces.</summary>
internal sealed class AppliedConversation
{
    private readonly List<string> order = [];
    private readonly Dictionary<string, JsonObject> items = [];
    private readonly Dictionary<string, string> turns = [];
    private string notification = "";
    private string title = "";

    /// <summary>The last event's number.</summary>
    public long Seq { get; private set; }

    public HashSet<string> Types { get; } = [];

    /// <summary>All of it, for comparison.</summary>
    public override string ToString() =>
        string.Join('\n', [.. order.Select(id => items[id].ToJsonString()), .. turns.Select(turn => turn.ToString()), notification, title]);

    public string State(string turnId) => turns[turnId];

    /// <summary>What a client holds that was given these bytes of a stream: only whole frames count.</summary>
    public static AppliedConversation Of(ReadOnlySpan<byte> stream)
    {
        var conversation = new AppliedConversation();
        foreach (var streamed in Frames(stream))
            conversation.Apply(streamed);
        return conversation;
    }

    public static List<StreamedEvent> Frames(ReadOnlySpan<byte> stream) =>
    [
        .. Encoding.UTF8.GetString(stream).Split("\n\n")[..^1].Where(frame => !frame.StartsWith(':')).Select(frame => frame.Split('\n')).Select(lines =>
            new StreamedEvent(
                long.Parse(lines[0]["id: ".Length..], CultureInfo.InvariantCulture),
                lines[1]["event: ".Length..],
                JsonNode.Parse(lines[2]["data: ".Length..])!.AsObject())),
    ];

    public void Apply(StreamedEvent streamed)
    {
        Assert.True(streamed.Seq > Seq);
        Seq = streamed.Seq;
        Types.Add(streamed.Type);
        var data = streamed.Data;
        switch (streamed.Type)
        {
            case "message":
                Put((string)data["id"]!, new JsonObject { ["text"] = (string?)data["text"], ["partial"] = (bool?)data["partial"] });
                break;
            case "delta":
                var id = (string)data["messageId"]!;
                var before = items.TryGetValue(id, out var message) ? (string?)message["text"] : "";
                Put(id, new JsonObject { ["text"] = before + (string?)data["text"], ["partial"] = null });
                break;
            case "block":
                Put((string)data["id"]!, data);
                break;
            case "turn":
                turns[(string)data["id"]!] = (string)data["state"]!;
                break;
            case "notification":
                notification = data.ToJsonString();
                break;
            case "session":
                title = data.ToJsonString();
                break;
            default:
                Assert.Fail("Unknown event " + streamed.Type);
                break;
        }
    }

    private void Put(string id, JsonObject item)
    {
        if (!items.ContainsKey(id))
            order.Add(id);
        items[id] = item;
    }
}

using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Hosting.Channels;

/// <summary>
/// What a card says on a channel that shows text only (<see cref="IsNeededOn"/>): each such channel is a projection of the journal, and uses this for the
/// blocks in it.
/// </summary>
internal static class BlockText
{
    /// <summary>Whether readers of a channel can't see cards: all but those of the chat page and of the API.</summary>
    public static bool IsNeededOn(string channel) => channel is not ("" or "chat" or "api");

    /// <summary>The text; null for a block that says nothing there.</summary>
    public static string? Of(Block block)
    {
        var payload = block.Payload;
        return block.Type switch
        {
            "file_upload" when Is(payload, "completed") => $"File received: {Text(payload, "filename") ?? "file"}",
            "file_upload" when IsOpen(payload) => $"{Text(payload, "message") ?? "Please upload a file."}\n\nSend the file as your next message, or upload it in the web app.",
            "integration_prompt" when IsOpen(payload) => Integration(payload),
            "approval_prompt" when Is(payload, "completed") => Is(payload, "timedOut") ? "Approval timed out." : Is(payload, "approved") ? "Approved." : "Not approved.",
            "approval_prompt" when IsOpen(payload) =>
                $"{Text(payload, "message") ?? "Approval requested."}\n\nOpen the web app to choose {Text(payload, "approveLabel") ?? "Approve"} or {Text(payload, "rejectLabel") ?? "Reject"}.",
            "task_card" => Text(payload, "message") ?? "Task started.",
            _ => null,
        };
    }

    private static string Integration(JsonObject payload)
    {
        var reason = Text(payload, "reason") is { } text ? text + "\n\n" : "";
        var name = Text(payload, "title") ?? Text(payload, "type");
        return Is(payload, "blocking")
            ? $"{reason}Open the web app to connect {name}; I wait for it."
            : $"{reason}Open the web app to connect {name}.";
    }

    /// <summary>Whether a prompt's card is still to be answered: how it ended is in none of these.</summary>
    private static bool IsOpen(JsonObject payload) =>
        !Is(payload, "completed") && !Is(payload, "declined") && !Is(payload, "expired") && !Is(payload, "cancelled");

    private static bool Is(JsonObject payload, string name) => payload[name]?.GetValueKind() == JsonValueKind.True;

    private static string? Text(JsonObject payload, string name) =>
        payload[name] is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}

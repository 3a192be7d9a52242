using System.Text.Json;
using System.Text.Json.Nodes;

namespace Capsule.Hosting.Sessions;

/// <summary>The cards of prompts: how they look open and how they end.</summary>
internal static class PromptCards
{
    public const string FileUpload = "file_upload";
    public const string Approval = "approval_prompt";

    public static Block File(string message, string accept, long maxBytes, DateTimeOffset expiresAt)
    {
        var payload = new JsonObject { ["message"] = message };
        if (accept.Length > 0)
            payload["accept"] = accept;
        payload["blocking"] = true;
        payload["expiresAt"] = JsonValue.Create(expiresAt);
        payload["maxBytes"] = maxBytes;
        return new Block(FileUpload, payload);
    }

    public static Block ApprovalOf(string message, string approveLabel, string rejectLabel, DateTimeOffset expiresAt) =>
        new(Approval, new JsonObject
        {
            ["message"] = message,
            ["approveLabel"] = approveLabel,
            ["rejectLabel"] = rejectLabel,
            ["blocking"] = true,
            ["expiresAt"] = JsonValue.Create(expiresAt),
        });

    /// <summary>A card in its stored form.</summary>
    public static string Write(Block block) =>
        JsonSerializer.Serialize(new BlockData(block.Id, block.Type, block.Payload), EventJson.Relaxed.BlockData);

    /// <summary>What a card asks, apart from its deadline.</summary>
    public static string Question(Block block)
    {
        var question = block.Payload.DeepClone().AsObject();
        question.Remove("expiresAt");
        return question.ToJsonString();
    }

    /// <summary>Reads a card back from its stored form.</summary>
    public static Block Read(string json)
    {
        var data = JsonSerializer.Deserialize(json, EventJson.Relaxed.BlockData)!;
        return new Block(data.Type, data.Payload, data.Id);
    }

    public static Block Answered(Block open, PromptReply reply) => open.Type switch
    {
        Approval => Ended(open, ("completed", true), ("approved", reply.Approved), ("timedOut", false)),
        _ when reply.Declined => Ended(open, ("declined", true)),
        IntegrationCards.Type => Ended(open, ("completed", true)),
        _ => Ended(
            open,
            ("completed", true),
            ("filename", reply.File!.Name),
            ("contentType", reply.File.ContentType),
            ("size", reply.File.Size)),
    };

    public static Block Expired(Block open) => open.Type == Approval
        ? Ended(open, ("completed", true), ("approved", false), ("timedOut", true))
        : Ended(open, ("expired", true));

    public static Block Cancelled(Block open) => Ended(open, ("cancelled", true));

    /// <summary>The server ended, and with it whoever waited for the answer.</summary>
    public static Block Interrupted(Block open) => Ended(open, ("cancelled", true), ("interrupted", true));

    /// <summary>The same card with what remains of the question and what became of it.</summary>
    private static Block Ended(Block open, params ReadOnlySpan<(string Name, JsonNode Value)> outcome)
    {
        var payload = new JsonObject();
        foreach (var name in (ReadOnlySpan<string>)["message", "approveLabel", "rejectLabel", "type", "title", "reason"])
        {
            if (open.Payload[name] is { } kept)
                payload[name] = kept.DeepClone();
        }
        foreach (var (name, value) in outcome)
            payload[name] = value;
        return new Block(open.Type, payload, open.Id);
    }
}

using System.Text.Json.Nodes;

namespace Capsule.Hosting;

/// <summary>The cards on which users connect integrations.</summary>
internal static class IntegrationCards
{
    public const string Type = "integration_prompt";

    /// <summary>A card that can be used at any time.</summary>
    public static Block Show(IntegrationDefinition definition, string reason) => new(Type, Payload(definition, reason, blocking: false));

    /// <summary>A card that a handler waits for.</summary>
    public static Block Prompt(IntegrationDefinition definition, string reason, DateTimeOffset expiresAt)
    {
        var payload = Payload(definition, reason, blocking: true);
        payload["expiresAt"] = JsonValue.Create(expiresAt);
        return new Block(Type, payload);
    }

    private static JsonObject Payload(IntegrationDefinition definition, string reason, bool blocking)
    {
        var payload = new JsonObject
        {
            ["type"] = definition.Integration.Name,
            ["title"] = definition.Title,
            ["reason"] = reason,
            ["blocking"] = blocking,
            ["mode"] = definition.Mode,
        };
        if (definition is FormIntegration form)
            payload["fields"] = new JsonArray([.. form.Fields.Select(FieldOf)]);
        return payload;
    }

    private static JsonNode FieldOf(IntegrationField field) => new JsonObject
    {
        ["name"] = field.Name,
        ["label"] = field.Label,
        ["secret"] = field.Secret,
        ["required"] = field.Required,
    };
}

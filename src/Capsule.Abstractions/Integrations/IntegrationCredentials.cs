namespace Capsule;

/// <summary>What an app needs to act for a user at another service.</summary>
public sealed record IntegrationCredentials
{
    /// <summary>The token for an <c>Authorization</c> header; empty for integrations that are connected with <see cref="Fields"/>.</summary>
    public string AccessToken { get; init; } = "";

    /// <summary>The scheme that goes before the token; <c>Bearer</c> by default.</summary>
    public string TokenType { get; init; } = "Bearer";

    /// <summary>What the user has granted; empty where the service does not say.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>When the token ends, in UTC; null when it does not, or is not known to.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the user has entered, by the names of the integration's fields; empty for integrations that are connected with a token.</summary>
    public IReadOnlyDictionary<string, string> Fields { get; init; } = new Dictionary<string, string>();

    /// <summary>The type's name alone: secrets do not belong in logs.</summary>
    public override string ToString() => nameof(IntegrationCredentials);

    internal bool IsEmpty => AccessToken.Length == 0 && Fields.Count == 0;
}

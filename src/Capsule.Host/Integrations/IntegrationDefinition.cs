namespace Capsule.Hosting;

/// <summary>An integration that an app uses, and how a user connects it.</summary>
public abstract class IntegrationDefinition
{
    private protected IntegrationDefinition(Integration integration, string? title)
    {
        ArgumentNullException.ThrowIfNull(integration);
        Integration = integration;
        Title = string.IsNullOrWhiteSpace(title) ? DefaultTitle(integration) : title.Trim();
    }

    /// <summary>Which one.</summary>
    public Integration Integration { get; }

    /// <summary>What users know it as.</summary>
    public string Title { get; }

    /// <summary>What a card calls the way of connecting.</summary>
    internal abstract string Mode { get; }

    private static string DefaultTitle(Integration integration) => integration.Name switch
    {
        "github" => "GitHub",
        "gcal" => "Google Calendar",
        "gdrive" => "Google Drive",
        "aws" => "Amazon Web Services",
        var name => char.ToUpperInvariant(name[0]) + name[1..],
    };
}

/// <summary>An integration that a user connects by entering secrets into a form.</summary>
public sealed class FormIntegration : IntegrationDefinition
{
    /// <param name="integration">Which one.</param>
    /// <param name="title">What users know it as; made of the name by default.</param>
    /// <param name="fields">What to enter; may be left out for <see cref="Integration.Aws"/> and <see cref="Integration.Tailscale"/>, whose fields are known.</param>
    /// <exception cref="ArgumentException">There are no fields, or two have one name.</exception>
    public FormIntegration(Integration integration, string? title = null, params IReadOnlyList<IntegrationField> fields)
        : base(integration, title)
    {
        Fields = fields is { Count: > 0 } ? [.. fields] : KnownFields(integration);
        if (Fields.Count == 0)
            throw new ArgumentException($"Say which fields the form of '{integration}' has.", nameof(fields));
        if (Fields.GroupBy(field => field.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"The form of '{integration}' has two fields '{twice.Key}'.", nameof(fields));
    }

    /// <summary>What to enter.</summary>
    public IReadOnlyList<IntegrationField> Fields { get; }

    internal override string Mode => "secret";

    private static IReadOnlyList<IntegrationField> KnownFields(Integration integration) => integration.Name switch
    {
        "aws" =>
        [
            new("access_key_id", "Access key id") { Secret = false },
            new("secret_access_key", "Secret access key"),
            new("region", "Region") { Secret = false, Required = false },
        ],
        "tailscale" => [new("auth_key", "Authentication key")],
        _ => [],
    };
}

/// <summary>A field of an integration's form.</summary>
/// <param name="Name">Its name in <see cref="IntegrationCredentials.Fields"/>.</param>
/// <param name="Label">What the form calls it.</param>
public sealed record IntegrationField(string Name, string Label)
{
    /// <summary>Whether what is typed stays hidden; true by default.</summary>
    public bool Secret { get; init; } = true;

    /// <summary>Whether it must be filled in; true by default.</summary>
    public bool Required { get; init; } = true;
}

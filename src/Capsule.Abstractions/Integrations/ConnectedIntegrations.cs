using System.Collections.Concurrent;

namespace Capsule;

/// <summary>The integrations that a user has connected, with their credentials.</summary>
/// <remarks>Read once, when it is first asked for; one that a prompt connects meanwhile is added.</remarks>
public sealed class ConnectedIntegrations
{
    private readonly Lazy<ConcurrentDictionary<Integration, IntegrationCredentials>> connected;

    internal ConnectedIntegrations(Func<IEnumerable<KeyValuePair<Integration, IntegrationCredentials>>> read) => connected = new(() => new(read()));

    /// <summary>None.</summary>
    public static ConnectedIntegrations None { get; } = Of(new Dictionary<Integration, IntegrationCredentials>());

    /// <summary>The credentials of one; null when the user has not connected it.</summary>
    public IntegrationCredentials? this[Integration integration]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(integration);
            return connected.Value.GetValueOrDefault(integration);
        }
    }

    /// <summary>Which ones there are, in the order of their names.</summary>
    public IReadOnlyList<Integration> Connected => [.. connected.Value.Keys.OrderBy(integration => integration.Name, StringComparer.Ordinal)];

    /// <summary>Integrations that are there already, as for tests.</summary>
    public static ConnectedIntegrations Of(IReadOnlyDictionary<Integration, IntegrationCredentials> integrations) => new(() => integrations);

    internal void Set(Integration integration, IntegrationCredentials credentials) => connected.Value[integration] = credentials;
}

using System.Collections;

namespace Capsule.Hosting;

/// <summary>The integrations that an app uses.</summary>
public sealed class IntegrationCollection : IReadOnlyCollection<IntegrationDefinition>
{
    private readonly Dictionary<Integration, IntegrationDefinition> definitions = [];

    /// <inheritdoc />
    public int Count => definitions.Count;

    /// <summary>Declares one.</summary>
    /// <exception cref="ArgumentException">It is declared already.</exception>
    public IntegrationCollection Add(IntegrationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        if (!definitions.TryAdd(definition.Integration, definition))
            throw new ArgumentException($"The integration '{definition.Integration}' is declared already.", nameof(definition));
        return this;
    }

    /// <summary>Declares one that users connect by entering secrets into a form.</summary>
    /// <inheritdoc cref="FormIntegration(Integration, string?, IReadOnlyList{IntegrationField})" />
    public IntegrationCollection AddForm(Integration integration, string? title = null, params IReadOnlyList<IntegrationField> fields) =>
        Add(new FormIntegration(integration, title, fields));

    /// <inheritdoc />
    public IEnumerator<IntegrationDefinition> GetEnumerator() => definitions.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal IntegrationDefinition? Find(string name) => definitions.Values.FirstOrDefault(definition => definition.Integration.Name == name);

    /// <exception cref="InvalidOperationException">It is not declared.</exception>
    internal IntegrationDefinition Get(Integration integration)
    {
        ArgumentNullException.ThrowIfNull(integration);
        return definitions.GetValueOrDefault(integration)
            ?? throw new InvalidOperationException($"The integration '{integration}' is not declared: add it to the Integrations of AddCapsule's options.");
    }
}

namespace Capsule.Hosting.Sessions;

/// <content>Accounts at other services.</content>
internal sealed partial class HostSession
{
    private const string Connected = "connected";
    private const string Absent = "absent";

    public override ConnectedIntegrations Integrations { get; }

    public override async Task<IntegrationCredentials> PromptIntegrationAsync(
        Integration integration,
        string reason = "",
        string? message = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
    {
        var definition = resources.Integrations.Declared.Get(integration);
        if (await FindConnectedAsync(integration) is { } connected)
            return connected;
        reason ??= "";
        var headline = message ?? reason;
        if (headline.Length > 0)
            await ReplyAsync(headline, cancellationToken);
        // What the conversation says already, the card does not say again.
        var onCard = headline == reason ? "" : reason;
        var reply = await AskAsync(expiresAt => IntegrationCards.Prompt(definition, onCard, expiresAt), timeout, cancellationToken)
            ?? throw new IntegrationTimeoutException($"'{integration}' was not connected in time.");
        if (reply.Declined)
            throw new IntegrationDeclinedException($"The user declined to connect '{integration}'.");
        // Who answers may have been a guest when the turn began.
        var owner = (await resources.Store.FindAsync(Id, cancellationToken))?.User ?? User;
        var credentials = resources.Integrations.Find(owner.Id, integration)
            ?? throw new IntegrationDeclinedException($"The user has disconnected '{integration}' again.");
        Integrations.Set(integration, credentials);
        return credentials;
    }

    public override Task ShowIntegrationAsync(Integration integration, string reason = "", CancellationToken cancellationToken = default) =>
        ShowAsync(IntegrationCards.Show(resources.Integrations.Declared.Get(integration), reason ?? ""), cancellationToken);

    /// <summary>The credentials that are there. A handler that runs again finds what it found before: it must take the same way.</summary>
    private async Task<IntegrationCredentials?> FindConnectedAsync(Integration integration)
    {
        using var effect = Begin(EffectKinds.Integration, integration.Name);
        var found = effect.Result == Absent ? null : Integrations[integration];
        if (!effect.IsRecorded && effect.Record(found is null ? Absent : Connected) is { } looked)
            await effects!.RecordAsync(looked);
        effect.Complete();
        return found;
    }
}

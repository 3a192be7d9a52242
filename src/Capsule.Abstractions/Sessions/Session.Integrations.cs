namespace Capsule;

/// <content>Accounts at other services.</content>
public abstract partial class Session
{
    /// <summary>What the user has connected: <c>session.Integrations[Integration.GitHub]</c> is null when absent.</summary>
    public virtual ConnectedIntegrations Integrations => ConnectedIntegrations.None;

    /// <summary>The credentials of an integration; null when the user has not connected it.</summary>
    public IntegrationCredentials? GetIntegration(Integration integration) => Integrations[integration];

    /// <summary>The credentials of an integration; asks the user to connect it when they have not.</summary>
    /// <inheritdoc cref="PromptIntegrationAsync" path="/param|/exception" />
    public Task<IntegrationCredentials> RequireIntegrationAsync(
        Integration integration,
        string reason = "",
        string? message = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) => PromptIntegrationAsync(integration, reason, message, timeout, cancellationToken);

    /// <summary>
    /// Asks the user to connect an integration and waits until they have. Credentials that are there already are returned at once, without a card.
    /// </summary>
    /// <param name="integration">Which one; the app's options must declare it.</param>
    /// <param name="reason">Why the app needs it.</param>
    /// <param name="message">What to say in the conversation before the card; by default <paramref name="reason"/>. Empty: nothing, and the card says the reason.</param>
    /// <param name="timeout">How long to wait; 300 seconds by default.</param>
    /// <param name="cancellationToken">Cancels the wait; the turn's own token does so too.</param>
    /// <exception cref="IntegrationTimeoutException">The user has not connected it in time.</exception>
    /// <exception cref="IntegrationDeclinedException">The user declined.</exception>
    /// <exception cref="InvalidOperationException">The app's options do not declare the integration.</exception>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract Task<IntegrationCredentials> PromptIntegrationAsync(
        Integration integration,
        string reason = "",
        string? message = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default);

    /// <summary>Shows a card on which the user can connect an integration, now or later. Does not wait.</summary>
    /// <param name="integration">Which one; the app's options must declare it.</param>
    /// <param name="reason">Why the app would use it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="InvalidOperationException">The app's options do not declare the integration.</exception>
    /// <exception cref="NoReplyTargetException"><see cref="CanReply"/> is false.</exception>
    public abstract Task ShowIntegrationAsync(Integration integration, string reason = "", CancellationToken cancellationToken = default);
}

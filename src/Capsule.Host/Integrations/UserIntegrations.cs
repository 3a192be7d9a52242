using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>What users have connected. Credentials are encrypted before they are stored, each for its user and its integration alone.</summary>
internal sealed partial class UserIntegrations(
    IIntegrationStore store, IDataProtectionProvider protection, TimeProvider time, IOptions<CapsuleOptions> options, ILogger<UserIntegrations> logger)
{
    private readonly IDataProtector protector = protection.CreateProtector("Capsule.Integrations");

    /// <summary>The integrations that the app declares.</summary>
    public IntegrationCollection Declared => options.Value.Integrations;

    /// <summary>What a user has connected, of what the app declares; read when it is first asked for.</summary>
    public ConnectedIntegrations For(UserInfo user) => Declared.Count == 0 ? ConnectedIntegrations.None : new(() => Read(user.Id));

    /// <summary>The stored form of a connection.</summary>
    public IntegrationRecord Protect(string userId, Integration integration, IntegrationCredentials credentials) => new(
        userId,
        integration.Name,
        ProtectorOf(userId, integration.Name).Protect(JsonSerializer.Serialize(credentials, IntegrationJson.Default.IntegrationCredentials)),
        time.GetUtcNow());

    /// <summary>What a user has stored of one integration; null for nothing.</summary>
    public IntegrationCredentials? Find(string userId, Integration integration) =>
        store.Read(userId).FirstOrDefault(record => record.Name == integration.Name) is { } record ? Open(record) : null;

    public async Task ConnectAsync(string userId, Integration integration, IntegrationCredentials credentials, CancellationToken cancellationToken)
    {
        // A guest may sign in meanwhile; a user stays who that is.
        var owner = await store.SaveAsync(Protect(userId, integration, credentials), cancellationToken);
        if (owner != userId)
            await store.SaveAsync(Protect(owner, integration, credentials), cancellationToken);
    }

    /// <summary>False when it was not connected.</summary>
    public Task<bool> DisconnectAsync(string userId, Integration integration, CancellationToken cancellationToken) =>
        store.DeleteAsync(userId, integration.Name, cancellationToken);

    /// <summary>Encrypts what one user has connected for another one; null for what can't be read any more.</summary>
    public IntegrationRecord? Reseal(IntegrationRecord record, string userId) =>
        Open(record) is { } credentials ? Protect(userId, Integration.Of(record.Name), credentials) with { ConnectedAt = record.ConnectedAt } : null;

    private IEnumerable<KeyValuePair<Integration, IntegrationCredentials>> Read(string userId)
    {
        foreach (var record in store.Read(userId))
        {
            if (Declared.Find(record.Name) is { } definition && Open(record) is { IsEmpty: false } credentials)
                yield return KeyValuePair.Create(definition.Integration, credentials);
        }
    }

    private IntegrationCredentials? Open(IntegrationRecord record)
    {
        try
        {
            var json = ProtectorOf(record.UserId, record.Name).Unprotect(record.Secret);
            return JsonSerializer.Deserialize(json, IntegrationJson.Default.IntegrationCredentials);
        }
        catch (CryptographicException exception)
        {
            // The keys are gone: the user has to connect it again.
            LogUnreadable(record.Name, exception);
            return null;
        }
    }

    private IDataProtector ProtectorOf(string userId, string name) => protector.CreateProtector(userId, name);

    [LoggerMessage(LogLevel.Warning, "The stored credentials of an integration '{Integration}' can't be decrypted; its user has to connect it again.")]
    private partial void LogUnreadable(string integration, Exception exception);
}

/// <summary>How credentials are written before they are encrypted.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(IntegrationCredentials))]
internal sealed partial class IntegrationJson : JsonSerializerContext;

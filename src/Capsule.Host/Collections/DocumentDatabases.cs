using System.Text.Json;
using Capsule.Hosting.Sessions;
using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>The app's collections.</summary>
internal sealed class DocumentDatabases(HandlerRegistry registry, IDocumentStore store, IOptions<JsonOptions> json) : IDocumentDatabases
{
    private readonly Dictionary<Type, DocumentType> types = registry.Documents.ToDictionary(type => type.ClrType);
    private readonly IDocumentStore store = store;
    private readonly JsonSerializerOptions options = json.Value.SerializerOptions;

    public DocumentDatabase For(UserInfo user, string? sessionId, EffectLog? effects = null) =>
        new ScopedDatabase(this, effects is null ? store : new RecordedDocumentStore(store, effects), user, sessionId);

    public async Task DeleteSessionAsync(string sessionId)
    {
        foreach (var type in types.Values.Where(type => type.Scope == Scope.Session))
            await store.DeleteAsync(new DocumentScope(type.Name, OfSession(sessionId)), new DocumentSelection(), once: null, CancellationToken.None);
    }

    public Task ForgetEffectsAsync(string turnId) => store.ForgetEffectsAsync(turnId, CancellationToken.None);

    public Task KeepEffectsAsync(IReadOnlyCollection<string> turnIds) =>
        types.Count == 0 ? Task.CompletedTask : store.KeepEffectsAsync(turnIds, CancellationToken.None);

    private static string OfSession(string sessionId) => "session:" + sessionId;

    /// <summary>The collections as one user sees them, in a session if there is one.</summary>
    private sealed class ScopedDatabase(DocumentDatabases databases, IDocumentStore store, UserInfo user, string? sessionId) : DocumentDatabase
    {
        public override Collection<T> GetCollection<T>()
        {
            if (!databases.types.TryGetValue(typeof(T), out var type))
                throw new InvalidOperationException($"{typeof(T).Name} is not a document of this app; mark it with [Document].");
            return new ScopedCollection<T>((DocumentType<T>)type, new DocumentScope(type.Name, Owner(type)), store, databases.options);
        }

        // The kind is part of the owner: the documents of a collection that is given a wider scope later stay where they are.
        private string Owner(DocumentType type) => type.Scope switch
        {
            Scope.App => "app",
            Scope.Owner => "owner:" + user.OwnerId,
            Scope.User => "user:" + user.Id,
            Scope.Session when !string.IsNullOrEmpty(sessionId) => OfSession(sessionId),
            Scope.Session => throw new InvalidOperationException(
                $"The documents of '{type.Name}' belong to sessions, and there is no session here. Use them in a message handler or in a task that was submitted from a session."),
            _ => throw new InvalidOperationException($"The scope of '{type.Name}' is not known."),
        };
    }
}

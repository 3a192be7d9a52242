namespace Capsule.Hosting;
internal sealed class TemporaryNone : IDocumentDatabases { public DocumentDatabase For(UserInfo user, string? sessionId) => null!; }

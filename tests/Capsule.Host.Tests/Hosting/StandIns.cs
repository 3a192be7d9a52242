using Capsule.Hosting;

namespace Capsule.Host.Tests.Hosting;

internal sealed class NoCollections : IDocumentDatabases
{
    public DocumentDatabase For(UserInfo user, string? sessionId) => null!;
}

using Capsule.Hosting;

namespace Capsule.Host.Tests.Hosting;

internal sealed class NoTasks : ITaskClients, IDocumentDatabases
{
    TaskClient ITaskClients.For(UserInfo user, string? sessionId) => null!;

    DocumentDatabase IDocumentDatabases.For(UserInfo user, string? sessionId) => null!;
}

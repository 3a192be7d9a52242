using System.Text.Json;
using Capsule.Hosting.Sessions;

namespace Capsule.Host.Tests;

/// <summary>Sessions with an identity and nothing else, in place of the real ones.</summary>
internal sealed class StandInSessions(Func<ITaskClients> tasks, Func<IDocumentDatabases> databases) : ISessionProvider
{
    /// <summary>The sessions that exist, and whose they are.</summary>
    public Dictionary<string, UserInfo> Users { get; } = [];

    /// <summary>The sessions whose use was completed.</summary>
    public List<string> Completed { get; } = [];

    public Task<SessionLease?> OpenAsync(string sessionId, CancellationToken cancellationToken)
    {
        if (!Users.TryGetValue(sessionId, out var user))
            return Task.FromResult<SessionLease?>(null);
        var session = new StandInSession(sessionId, user, tasks(), databases(), cancellationToken);
        return Task.FromResult<SessionLease?>(new SessionLease(session, () =>
        {
            Completed.Add(sessionId);
            return Task.CompletedTask;
        }));
    }

    public Session CreateSynthetic(UserInfo user, CancellationToken cancellationToken) =>
        new StandInSession("", user, tasks(), databases(), cancellationToken);

    public Task<Session?> OpenForRequestAsync(string sessionId, UserInfo user, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    private sealed class StandInSession(
        string id, UserInfo user, ITaskClients tasks, IDocumentDatabases databases, CancellationToken cancellationToken) : Session
    {
        public override string Id => id;

        public override UserInfo User => user;

        public override SessionChannel Channel => new("chat");

        public override IReadOnlyList<Message> History => [];

        public override SessionData Data { get; } = new(new Dictionary<string, string>(), JsonSerializerOptions.Web, (_, _) => Task.CompletedTask);

        public override TaskClient Tasks => tasks.For(user, id.Length == 0 ? null : id);

        public override DocumentDatabase Db => databases.For(user, id.Length == 0 ? null : id);

        public override bool CanReply => id.Length > 0;

        public override CancellationToken CancellationToken => cancellationToken;

        public override Task SetTitleAsync(string title, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task ReplyAsync(string text, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task NotifyAsync(string text, string? detail = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override ReplyStream StreamReply() => throw new NotSupportedException();

        public override Task ShowAsync(Block block, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task<FileUpload> PromptFileAsync(
            string message = "", string accept = "", string? path = null, TimeSpan? timeout = null, long? maxBytes = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public override Task<bool> PromptApprovalAsync(
            string message, string approveLabel = "", string rejectLabel = "", TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        public override Task<IntegrationCredentials> PromptIntegrationAsync(
            Integration integration,
            string reason = "",
            string? message = null,
            TimeSpan? timeout = null,
            CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public override Task ShowIntegrationAsync(Integration integration, string reason = "", CancellationToken cancellationToken = default) =>
            throw new NotSupportedException();

        protected override Task<string> PublishFileAsync(string path, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}

/// <summary>In place of the collections where a test needs none.</summary>
internal sealed class NoDocuments : IDocumentDatabases
{
    public DocumentDatabase For(UserInfo user, string? sessionId, EffectLog? effects = null) => new Empty();

    public Task DeleteSessionAsync(string sessionId) => Task.CompletedTask;

    public Task ForgetEffectsAsync(string turnId) => Task.CompletedTask;

    public Task KeepEffectsAsync(IReadOnlyCollection<string> turnIds) => Task.CompletedTask;

    private sealed class Empty : DocumentDatabase
    {
        public override Collection<T> GetCollection<T>() => throw new InvalidOperationException("There are no collections here.");
    }
}

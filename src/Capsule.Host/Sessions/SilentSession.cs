using Capsule.Hosting.Storage;

namespace Capsule.Hosting.Sessions;

/// <summary>
/// A session that nothing can be sent to: the synthetic one of schedules and unbound tasks, and a stored one as a data handler reads it.
/// </summary>
internal sealed class SilentSession : Session
{
    public SilentSession(SessionResources resources, UserInfo user, CancellationToken cancellationToken)
        : this(resources, "", user, "chat", [], new Dictionary<string, string>(), static (_, _) => Task.CompletedTask, cancellationToken)
    {
    }

    public SilentSession(
        SessionResources resources,
        SessionRecord stored,
        UserInfo user,
        IReadOnlyList<Message> history,
        IReadOnlyDictionary<string, string> data,
        CancellationToken cancellationToken)
        : this(
            resources,
            stored.Id,
            user,
            stored.Channel,
            history,
            data,
            (changes, cancellation) => resources.Store.SaveDataAsync(stored.Id, changes, effect: null, cancellation),
            cancellationToken)
    {
    }

    private SilentSession(
        SessionResources resources,
        string id,
        UserInfo user,
        string channel,
        IReadOnlyList<Message> history,
        IReadOnlyDictionary<string, string> data,
        Func<IReadOnlyDictionary<string, string?>, CancellationToken, Task> save,
        CancellationToken cancellationToken)
    {
        var sessionId = id.Length == 0 ? null : id;
        Id = id;
        User = user;
        Channel = new SessionChannel(channel);
        History = history;
        Data = new SessionData(data, resources.SerializerOptions, save);
        Tasks = resources.Tasks.For(user, sessionId, stopped: cancellationToken);
        Db = resources.Databases.For(user, sessionId);
        Integrations = resources.Integrations.For(user);
        CancellationToken = cancellationToken;
    }

    public override string Id { get; }

    public override UserInfo User { get; }

    public override SessionChannel Channel { get; }

    public override IReadOnlyList<Message> History { get; }

    public override SessionData Data { get; }

    public override TaskClient Tasks { get; }

    public override DocumentDatabase Db { get; }

    public override ConnectedIntegrations Integrations { get; }

    public override bool CanReply => false;

    public override CancellationToken CancellationToken { get; }

    public override Task ReplyAsync(string text, CancellationToken cancellationToken = default) => throw new NoReplyTargetException();

    public override Task NotifyAsync(string text, string? detail = null, CancellationToken cancellationToken = default) =>
        throw new NoReplyTargetException();

    public override ReplyStream StreamReply() => throw new NoReplyTargetException();

    public override Task ShowAsync(Block block, CancellationToken cancellationToken = default) => throw new NoReplyTargetException();

    public override Task SetTitleAsync(string title, CancellationToken cancellationToken = default) => throw new NoReplyTargetException();

    public override Task<FileUpload> PromptFileAsync(
        string message = "Please upload a file",
        string accept = "",
        string? path = null,
        TimeSpan? timeout = null,
        long? maxBytes = null,
        CancellationToken cancellationToken = default) => throw new NoReplyTargetException();

    public override Task<bool> PromptApprovalAsync(
        string message,
        string approveLabel = "Approve",
        string rejectLabel = "Reject",
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) => throw new NoReplyTargetException();

    public override Task<IntegrationCredentials> PromptIntegrationAsync(
        Integration integration,
        string reason = "",
        string? message = null,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default) =>
        Integrations[integration] is { } connected ? Task.FromResult(connected) : throw new NoReplyTargetException();

    public override Task ShowIntegrationAsync(Integration integration, string reason = "", CancellationToken cancellationToken = default) =>
        throw new NoReplyTargetException();

    protected override Task<string> PublishFileAsync(string path, CancellationToken cancellationToken) => throw new NoReplyTargetException();
}

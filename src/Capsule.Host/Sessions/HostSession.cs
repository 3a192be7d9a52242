using Capsule.Hosting.Storage;
using Microsoft.AspNetCore.StaticFiles;

namespace Capsule.Hosting.Sessions;

/// <summary>A stored session while a handler has it.</summary>
internal sealed partial class HostSession : Session
{
    private static readonly FileExtensionContentTypeProvider contentTypes = new();

    private readonly SessionResources resources;
    private readonly SessionRecord stored;
    private readonly SessionOutput output;
    private readonly RunningTurn? turn;
    private readonly CancellationToken stopped;
    private IReadOnlyList<Message> history;

    /// <param name="resources">What every session works with.</param>
    /// <param name="stored">The session.</param>
    /// <param name="user">Who talks.</param>
    /// <param name="turn">The turn; null outside of one.</param>
    /// <param name="history">What was said before.</param>
    /// <param name="data">The session's values.</param>
    /// <param name="stopped">Cancelled when the handler should end.</param>
    public HostSession(
        SessionResources resources,
        SessionRecord stored,
        UserInfo user,
        RunningTurn? turn,
        IReadOnlyList<Message> history,
        IReadOnlyDictionary<string, string> data,
        CancellationToken stopped)
    {
        this.resources = resources;
        this.stored = stored;
        this.turn = turn;
        this.history = history;
        this.stopped = stopped;
        User = user;
        Channel = new SessionChannel(stored.Channel);
        Tasks = resources.Tasks.For(user, stored.Id);
        Db = resources.Databases.For(user, stored.Id);
        Data = new SessionData(
            data, resources.SerializerOptions, (changes, cancellation) => resources.Store.SaveDataAsync(stored.Id, changes, cancellation));
        output = new SessionOutput(stored, turn?.Id, resources.Store, resources.Time, Said, stopped);
    }

    public override string Id => stored.Id;

    public override UserInfo User { get; }

    public override SessionChannel Channel { get; }

    public override IReadOnlyList<Message> History => Volatile.Read(ref history);

    public override SessionData Data { get; }

    public override TaskClient Tasks { get; }

    public override DocumentDatabase Db { get; }

    public override bool CanReply => true;

    public override CancellationToken CancellationToken => stopped;

    /// <summary>Nothing can be sent any more. Returns what replies leave behind that are not stored yet.</summary>
    public IReadOnlyList<NewEvent> End() => output.End();

    public override Task ReplyAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return output.ReplyAsync(text, cancellationToken);
    }

    public override Task NotifyAsync(string text, string? detail = null, CancellationToken cancellationToken = default)
    {
        text = text?.Trim() ?? "";
        detail = string.IsNullOrWhiteSpace(detail) ? null : detail.Trim();
        if (text.Length == 0 && detail is null)
            return Task.CompletedTask;
        return SendAsync(Events.Notification(text.Length == 0 ? "Working..." : text, detail, output.TurnId), cancellationToken);
    }

    public override ReplyStream StreamReply() => output.Open();

    public override Task ShowAsync(Block block, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(block);
        return SendAsync(Events.Block(block, output.TurnId), cancellationToken);
    }

    public override Task SetTitleAsync(string title, CancellationToken cancellationToken = default)
    {
        title = SessionTitle.Clean(title);
        ArgumentException.ThrowIfNullOrEmpty(title);
        var changed = Events.Title(title, output.TurnId);
        return output.SendAsync(() => resources.Store.SetTitleAsync(Id, title, changed, cancellationToken));
    }

    protected override async Task<string> PublishFileAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
            throw new FileNotFoundException("There is no such local file.", path);
        var name = Path.GetFileName(path);
        var contentType = contentTypes.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        var file = await resources.Files.SaveAsync(User.Id, name, contentType, content, long.MaxValue, cancellationToken);
        return file.Url;
    }

    private Task SendAsync(NewEvent added, CancellationToken cancellationToken) =>
        output.SendAsync(() => resources.Store.AppendAsync(Id, added, cancellationToken));

    private void Said(Message message) => Volatile.Write(ref history, [.. history, message]);
}

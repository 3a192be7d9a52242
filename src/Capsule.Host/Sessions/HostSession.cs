using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
    private readonly EffectLog? effects;
    private readonly CancellationToken stopped;
    private IReadOnlyList<Message> history;

    /// <param name="resources">What every session works with.</param>
    /// <param name="stored">The session.</param>
    /// <param name="user">Who talks.</param>
    /// <param name="turn">The turn; null outside of one.</param>
    /// <param name="history">What was said before.</param>
    /// <param name="data">The session's values.</param>
    /// <param name="effects">Where a turn that runs again after a crash records what it does; null for others.</param>
    /// <param name="stopped">Cancelled when the handler should end.</param>
    public HostSession(
        SessionResources resources,
        SessionRecord stored,
        UserInfo user,
        RunningTurn? turn,
        IReadOnlyList<Message> history,
        IReadOnlyDictionary<string, string> data,
        EffectLog? effects,
        CancellationToken stopped)
    {
        this.resources = resources;
        this.stored = stored;
        this.turn = turn;
        this.effects = effects;
        this.history = history;
        this.stopped = stopped;
        User = user;
        Channel = new SessionChannel(stored.Channel);
        Tasks = resources.Tasks.For(user, stored.Id, effects, stopped);
        Db = resources.Databases.For(user, stored.Id, effects);
        Data = new SessionData(data, resources.SerializerOptions, SaveAsync);
        Integrations = resources.Integrations.For(user);
        output = new SessionOutput(stored, turn?.Id, resources.Store, resources.Time, Said, effects, stopped);
        open = [.. (effects?.Recorded.Prompts ?? []).Select(prompt => PromptCards.Read(prompt.Block))];
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

    public override async Task ReplyAsync(string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        using var effect = Begin(EffectKinds.Reply, text);
        await output.ReplyAsync(text, effect, cancellationToken);
        effect.Complete();
    }

    public override Task NotifyAsync(string text, string? detail = null, CancellationToken cancellationToken = default)
    {
        text = text?.Trim() ?? "";
        detail = string.IsNullOrWhiteSpace(detail) ? null : detail.Trim();
        if (text.Length == 0 && detail is null)
            return Task.CompletedTask;
        var shown = Events.Notification(text.Length == 0 ? "Working..." : text, detail, output.TurnId);
        return SendAsync(EffectKinds.Notification, shown, added => resources.Store.AppendAsync(Id, added, cancellationToken));
    }

    public override ReplyStream StreamReply()
    {
        using var effect = Begin(EffectKinds.Stream);
        var reply = output.Open(effect);
        if (!effect.IsRecorded && effect.Record() is { } begun)
            effects!.RecordLater(begun);
        effect.Complete();
        return reply;
    }

    public override Task ShowAsync(Block block, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(block);
        return SendAsync(
            EffectKinds.Block, Events.Block(block, output.TurnId), added => resources.Store.AppendAsync(Id, added, cancellationToken));
    }

    public override Task SetTitleAsync(string title, CancellationToken cancellationToken = default)
    {
        title = SessionTitle.Clean(title);
        ArgumentException.ThrowIfNullOrEmpty(title);
        return SendAsync(
            EffectKinds.Title, Events.Title(title, output.TurnId), changed => resources.Store.SetTitleAsync(Id, title, changed, cancellationToken));
    }

    protected override async Task<string> PublishFileAsync(string path, CancellationToken cancellationToken)
    {
        using var effect = Begin(EffectKinds.File, path);
        if (effect.IsRecorded)
            return effect.Result!;
        if (!File.Exists(path))
            throw new FileNotFoundException("There is no such local file.", path);
        var name = Path.GetFileName(path);
        var contentType = contentTypes.TryGetContentType(name, out var known) ? known : "application/octet-stream";
        await using var content = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, useAsync: true);
        var file = await resources.Files.SaveAsync(User.Id, name, contentType, content, long.MaxValue, cancellationToken);
        await resources.Store.AddFileAsync(Id, file.Id, cancellationToken);
        if (effect.Record(file.Url) is { } saved)
            await effects!.RecordAsync(saved);
        effect.Complete();
        return file.Url;
    }

    protected override async Task<T> RunStepAsync<T>(
        string name, Func<CancellationToken, Task<T>> step, JsonTypeInfo<T>? type, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (effects is null)
            return await base.RunStepAsync(name, step, type, cancellationToken);
        type ??= (JsonTypeInfo<T>)resources.SerializerOptions.GetTypeInfo(typeof(T));
        using var effect = Begin(EffectKinds.Step, name);
        var result = effect.Result;
        if (!effect.IsRecorded)
        {
            result = JsonSerializer.Serialize(await base.RunStepAsync(name, step, type, cancellationToken), type);
            await effects.RecordAsync(effect.Record(result)!);
            effect.Complete();
        }
        // Also the first time: what could not be read back later is found out now.
        return JsonSerializer.Deserialize(result!, type)!;
    }

    private async Task SaveAsync(IReadOnlyDictionary<string, string?> changes, CancellationToken cancellationToken)
    {
        string?[] arguments = [.. changes.OrderBy(change => change.Key, StringComparer.Ordinal).SelectMany(change => (string?[])[change.Key, change.Value])];
        using var effect = Begin(EffectKinds.Data, arguments);
        if (!effect.IsRecorded)
            await output.StoreAsync(() => resources.Store.SaveDataAsync(Id, changes, effect.Record(), cancellationToken));
        effect.Complete();
    }

    /// <summary>Sends an output unless it was sent before.</summary>
    private async Task SendAsync(string kind, NewEvent added, Func<NewEvent, Task> store)
    {
        using var effect = Begin(kind, added.Data);
        if (!effect.IsRecorded)
            await output.SendAsync(() => store(added with { Effect = effect.Record() }));
        effect.Complete();
    }

    private RunningEffect Begin(string kind, params ReadOnlySpan<string?> arguments) => effects?.Begin(kind, arguments) ?? RunningEffect.None;

    private void Said(Message message) => Volatile.Write(ref history, [.. history, message]);
}

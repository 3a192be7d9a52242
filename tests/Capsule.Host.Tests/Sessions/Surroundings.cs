using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Capsule.Host.Tests.Sessions;

/// <summary>Who calls is what the header <c>Test-User</c> says.</summary>
internal sealed class HeaderCallers : ICallerResolver
{
    public const string Header = "Test-User";

    public Caller Resolve(HttpContext context, bool remember = false) =>
        new(new UserInfo { Id = context.Request.Headers[Header].FirstOrDefault() ?? "ann", Email = "ann@example.org" }, Authenticated: true);
}

/// <summary>Files in memory.</summary>
internal sealed class MemoryFiles(TimeProvider time) : IFileStore
{
    private readonly ConcurrentDictionary<string, (StoredFile File, byte[] Content)> files = [];

    public async Task<StoredFile> SaveAsync(
        string ownerUserId, string name, string contentType, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancellationToken);
        if (copy.Length > maxBytes)
            throw new FileTooLargeException(maxBytes);
        var file = new StoredFile(Ids.New("file_"), ownerUserId, name, contentType, copy.Length, time.GetUtcNow());
        files[file.Id] = (file, copy.ToArray());
        return file;
    }

    public Task<StoredFile?> FindAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult(files.TryGetValue(id, out var found) ? found.File : null);

    public Task<Stream> OpenReadAsync(string id, CancellationToken cancellationToken) =>
        Task.FromResult<Stream>(new MemoryStream(files[id].Content));
}

/// <summary>An app without tasks.</summary>
internal sealed class NoTasks : TaskClient, ITaskClients
{
    protected internal override JsonSerializerOptions SerializerOptions => JsonSerializerOptions.Web;

    public TaskClient For(UserInfo user, string? sessionId) => this;

    protected internal override Task<string> SubmitAsync(
        string name, TaskArguments arguments, TaskOptions? options, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected internal override Task<IReadOnlyList<string>> FindAsync(
        string name, TaskState? state, int limit, int skip, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected internal override Task<int> CountAsync(string name, TaskState? state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    protected internal override Task<int> CancelAllAsync(string name, TaskState? state, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    protected internal override Task<bool> CancelAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected internal override Task<bool> RefreshAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected internal override Task<TaskSnapshot?> GetAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

    protected internal override Task<TaskSnapshot> WaitAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();
}

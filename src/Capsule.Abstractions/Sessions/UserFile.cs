namespace Capsule;

/// <summary>A file that a user has sent.</summary>
public abstract class UserFile
{
    private readonly Func<CancellationToken, Task<Stream>> open;

    private protected UserFile(string name, string contentType, string url, long size, Func<CancellationToken, Task<Stream>> open)
    {
        Name = name;
        ContentType = contentType;
        Url = url;
        Size = size;
        this.open = open;
    }

    /// <summary>The file's name as the user gave it, without any folder and without characters that file systems refuse.</summary>
    public string Name { get; }

    /// <summary>The media type that the sender declared, for example <c>text/csv</c>. Not verified.</summary>
    public string ContentType { get; }

    /// <summary>Where its owner can download it; relative to the app.</summary>
    public string Url { get; }

    /// <summary>The size in bytes.</summary>
    public long Size { get; }

    /// <summary><see cref="Name"/> as the name of a file and nothing else, whoever made it.</summary>
    private string FileName
    {
        get
        {
            var name = string.Concat(Name[(Name.LastIndexOfAny(['/', '\\']) + 1)..].Where(letter => !Path.GetInvalidFileNameChars().Contains(letter)));
            return name is "" or "." or ".." ? "file" : name;
        }
    }

    /// <summary>Opens the content for reading from the start.</summary>
    public Task<Stream> OpenReadAsync(CancellationToken cancellationToken = default) => open(cancellationToken);

    /// <summary>Writes the content to a file and returns that file's full path. Missing directories are created; the file appears whole or not at all.</summary>
    /// <param name="path">
    /// A directory (one that exists, or a path ending in a separator), which gets a file called <see cref="Name"/> and never one outside of it; or the path of the file itself.
    /// A file that is there already is replaced.
    /// </param>
    /// <param name="cancellationToken">Cancels the download; nothing is left behind.</param>
    public virtual async Task<string> DownloadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var target = Path.GetFullPath(Path.EndsInDirectorySeparator(path) || Directory.Exists(path) ? Path.Combine(path, FileName) : path);
        var directory = Path.GetDirectoryName(target)!;
        Directory.CreateDirectory(directory);
        var partial = Path.Combine(directory, "." + Path.GetRandomFileName());
        try
        {
            await using (var content = await open(cancellationToken).ConfigureAwait(false))
            await using (var file = new FileStream(partial, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, useAsync: true))
                await content.CopyToAsync(file, cancellationToken).ConfigureAwait(false);
            File.Move(partial, target, overwrite: true);
        }
        finally
        {
            File.Delete(partial);
        }
        return target;
    }
}

/// <summary>A file attached to a user's message.</summary>
public sealed class Attachment : UserFile
{
    internal Attachment(string id, string name, string contentType, string url, long size, Func<CancellationToken, Task<Stream>> open)
        : base(name, contentType, url, size, open) => Id = id;

    /// <summary>The stored file's id.</summary>
    internal string Id { get; }
}

/// <summary>The file with which a user answered <see cref="Session.PromptFileAsync"/>.</summary>
public sealed class FileUpload : UserFile
{
    internal FileUpload(string name, string contentType, string url, long size, Func<CancellationToken, Task<Stream>> open)
        : base(name, contentType, url, size, open)
    {
    }

    /// <summary>Where the latest download wrote the file; null before one.</summary>
    public string? Path { get; private set; }

    /// <inheritdoc />
    public override async Task<string> DownloadAsync(string path, CancellationToken cancellationToken = default) =>
        Path = await base.DownloadAsync(path, cancellationToken).ConfigureAwait(false);
}

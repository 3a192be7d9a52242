using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Capsule.Hosting;

/// <summary>
/// Where the app keeps what it must not lose. Made on first use and held by one process at a time, until the app is disposed: a second one would take
/// the first one's running turns for crashed.
/// </summary>
internal sealed class DataDirectory : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream processLock;

    public DataDirectory(IOptions<CapsuleOptions> options, IHostEnvironment environment)
    {
        Root = Path.GetFullPath(options.Value.DataDirectory, environment.ContentRootPath);
        try
        {
            var isNew = !Directory.Exists(Root);
            Make(Root);
            Files = Make(Path.Combine(Root, "files"));
            Keys = Make(Path.Combine(Root, "keys"));
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(Keys, OwnerOnly);
            DirectorySync.Flush(Root);
            if (isNew && Path.GetDirectoryName(Root) is { } parent)
                DirectorySync.Flush(parent);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"The data directory '{Root}' (Capsule:DataDirectory) can't be made: {exception.Message}", exception);
        }
        processLock = Lock();
    }

    public string Root { get; }

    public string Files { get; }

    public string Keys { get; }

    public string PathOf(string fileName) => Path.Combine(Root, fileName);

    public void Dispose() => processLock.Dispose();

    /// <summary>Conversations and keys are nobody else's on the machine. The mode of a directory that is there already is its owner's choice.</summary>
    private static string Make(string path) =>
        OperatingSystem.IsWindows() ? Directory.CreateDirectory(path).FullName : Directory.CreateDirectory(path, OwnerOnly).FullName;

    private FileStream Lock()
    {
        try
        {
            return new FileStream(PathOf("capsule.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException(
                $"The data directory '{Root}' is in use by another process, or this one may not write there. "
                + "Stop the other one, or give this one its own (Capsule:DataDirectory).",
                exception);
        }
    }
}

namespace Capsule.Host.Tests;

/// <summary>A directory that goes away with its test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("capsule-test-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Copies the databases as they are: what a crash at this moment would leave.</summary>
    public void CopyTo(TemporaryDirectory other)
    {
        foreach (var file in Directory.GetFiles(Path, "*.db*").Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
            System.IO.File.Copy(file, other.File(System.IO.Path.GetFileName(file)), overwrite: true);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

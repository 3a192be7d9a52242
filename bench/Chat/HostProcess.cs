using System.Diagnostics;

namespace Capsule.Benchmarks.Chat;

/// <summary>A host in a process of its own, with a data directory of its own.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;
    private readonly DirectoryInfo directory;

    private HostProcess(Process process, DirectoryInfo directory, Uri address)
    {
        this.process = process;
        this.directory = directory;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>What the process has used of all cores.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public static async Task<HostProcess> StartAsync(HostMode mode)
    {
        var parent = mode == HostMode.Memory ? "/dev/shm" : Path.GetTempPath();
        var directory = Directory.CreateDirectory(Path.Combine(parent, $"capsule-bench-{Guid.NewGuid():N}"));
        var start = new ProcessStartInfo("dotnet", [typeof(HostProcess).Assembly.Location, "serve", mode.ToString(), directory.FullName])
        {
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith(BenchHost.Listening, StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"The host did not start: {line}");
        // Errors that it logs.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Console.OpenStandardError());
        return new HostProcess(process, directory, new Uri(line[BenchHost.Listening.Length..]));
    }

    /// <summary>The bytes that the process uses: all of it, and its managed heap.</summary>
    public async Task<(long WorkingSet, long Heap)> MemoryAsync()
    {
        using var http = new HttpClient();
        var sizes = (await http.GetStringAsync(new Uri(Address, "/bench/memory"))).Split(' ');
        return (long.Parse(sizes[0], null), long.Parse(sizes[1], null));
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        directory.Delete(recursive: true);
    }
}

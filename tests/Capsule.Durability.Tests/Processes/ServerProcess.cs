using System.Diagnostics;
using Capsule.Durability.Tests.App;

namespace Capsule.Durability.Tests.Processes;

/// <summary>The app in a process of its own.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process process;

    private ServerProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts the app and waits until it listens.</summary>
    /// <param name="directory">Its data directory.</param>
    /// <param name="synchronous">How SQLite syncs; null for the app's own way.</param>
    /// <param name="environment">Environment variables besides this process's.</param>
    /// <param name="under">A program, with its arguments, that runs the app.</param>
    /// <exception cref="InvalidOperationException">It ends before it listens.</exception>
    public static async Task<ServerProcess> StartAsync(
        string directory, string? synchronous = null, IReadOnlyDictionary<string, string>? environment = null, params IReadOnlyList<string> under)
    {
        List<string> command = [.. under, "dotnet", typeof(ServerProcess).Assembly.Location, "serve", directory];
        if (synchronous is not null)
            command.Add(synchronous);
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.StartsWith(Server.Listening, StringComparison.Ordinal))
                continue;
            // Whatever it still says must not fill the pipe.
            _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
            return new ServerProcess(process, new Uri(line[Server.Listening.Length..]));
        }
        await process.WaitForExitAsync();
        throw new InvalidOperationException($"The server ended with code {process.ExitCode} before it listened.");
    }

    /// <summary>Ends it as <c>kill -9</c> does, with all that it has started.</summary>
    public void Kill()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
    }

    public void Dispose()
    {
        if (!process.HasExited)
            Kill();
        process.Dispose();
    }
}

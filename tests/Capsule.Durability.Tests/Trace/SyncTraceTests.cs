using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Capsule.Durability.Tests.Processes;
using Xunit.Abstractions;

namespace Capsule.Durability.Tests.Trace;

/// <summary>The calls that the server makes show a sync between the commit of a message and its 202.</summary>
public sealed class SyncTraceTests(ITestOutputHelper output) : IDisposable
{
    private const int MessageCount = 10;

    private readonly string directory = Directory.CreateTempSubdirectory("capsule-trace-").FullName;

    private string Data => Directory.CreateDirectory(Path.Combine(directory, "data")).FullName;

    private string Trace => Path.Combine(directory, "trace");

    public void Dispose() => Directory.Delete(directory, recursive: true);

    [Fact]
    public async Task The_log_is_synced_between_commit_and_answer()
    {
        var synced = await TraceAsync(synchronous: null);

        Assert.Equal(MessageCount, synced.Count);
        Assert.All(synced, Assert.True);
    }

    [Fact]
    public async Task A_commit_is_one_write_to_the_log()
    {
        await TraceAsync(synchronous: null);

        var (writes, syncs) = SyncTrace.CountOfLog(await File.ReadAllLinesAsync(Trace));
        // When the process was killed, a log of each of the two files may have been written and not synced.
        Assert.InRange(writes, MessageCount, syncs + 2);
    }

    [Fact]
    public async Task It_is_found_out_when_it_is_not()
    {
        var synced = await TraceAsync(synchronous: "OFF");

        Assert.Equal(MessageCount, synced.Count);
        Assert.All(synced, Assert.False);
    }

    private async Task<IReadOnlyList<bool>> TraceAsync(string? synchronous)
    {
        var messages = Enumerable.Range(0, MessageCount).Select(number => $"message-{number}-{Guid.NewGuid():N}").ToList();
        using (var server = await StartAsync(synchronous))
        {
            using var http = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
            var session = await (await http.PostAsync("/capsule/sessions", null)).Content.ReadFromJsonAsync<JsonObject>();
            foreach (var text in messages)
            {
                var answer = await http.PostAsJsonAsync($"/capsule/sessions/{session!["id"]}/messages", new { text });
                Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            }
            server.Kill();
        }
        return SyncTrace.SyncedBeforeAnswer(await File.ReadAllLinesAsync(Trace), messages);
    }

    /// <summary>Under strace where a process may trace another, else with the shim's own trace.</summary>
    private async Task<ServerProcess> StartAsync(string? synchronous)
    {
        var canTrace = CanTrace();
        output.WriteLine(canTrace ? "traced by strace" : "traced by the shim");
        return canTrace
            ? await ServerProcess.StartAsync(
                Data, synchronous, null, "strace", "-f", "-y", "-s", "131072", "-e", "trace=fsync,fdatasync,pwrite64,write,sendmsg,sendto", "-o", Trace)
            : await ServerProcess.StartAsync(Data, synchronous, DiskShim.Environment(Data, ("TRACE", Trace)));
    }

    private static bool CanTrace()
    {
        try
        {
            using var trial = Process.Start(new ProcessStartInfo("strace", ["-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            trial.WaitForExit();
            return trial.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}

using System.Net;
using Capsule.Durability.Tests.Processes;
using Xunit.Abstractions;

namespace Capsule.Durability.Tests.Faults;

/// <summary>
/// Each call that the server makes to its disk while a guest does one of everything fails once, one after the other; then the disk fails from such a call
/// on until it is mended. Nothing is acknowledged without being stored, and everything goes on by itself.
/// </summary>
public sealed class FaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int DiskFull = 28;
    private const int InputOutputError = 5;
    private const int Locked = 11;
    private const int MostCallSites = 500;

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("capsule-faults-");
    private readonly HttpClient http = new(new SocketsHttpHandler { CookieContainer = new CookieContainer() });
    private readonly List<Visit> visits = [];
    private DiskFaults faults = null!;
    private ServerProcess server = null!;

    public static TheoryData<string, DiskCalls, int> Faults => new()
    {
        { "disk full", DiskCalls.Write, DiskFull },
        { "write error", DiskCalls.Write, InputOutputError },
        { "sync error", DiskCalls.Sync, InputOutputError },
        { "read error", DiskCalls.Read, InputOutputError },
        { "locked", DiskCalls.Lock, Locked },
    };

    private string Data => Path.Combine(directory.FullName, "data");

    public async Task InitializeAsync()
    {
        Directory.CreateDirectory(Data);
        var control = Path.Combine(directory.FullName, "faults");
        faults = new DiskFaults(control);
        var environment = DiskShim.Environment(Data, ("FAULTS", control));
        environment[App.HastyTime.Variable] = "20";
        server = await ServerProcess.StartAsync(Data, environment: environment);
        // The first visit of a process opens connections and files; its calls are no others than those of the second.
        Assert.True(await NewVisit().RunAsync(server.Address, tries: 10));
    }

    public Task DisposeAsync()
    {
        server.Dispose();
        faults.Dispose();
        http.Dispose();
        directory.Delete(recursive: true);
        return Task.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_call_that_fails_costs_nothing_that_was_acknowledged(string fault, DiskCalls calls, int error)
    {
        var sites = 0;
        for (var hit = true; hit && sites < MostCallSites; sites += hit ? 1 : 0)
        {
            var visit = NewVisit();
            faults.Begin(calls, error, after: sites, count: 1);
            Assert.True(await visit.RunAsync(server.Address, tries: 10), $"{visit}");
            hit = faults.Failed > 0;
            faults.End();
            Assert.Empty(await visit.CompareAsync(server.Address));
        }
        Report(fault, sites);
        Assert.InRange(sites, 1, MostCallSites - 1);
        await CompareAfterRestartAsync();
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task A_disk_that_fails_until_it_is_mended_costs_nothing_that_was_acknowledged(string fault, DiskCalls calls, int error)
    {
        // A lock is waited for before it is given up, so that fewer begins have to do.
        int[] begins = calls == DiskCalls.Lock ? [0, 40] : [0, 1, 2, 3, 5, 8, 13, 21, 34, 55];
        foreach (var begin in begins)
        {
            var visit = NewVisit();
            faults.Begin(calls, error, after: begin, count: int.MaxValue);
            await visit.TryAsync(server.Address, tries: 1);
            faults.End();

            Assert.True(await visit.RunAsync(server.Address, tries: 10), $"{visit}");
            Assert.Empty(await visit.CompareAsync(server.Address));
        }
        Report(fault, begins.Length);
        await CompareAfterRestartAsync();
    }

    [Theory]
    [InlineData(DiskCalls.Write, DiskFull)]
    [InlineData(DiskCalls.Sync, InputOutputError)]
    public async Task An_app_whose_disk_fails_is_unhealthy_until_it_is_mended(DiskCalls calls, int error)
    {
        faults.Begin(calls, error, after: 0, count: int.MaxValue);
        foreach (var path in (string[])["/health", "/health/ready"])
        {
            using var ill = await http.GetAsync(new Uri(server.Address, path));
            Assert.Equal(HttpStatusCode.ServiceUnavailable, ill.StatusCode);
            Assert.Equal("""{"status":"unhealthy","unhealthy":["storage"]}""", await ill.Content.ReadAsStringAsync());
        }
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("/health/live"));

        faults.End();

        foreach (var path in (string[])["/health", "/health/ready", "/health/live"])
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(path));
    }

    private async Task<HttpStatusCode> StatusAsync(string path)
    {
        using var response = await http.GetAsync(new Uri(server.Address, path));
        return response.StatusCode;
    }

    private Visit NewVisit()
    {
        var visit = new Visit(http, visits.Count);
        visits.Add(visit);
        return visit;
    }

    /// <summary>Every refusal says that the storage is to blame, and to come again.</summary>
    private void Report(string fault, int sites)
    {
        var refusals = visits.SelectMany(visit => visit.Refusals).ToLookup(refusal => refusal.Key, refusal => refusal.Value);
        output.WriteLine($"{fault}: {sites} places; refused: {string.Join(", ", refusals.Select(status => $"{status.Key} {status.Sum()} times"))}");
        Assert.All(refusals, status => Assert.Equal(HttpStatusCode.ServiceUnavailable, status.Key));
    }

    /// <summary>What the next process finds, once the one that saw the failures is killed.</summary>
    private async Task CompareAfterRestartAsync()
    {
        server.Kill();
        server.Dispose();
        server = await ServerProcess.StartAsync(Data);
        foreach (var visit in visits)
            Assert.Empty(await visit.CompareAsync(server.Address));
    }
}

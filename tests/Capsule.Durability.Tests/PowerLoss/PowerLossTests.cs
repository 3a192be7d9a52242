using Capsule.Durability.Tests.App;
using Capsule.Durability.Tests.Kill;
using Capsule.Durability.Tests.Processes;
using Xunit.Abstractions;

namespace Capsule.Durability.Tests.PowerLoss;

/// <summary>A killed process leaves its writes with the operating system; a power loss takes those that were not synced.</summary>
public sealed class PowerLossTests(ITestOutputHelper output) : IDisposable
{
    private readonly string shadow = Directory.CreateTempSubdirectory("capsule-shadow-").FullName;

    public void Dispose() => Directory.Delete(shadow, recursive: true);

    [Fact]
    public async Task Nothing_acknowledged_is_lost_with_the_writes_that_were_not_synced()
    {
        var violations = await RunAsync(rounds: 6, synchronous: null, torn: false);

        Assert.Empty(violations);
    }

    [Fact]
    public async Task Nothing_acknowledged_is_lost_when_some_of_the_unsynced_sectors_were_written()
    {
        var violations = await RunAsync(rounds: 6, synchronous: null, torn: true);

        Assert.Empty(violations);
    }

    [Theory]
    [InlineData("OFF")]
    [InlineData("NORMAL")]
    public async Task It_is_found_out_when_the_database_syncs_less(string synchronous)
    {
        // A copy of the log into the file syncs what is there.
        var violations = await RunAsync(rounds: 2, synchronous, torn: false, copies: false);

        Assert.NotEmpty(violations);
    }

    private async Task<IReadOnlyList<string>> RunAsync(int rounds, string? synchronous, bool torn, bool copies = true)
    {
        Disk.Prepare(shadow);
        var loop = new KillLoop
        {
            Rounds = rounds,
            Seed = Environment.TickCount,
            StartAsync = directory => ServerProcess.StartAsync(
                directory, synchronous, DiskShim.Environment(directory, ("SHADOW", shadow)).Concat(copies ? Server.BusyLog : []).ToDictionary()),
            AfterKill = (directory, random) => new Disk(directory, shadow).LosePower(torn ? random : null),
        };
        var violations = await loop.RunAsync();
        output.WriteLine(loop.Summary);
        foreach (var violation in violations)
            output.WriteLine(violation);
        return violations;
    }
}

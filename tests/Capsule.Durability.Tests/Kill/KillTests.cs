using Xunit.Abstractions;

namespace Capsule.Durability.Tests.Kill;

public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public async Task No_acknowledged_message_is_lost_or_doubled_when_the_process_is_killed()
    {
        var loop = new KillLoop { Rounds = 25, Seed = Environment.TickCount };

        var violations = await loop.RunAsync();

        output.WriteLine(loop.Summary);
        Assert.Empty(violations);
    }
}

using Capsule.Generators.Tests.Harness;

namespace Capsule.Generators.Tests;

/// <summary>Generated text as it is. Read what changes here as a reader of the product would.</summary>
public class SnapshotTests
{
    [Fact]
    public void The_app_of_the_api_contract() => Match(nameof(The_app_of_the_api_contract), Sources.Support);

    private static void Match(string name, string source)
    {
        var run = GeneratorSession.RunOnce(new CapsuleGenerator(), TestProject.Of(source).Compile());
        Assert.Empty(run.Diagnostics);
        run.Output.AssertClean();
        Snapshot.Match(name, run.ToString());
    }
}

using Capsule.Generators.Tests.Harness;
using Xunit.Abstractions;

namespace Capsule.Generators.Tests.Declarations;

/// <summary>The real generator through random edits.</summary>
public sealed class CapsuleGeneratorEqualsScratch(ITestOutputHelper output) : IncrementalEqualsScratch<CapsuleGenerator>(output)
{
    internal override TestProject App { get; } = new();

    internal override TestProject Library { get; } = new() { AssemblyName = "Library" };

    protected override int Programs => 20;
}

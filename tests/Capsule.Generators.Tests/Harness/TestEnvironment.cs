using System.Reflection;

namespace Capsule.Generators.Tests.Harness;

/// <summary>What MSBuild tells the tests about the machine they were built on.</summary>
internal static class TestEnvironment
{
    private static readonly Dictionary<string, string?> Metadata = typeof(TestEnvironment).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .ToDictionary(attribute => attribute.Key, attribute => attribute.Value);

    /// <summary>The folder that holds the SDK's <c>*.Ref</c> packs.</summary>
    public static string TargetingPackRoot => Read("TargetingPackRoot");

    /// <summary>The target framework of test programs, such as <c>net10.0</c>.</summary>
    public static string TargetFramework => Read("TargetFramework");

    /// <summary>The source folder of this test project.</summary>
    public static string ProjectDirectory => Read("ProjectDirectory");

    private static string Read(string key) =>
        Metadata[key] ?? throw new InvalidOperationException($"The test project passes no {key}.");
}

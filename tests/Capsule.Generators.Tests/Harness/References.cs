using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Tests.Harness;

/// <summary>What test programs compile against. Loaded once; reference objects are shared by all compilations.</summary>
internal static class References
{
    /// <summary>The base class library.</summary>
    public static ImmutableArray<MetadataReference> NetCore { get; } = Pack("Microsoft.NETCore.App.Ref");

    /// <summary>The base class library and ASP.NET Core.</summary>
    public static ImmutableArray<MetadataReference> AspNetCore { get; } = NetCore.AddRange(Pack("Microsoft.AspNetCore.App.Ref"));

    /// <summary>What an author's project sees: ASP.NET Core and those Capsule assemblies that this test project references.</summary>
    public static ImmutableArray<MetadataReference> Capsule { get; } = AspNetCore.AddRange(
        Beside("Capsule.Abstractions.dll", "Capsule.Host.dll", "Microsoft.Extensions.AI.Abstractions.dll"));

    private static ImmutableArray<MetadataReference> Pack(string name)
    {
        var newest = Directory.GetDirectories(Path.Combine(TestEnvironment.TargetingPackRoot, name))
            .Select(folder => Path.Combine(folder, "ref", TestEnvironment.TargetFramework))
            .Where(Directory.Exists)
            .MaxBy(folder => Version.Parse(new DirectoryInfo(folder).Parent!.Parent!.Name.Split('-')[0]))
            ?? throw new DirectoryNotFoundException($"{name} has no version for {TestEnvironment.TargetFramework}.");
        return [.. Directory.GetFiles(newest, "*.dll").Order(StringComparer.Ordinal).Select(Load)];
    }

    private static IEnumerable<MetadataReference> Beside(params string[] files) =>
        files.Select(file => Path.Combine(AppContext.BaseDirectory, file)).Where(File.Exists).Select(Load);

    private static MetadataReference Load(string path) => MetadataReference.CreateFromFile(path);
}

using System.Reflection;

namespace Capsule.Analyzers.Tests.Rules;

/// <summary>Where the repository keeps what these tests read.</summary>
internal static class ProjectPaths
{
    public static string Read(string key) => typeof(ProjectPaths).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == key).Value!;
}

using System.Reflection;
using System.Runtime.Loader;

namespace Capsule.Keystrokes;

/// <summary>The compiler and the generators that come with the SDK.</summary>
internal static class SdkCompiler
{
    private static readonly Dictionary<string, string> settings = typeof(SdkCompiler).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().ToDictionary(setting => setting.Key, setting => setting.Value!);

    /// <summary>Has Roslyn's assemblies loaded from the SDK.</summary>
    public static void Use() => AssemblyLoadContext.Default.Resolving += static (context, name) =>
    {
        var path = Path.Combine(settings["CompilerFolder"], name.Name + ".dll");
        return File.Exists(path) ? context.LoadFromAssemblyPath(path) : null;
    };

    /// <summary>Reference assemblies of the framework.</summary>
    public static IEnumerable<string> ReferenceAssemblies() =>
        Pack("Microsoft.NETCore.App.Ref").Concat(Pack("Microsoft.AspNetCore.App.Ref"))
            .SelectMany(pack => Directory.GetFiles(Path.Combine(pack, "ref", settings["TargetFramework"]), "*.dll"));

    /// <summary>A generator of the framework, by its assembly and class.</summary>
    public static object Generator(string pack, string assembly, string type)
    {
        var path = Path.Combine(Pack(pack).Single(), "analyzers", "dotnet", "cs", assembly + ".dll");
        return Activator.CreateInstance(Assembly.LoadFrom(path).GetType(type, throwOnError: true)!, nonPublic: true)!;
    }

    private static IEnumerable<string> Pack(string name) =>
        Directory.GetDirectories(Path.Combine(settings["TargetingPackRoot"], name))
            .Where(folder => Directory.Exists(Path.Combine(folder, "ref", settings["TargetFramework"])))
            .OrderByDescending(folder => Version.Parse(Path.GetFileName(folder).Split('-')[0]))
            .Take(1);
}

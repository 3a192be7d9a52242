using System.Diagnostics;

namespace Capsule.Durability.Tests.Processes;

/// <summary>The library that stands between the server and its disk (Native/disk.c), built once.</summary>
internal static class DiskShim
{
    private static readonly Lazy<string> library = new(Build);

    /// <summary>The environment of a server whose data directory it looks at.</summary>
    /// <param name="directory">The data directory.</param>
    /// <param name="use">What the library is to do, and with which file: <c>SHADOW</c>, <c>FAULTS</c>, <c>TRACE</c>.</param>
    public static Dictionary<string, string> Environment(string directory, params (string Name, string Path)[] use)
    {
        var environment = new Dictionary<string, string> { ["LD_PRELOAD"] = library.Value, ["CAPSULE_DISK_ROOT"] = directory };
        foreach (var (name, path) in use)
            environment["CAPSULE_DISK_" + name] = path;
        return environment;
    }

    private static string Build()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Native", "disk.c");
        var built = Path.Combine(AppContext.BaseDirectory, "Native", "disk.so");
        using var compiler = Process.Start("gcc", ["-shared", "-fPIC", "-O2", "-Wall", "-o", built, source, "-ldl"]);
        compiler.WaitForExit();
        return compiler.ExitCode == 0 ? built : throw new InvalidOperationException("gcc could not build Native/disk.c.");
    }
}

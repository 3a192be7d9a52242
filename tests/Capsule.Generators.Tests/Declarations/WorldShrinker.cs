using System.Diagnostics;
using Capsule.Generators.Tests.Harness;

namespace Capsule.Generators.Tests.Declarations;

/// <summary>Makes a failing edit small enough to read.</summary>
internal static class WorldShrinker
{
    /// <summary>
    /// Takes lines away from both programs alike, many at once and then one by one, as long as they still fail, until no line or no
    /// <paramref name="time"/> is left.
    /// </summary>
    public static (World Before, World After) Shrink(World before, World after, Func<World, World, bool> fails, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        for (var size = 16; size > 0; size /= 2)
        {
            foreach (var path in before.App.Files.Concat(before.Library.Files).Select(file => file.Path).ToArray())
            {
                for (var line = 0; clock.Elapsed < time && Lines(before, path) is { } lines && line + size <= lines.Length;)
                {
                    var smaller = (Before: Without(before, path, lines, line, size), After: Without(after, path, lines[line..(line + size)]));
                    if (smaller.After is not null && fails(smaller.Before, smaller.After))
                        (before, after) = (smaller.Before, smaller.After);
                    else
                        line++;
                }
            }
        }
        return (before, after);
    }

    private static World? Without(World world, string path, string[] block)
    {
        if (Lines(world, path) is not { } lines)
            return null;
        var at = Enumerable.Range(0, Math.Max(0, lines.Length - block.Length + 1))
            .FirstOrDefault(start => lines.AsSpan(start, block.Length).SequenceEqual(block), -1);
        return at < 0 ? null : Without(world, path, lines, at, block.Length);
    }

    private static World Without(World world, string path, string[] lines, int start, int count)
    {
        var text = string.Join('\n', [.. lines[..start], .. lines[(start + count)..]]);
        return Has(world.App, path)
            ? world with { App = world.App.WithFile(path, text) }
            : world with { Library = world.Library.WithFile(path, text) };
    }

    private static string[]? Lines(World world, string path) =>
        world.App.Files.Concat(world.Library.Files).FirstOrDefault(file => file.Path == path).Text?.Split('\n');

    private static bool Has(TestProject project, string path) => project.Files.Any(file => file.Path == path);
}

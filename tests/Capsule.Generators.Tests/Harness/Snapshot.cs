using System.Text;

namespace Capsule.Generators.Tests.Harness;

/// <summary>
/// Compares a text with a file of <c>Snapshots/</c>, exactly. With <c>CAPSULE_ACCEPT_SNAPSHOTS=1</c> the file is rewritten and the test
/// still fails, so that accepted text is read and run again before it counts.
/// </summary>
internal static class Snapshot
{
    public static void Match(string name, string actual) =>
        Match(Path.Combine(TestEnvironment.ProjectDirectory, "Snapshots"), name, actual,
            accept: Environment.GetEnvironmentVariable("CAPSULE_ACCEPT_SNAPSHOTS") == "1");

    internal static void Match(string folder, string name, string actual, bool accept)
    {
        var path = Path.Combine(folder, name + ".txt");
        var expected = File.Exists(path) ? File.ReadAllText(path) : null;
        if (expected == actual)
            return;

        if (accept)
        {
            Directory.CreateDirectory(folder);
            File.WriteAllText(path, actual);
            Assert.Fail($"Snapshot {name} was rewritten. Read it, then run again without CAPSULE_ACCEPT_SNAPSHOTS.");
        }
        Assert.Fail(expected is null
            ? $"Snapshot {name} does not exist. Text of this run:\n{actual}"
            : $"Snapshot {name} differs (- expected, + actual):\n{Diff(expected, actual)}");
    }

    /// <summary>The changed lines with two lines of context, by longest common subsequence.</summary>
    internal static string Diff(string expected, string actual)
    {
        var left = expected.Split('\n');
        var right = actual.Split('\n');
        var common = new int[left.Length + 1, right.Length + 1];
        for (var i = left.Length - 1; i >= 0; i--)
        {
            for (var j = right.Length - 1; j >= 0; j--)
                common[i, j] = left[i] == right[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }

        var lines = new List<(char Mark, string Text)>();
        var (l, r) = (0, 0);
        while (l < left.Length || r < right.Length)
        {
            if (l < left.Length && r < right.Length && left[l] == right[r])
            {
                lines.Add((' ', left[l++]));
                r++;
            }
            else if (r == right.Length || (l < left.Length && common[l + 1, r] >= common[l, r + 1]))
            {
                lines.Add(('-', left[l++]));
            }
            else
            {
                lines.Add(('+', right[r++]));
            }
        }
        return Excerpt(lines);
    }

    private static string Excerpt(List<(char Mark, string Text)> lines)
    {
        const int Context = 2;
        var text = new StringBuilder();
        var last = -1;
        for (var i = 0; i < lines.Count; i++)
        {
            var from = Math.Max(0, i - Context);
            var to = Math.Min(lines.Count - 1, i + Context);
            if (lines[from..(to + 1)].TrueForAll(line => line.Mark == ' '))
                continue;
            if (last != i - 1)
                text.Append("  …\n");
            text.Append(lines[i].Mark).Append(' ').Append(lines[i].Text).Append('\n');
            last = i;
        }
        return text.ToString();
    }
}

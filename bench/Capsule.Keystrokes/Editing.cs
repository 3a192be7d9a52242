using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Keystrokes;

/// <summary>What a kind of edit costs.</summary>
/// <param name="Milliseconds">The median of the runs.</param>
/// <param name="Emitted">Files that each of them wrote again.</param>
internal sealed record EditCost(double Milliseconds, double Emitted);

/// <summary>A program that is being typed in. Each edit makes a compilation, on which the generator runs as in an editor.</summary>
internal sealed class Editing
{
    private readonly Contestant contestant;
    private CSharpCompilation compilation;
    private GeneratorDriver driver;
    private Dictionary<string, SourceText> sources = [];
    private int counter;

    public Editing(Contestant contestant, CSharpCompilation program)
    {
        this.contestant = contestant;
        compilation = program;
        driver = contestant.Driver();
    }

    /// <summary>Bytes of all generated files as UTF-8.</summary>
    public long GeneratedBytes => sources.Values.Sum(text => (long)System.Text.Encoding.UTF8.GetByteCount(text.ToString()));

    /// <summary>The first run, in milliseconds.</summary>
    public double RunCold()
    {
        var elapsed = Run().Milliseconds;
        if (sources.Count == 0)
            throw new InvalidOperationException($"{contestant.Name} generated nothing: a measurement of that says nothing.");
        return elapsed;
    }

    /// <summary>Types a number at a place in a file, again and again.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">The text whose last character is where the number goes.</param>
    /// <param name="replacement">The text that goes there instead, for a number.</param>
    /// <param name="times">How often.</param>
    public EditCost Type(string path, string place, Func<int, string> replacement, int times)
    {
        var tree = compilation.SyntaxTrees.First(tree => tree.FilePath == path);
        var text = tree.GetText();
        var start = text.ToString().IndexOf(place, StringComparison.Ordinal);
        var length = place.Length;
        var runs = new List<EditCost>();
        for (var time = 0; time < times + 2; time++)
        {
            var typed = replacement(++counter);
            text = text.Replace(start, length, typed);
            length = typed.Length;
            var edited = tree.WithChangedText(text);
            compilation = compilation.ReplaceSyntaxTree(tree, edited);
            tree = edited;
            var run = Run();
            // The first two warm up.
            if (time >= 2)
                runs.Add(run);
        }
        // What was there at first is put back, so that edits don't pile up.
        return new EditCost(
            runs.Select(run => run.Milliseconds).Order().ElementAt(runs.Count / 2),
            runs.Average(run => run.Emitted));
    }

    /// <summary>Bytes that the state of the generator keeps alive, apart from the program itself.</summary>
    public long MeasureMemory()
    {
        driver = contestant.Driver();
        sources = [];
        _ = compilation.GetDiagnostics(CancellationToken.None).Length;
        var before = Settled();
        driver = driver.RunGenerators(compilation);
        var after = Settled();
        Run();
        return after - before;
    }

    private EditCost Run()
    {
        var watch = Stopwatch.StartNew();
        driver = driver.RunGenerators(compilation);
        watch.Stop();
        var result = driver.GetRunResult().Results.Single();
        if (result.Exception is { } exception)
            throw new InvalidOperationException($"{contestant.Name} failed.", exception);
        var now = result.GeneratedSources.ToDictionary(source => source.HintName, source => source.SourceText);
        var emitted = now.Count(source => !ReferenceEquals(sources.GetValueOrDefault(source.Key), source.Value));
        sources = now;
        return new EditCost(watch.Elapsed.TotalMilliseconds, emitted);
    }

    private static long Settled()
    {
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(2, GCCollectionMode.Forced, blocking: true, compacting: true);
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}

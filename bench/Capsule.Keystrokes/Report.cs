using System.Globalization;
using Microsoft.CodeAnalysis;

namespace Capsule.Keystrokes;

/// <summary>Measures each generator on each size and writes a table.</summary>
internal static class Report
{
    private const int HandlersInFile = 20;

    private static IEnumerable<Contestant> contestants = Contestant.All;

    public static void Write(IReadOnlyList<int> sizes, bool alone)
    {
        contestants = Contestant.All.Take(alone ? 1 : int.MaxValue);
        Console.WriteLine($"Roslyn {typeof(Compilation).Assembly.GetName().Version}, {Environment.ProcessorCount} cores, medians in ms; in brackets the files written again by an edit");
        Console.WriteLine();
        Console.WriteLine("| Handlers | Generator | cold | body | other file | signature | state | source per handler |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|");
        WarmUp();
        foreach (var size in sizes)
        {
            foreach (var contestant in contestants)
                Row($"{size:N0}", contestant, size, HandlersInFile);
        }
        if (sizes.Contains(1000))
            Row("1,000 in one file", Contestant.All[0], 1000, 1000);
    }

    /// <summary>An editor has run for long: everything is compiled for speed before the first number counts, which the runtime does in pauses.</summary>
    private static void WarmUp()
    {
        foreach (var contestant in contestants)
        {
            for (var round = 0; round < 5; round++)
            {
                Measure(contestant, 100, HandlersInFile, times: 25);
                Thread.Sleep(500);
            }
        }
    }

    private static void Row(string title, Contestant contestant, int handlers, int handlersInFile)
    {
        var m = Measure(contestant, handlers, handlersInFile, times: handlers >= 5000 ? 7 : 15);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {title} | {contestant.Name} | {m.Cold:F0} | {Cell(m.Body)} | {Cell(m.Foreign)} | {Cell(m.Signature)} | {m.Memory / 1048576.0:F1} MB | {m.Bytes / (double)handlers:N0} B |"));
    }

    private static string Cell(EditCost cost) => string.Create(CultureInfo.InvariantCulture, $"{cost.Milliseconds:F2} ({cost.Emitted:F0})");

    private static Measurement Measure(Contestant contestant, int handlers, int handlersInFile, int times)
    {
        var editing = new Editing(contestant, contestant.Program(handlers, handlersInFile));
        var cold = editing.RunCold();
        const string First = "/app/Handlers0.cs";
        var body = editing.Type(First, Programs.Body, number => $"var step = {number};", times);
        var foreign = editing.Type("/app/Elsewhere.cs", Programs.Body, number => $"var step = {number};", times);
        var signature = editing.Type(First, Programs.Signature, number => $"int page{number}", times);
        return new Measurement(cold, body, foreign, signature, editing.MeasureMemory(), editing.GeneratedBytes);
    }

    private sealed record Measurement(double Cold, EditCost Body, EditCost Foreign, EditCost Signature, long Memory, long Bytes);
}

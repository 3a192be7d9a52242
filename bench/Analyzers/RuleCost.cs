using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Cost;

/// <summary>What all rules cost on 1,000 handlers, beside compiling them, and on one file that was edited.</summary>
internal static class RuleCost
{
    private const int WarmUp = 2;

    public static void Report(int rounds)
    {
        var compile = new List<double>();
        var whole = new List<double>();
        var edited = new List<double>();
        var byRule = new Dictionary<string, List<double>>();
        for (var round = 0; round < WarmUp + rounds; round++)
        {
            Measured.Note(round < WarmUp ? "warming up on 1,000 handlers" : $"round {round - WarmUp + 1} of {rounds}");
            var compiled = Measured.Milliseconds(Compile);
            Measured.Note($"  compiled: {compiled:F0} ms");
            var program = HandlerProject.Generate(HandlerProject.Parse());
            AnalysisResult? result = null;
            var analysed = Measured.Milliseconds(() => result = program.With(Measured.AllRules()).GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult());
            var times = Measured.TimesOf(result!);
            Measured.Note($"  analysed: {analysed:F0} ms, of it in rules {times.Values.Sum():F0} ms");
            var oneFile = EditedFile(program);
            Measured.Note($"  one edited file: {oneFile:F0} ms");
            // The first rounds warm up.
            if (round < WarmUp)
                continue;
            foreach (var (rule, time) in times)
                (byRule.TryGetValue(rule, out var list) ? list : byRule[rule] = []).Add(time);
            compile.Add(compiled);
            whole.Add(analysed);
            edited.Add(oneFile);
        }

        var inRules = byRule.Values.Sum(times => times.Min());
        var culture = CultureInfo.InvariantCulture;
        Console.WriteLine($"1,000 handlers in 50 files, one thread, the fastest of {rounds} rounds (a busy machine only adds to it):\n");
        Console.WriteLine("| | ms |\n|---|---|");
        Console.WriteLine(string.Create(culture, $"| Compiling (parse, generate, emit) | {compile.Min():F0} |"));
        Console.WriteLine(string.Create(culture, $"| All rules, as the compiler reports them | {inRules:F0} |"));
        Console.WriteLine(string.Create(culture, $"| All rules, with the binding they ask for | {whole.Min():F0} |"));
        Console.WriteLine(string.Create(culture, $"| All rules on one edited file | {edited.Min():F1} |"));
        Console.WriteLine(string.Create(culture, $"\nRules / compiling: {inRules / compile.Min():P1}\n"));
        foreach (var (rule, times) in byRule.OrderByDescending(entry => entry.Value.Min()))
            Console.WriteLine(string.Create(culture, $"  {times.Min(),8:F2} ms  {rule}"));
    }

    private static void Compile()
    {
        using var image = new MemoryStream();
        var result = HandlerProject.Generate(HandlerProject.Parse()).Emit(image);
        if (!result.Success)
            throw new InvalidOperationException(result.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).ToString());
    }

    /// <summary>What an editor does after a change: it analyses the file anew, in a new compilation.</summary>
    private static double EditedFile(Compilation program)
    {
        var tree = program.SyntaxTrees.First(tree => tree.FilePath == "Handlers7.cs");
        var text = tree.GetText();
        var at = text.ToString().IndexOf("Looking...", StringComparison.Ordinal);
        var changed = tree.WithChangedText(text.Replace(at, "Looking...".Length, "Searching"));
        var edited = program.ReplaceSyntaxTree(tree, changed);
        var analysis = edited.With(Measured.AllRules());
        var model = edited.GetSemanticModel(changed);
        return Measured.Milliseconds(() => analysis.GetAnalyzerSemanticDiagnosticsAsync(model, null, CancellationToken.None).GetAwaiter().GetResult());
    }
}

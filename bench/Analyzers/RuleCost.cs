using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Cost;

/// <summary>What all rules cost on 1,000 handlers, beside compiling them, and on one file that was edited.</summary>
internal static class RuleCost
{
    public static void Report(int rounds)
    {
        CheckThatItCompiles();
        var compile = new List<double>();
        var ratios = new List<double>();
        var whole = new List<double>();
        var edited = new List<double>();
        var byRule = new Dictionary<string, List<double>>();
        for (var round = 0; round < rounds + 2; round++)
        {
            var compiled = Measured.Milliseconds(Compile);
            var program = HandlerProject.Generate(HandlerProject.Parse());
            AnalysisResult? result = null;
            var analysed = Measured.Milliseconds(() => result = program.With(Measured.AllRules()).GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult());
            var oneFile = EditedFile(program);
            // The first two warm up.
            if (round < 2)
                continue;
            var times = Measured.TimesOf(result!);
            foreach (var (rule, time) in times)
                (byRule.TryGetValue(rule, out var list) ? list : byRule[rule] = []).Add(time);
            compile.Add(compiled);
            whole.Add(analysed);
            ratios.Add(times.Values.Sum() / compiled);
            edited.Add(oneFile);
        }

        var culture = CultureInfo.InvariantCulture;
        Console.WriteLine("1,000 handlers in 50 files, one thread, medians:\n");
        Console.WriteLine("| | ms |\n|---|---|");
        Console.WriteLine(string.Create(culture, $"| Compiling (parse, generate, emit) | {compile.Median():F0} |"));
        Console.WriteLine(string.Create(culture, $"| All rules, as the compiler reports them | {byRule.Values.Sum(times => times.Median()):F0} |"));
        Console.WriteLine(string.Create(culture, $"| All rules, with the binding they ask for | {whole.Median():F0} |"));
        Console.WriteLine(string.Create(culture, $"| All rules on one edited file | {edited.Median():F1} |"));
        Console.WriteLine(string.Create(culture, $"\nRules / compiling: {ratios.Median():P1} (from {ratios.Min():P1} to {ratios.Max():P1})\n"));
        foreach (var (rule, times) in byRule.OrderByDescending(entry => entry.Value.Median()))
            Console.WriteLine(string.Create(culture, $"  {times.Median(),8:F2} ms  {rule}"));
    }

    private static void Compile()
    {
        using var image = new MemoryStream();
        if (!HandlerProject.Generate(HandlerProject.Parse()).Emit(image).Success)
            throw new InvalidOperationException("The program does not compile.");
    }

    private static void CheckThatItCompiles()
    {
        var errors = HandlerProject.Generate(HandlerProject.Parse()).GetDiagnostics(CancellationToken.None).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (errors.FirstOrDefault() is { } error)
            throw new InvalidOperationException(error.ToString());
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

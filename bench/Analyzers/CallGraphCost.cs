using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Cost;

/// <summary>What CAP0302 costs when there is much to follow: its time grows with the number of calls.</summary>
internal static class CallGraphCost
{
    private const int CallsInMethod = 4;
    private const int MethodsInFile = 250;

    /// <param name="sizes">How many methods, and how often: the median counts.</param>
    public static void Report(params (int Methods, int Rounds)[] sizes)
    {
        Console.WriteLine("\nCAP0302, every method in reach of a schedule, four calls in each; beside it the compiler alone, which binds the same bodies and makes the same flow graphs (µs per call, medians):\n");
        Console.WriteLine("| Methods | Calls | CAP0302 | Garbage collected in that analysis | Compiler alone | Garbage collected in that analysis |\n|---|---|---|---|---|---|");
        Measure(1_000, new ReachableReplyAnalyzer());
        foreach (var (methods, rounds) in sizes)
        {
            var rule = new List<(double Time, double Pause)>();
            var compiler = new List<(double Time, double Pause)>();
            for (var round = 0; round < rounds; round++)
            {
                Measured.Note($"{methods:N0} methods, round {round + 1} of {rounds}");
                compiler.Add(Measure(methods, new WalkAnalyzer(withFlow: true)));
                rule.Add(Measure(methods, new ReachableReplyAnalyzer()));
            }
            var calls = methods * CallsInMethod;
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {methods:N0} | {calls:N0} | {PerCall(rule, one => one.Time):F1} | {PerCall(rule, one => one.Pause):F1} | {PerCall(compiler, one => one.Time):F1} | {PerCall(compiler, one => one.Pause):F1} |"));

            double PerCall(List<(double Time, double Pause)> measured, Func<(double Time, double Pause), double> part) =>
                1000 * measured.Select(part).Order().ElementAt(measured.Count / 2) / calls;
        }
    }

    /// <summary>The milliseconds that the compiler counts for the analyzer, and those in which garbage was collected meanwhile, in other parts of the analysis too.</summary>
    private static (double Time, double Pause) Measure(int methods, DiagnosticAnalyzer analyzer)
    {
        var analysis = HandlerProject.Parse(Sources(methods)).With([analyzer]);
        GC.Collect();
        var before = GC.GetTotalPauseDuration();
        var result = analysis.GetAnalysisResultAsync(CancellationToken.None).GetAwaiter().GetResult();
        var pause = GC.GetTotalPauseDuration() - before;
        if (analyzer is ReachableReplyAnalyzer && result.GetAllDiagnostics() is not [{ Id: "CAP0302" }])
            throw new InvalidOperationException("The reply at the end of the way was not found.");
        return (Measured.TimesOf(result).Values.Single(), pause.TotalMilliseconds);
    }

    /// <summary>A wide graph with cycles. The last method replies.</summary>
    private static IEnumerable<(string Path, string Text)> Sources(int methods)
    {
        for (var first = 0; first < methods; first += MethodsInFile)
        {
            var text = new StringBuilder($"using Capsule;\npublic static partial class App\n{{\n");
            if (first == 0)
                text.Append("    [Schedule(\"0 * * * *\")] public static Task Daily(Session session) => M0(session, null);\n");
            for (var number = first; number < Math.Min(first + MethodsInFile, methods); number++)
            {
                text.Append("    static async Task M").Append(number).Append("(Session session, string? text)\n    {\n");
                foreach (var target in new[] { number + 1, number * 2, number / 2, number * 7 })
                    text.Append("        await M").Append(target % methods).Append("(session, text);\n");
                if (number == methods - 1)
                    text.Append("        await session.ReplyAsync(\"x\");\n");
                text.Append("    }\n");
            }
            yield return ($"Methods{first}.cs", text.Append("}\n").ToString());
        }
    }
}

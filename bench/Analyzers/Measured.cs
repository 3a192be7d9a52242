using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Cost;

/// <summary>Runs analyzers on one thread, and asks the compiler how long each took, as <c>-p:ReportAnalyzer=true</c> does.</summary>
internal static class Measured
{
    public static ImmutableArray<DiagnosticAnalyzer> AllRules() =>
    [
        .. typeof(CapsuleAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CapsuleAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static CompilationWithAnalyzers With(this Compilation compilation, ImmutableArray<DiagnosticAnalyzer> rules) => compilation.WithAnalyzers(
        rules,
        new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: (exception, _, _) => throw exception, concurrentAnalysis: false, logAnalyzerExecutionTime: true));

    /// <summary>Processor time in milliseconds: a busy machine changes it less than the time on a clock.</summary>
    public static double Milliseconds(Action action)
    {
        GC.Collect();
        var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        action();
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMilliseconds;
    }

    public static Dictionary<string, double> TimesOf(AnalysisResult result) => result.AnalyzerTelemetryInfo
        .ToDictionary(entry => entry.Key.GetType().Name, entry => entry.Value.ExecutionTime.TotalMilliseconds);

    public static double Median(this IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}

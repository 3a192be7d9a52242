using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers.Cost;

/// <summary>Runs analyzers on one thread, and asks the compiler how long each took, as <c>-p:ReportAnalyzer=true</c> does.</summary>
internal static class Measured
{
    private static readonly Stopwatch Clock = Stopwatch.StartNew();

    public static ImmutableArray<DiagnosticAnalyzer> AllRules() =>
    [
        .. typeof(CapsuleAnalyzer).Assembly.GetTypes().Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(CapsuleAnalyzer)))
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!),
    ];

    public static CompilationWithAnalyzers With(this Compilation compilation, ImmutableArray<DiagnosticAnalyzer> rules) => compilation.WithAnalyzers(
        rules,
        new CompilationWithAnalyzersOptions(new AnalyzerOptions([]), onAnalyzerException: (exception, _, _) => throw exception, concurrentAnalysis: false, logAnalyzerExecutionTime: true));

    /// <summary>The time on a clock, which is also what the compiler takes of each rule.</summary>
    public static double Milliseconds(Action action)
    {
        GC.Collect();
        var before = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(before).TotalMilliseconds;
    }

    /// <summary>Says how far it is, beside the results.</summary>
    public static void Note(string text) => Console.Error.WriteLine($"[{Clock.Elapsed.TotalSeconds,4:F0} s] {text}");

    public static Dictionary<string, double> TimesOf(AnalysisResult result) => result.AnalyzerTelemetryInfo
        .ToDictionary(entry => entry.Key.GetType().Name, entry => entry.Value.ExecutionTime.TotalMilliseconds);}

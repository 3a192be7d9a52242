using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Capsule.Generators.Tests.Harness;

/// <summary>
/// One generator driver that lives through edits, as in an editor: run it on a compilation, edit, run it again, and read from the
/// <see cref="GeneratorRun"/> what was computed anew.
/// </summary>
internal sealed class GeneratorSession
{
    private GeneratorDriver driver;
    private GeneratorRun? previous;

    public GeneratorSession(
        IIncrementalGenerator generator,
        CSharpParseOptions? parseOptions = null,
        AnalyzerConfigOptionsProvider? options = null,
        IEnumerable<AdditionalText>? additionalTexts = null,
        bool trackSteps = true) =>
        driver = CSharpGeneratorDriver.Create(
            [generator.AsSourceGenerator()],
            additionalTexts,
            parseOptions ?? new CSharpParseOptions(LanguageVersion.Preview),
            options,
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: trackSteps));

    /// <summary>A single run from scratch, without step reasons.</summary>
    public static GeneratorRun RunOnce(IIncrementalGenerator generator, Compilation compilation) =>
        new GeneratorSession(generator, (CSharpParseOptions?)compilation.SyntaxTrees.FirstOrDefault()?.Options, trackSteps: false).Run(compilation);

    public GeneratorRun Run(Compilation compilation)
    {
        driver = driver.RunGenerators(compilation);
        var run = new GeneratorRun(compilation, driver.GetRunResult().Results.Single(), previous?.SourceTexts);
        previous = run;
        return run;
    }

    /// <summary>Runs again with other analyzer config options, such as MSBuild properties.</summary>
    public void SetOptions(AnalyzerConfigOptionsProvider options) => driver = driver.WithUpdatedAnalyzerConfigOptions(options);
}

/// <summary>What one run of a generator gave.</summary>
internal sealed class GeneratorRun
{
    private readonly Compilation input;
    private readonly GeneratorRunResult result;

    internal GeneratorRun(
        Compilation input, GeneratorRunResult result, ImmutableDictionary<string, SourceText>? previous)
    {
        if (result.Exception is { } exception)
            Assert.Fail($"The generator failed: {exception}");
        this.input = input;
        this.result = result;
        SourceTexts = result.GeneratedSources.ToImmutableDictionary(source => source.HintName, source => source.SourceText);
        Emitted =
        [
            .. SourceTexts
                .Where(source => previous is null || !ReferenceEquals(previous.GetValueOrDefault(source.Key), source.Value))
                .Select(source => source.Key)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Generated text by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        SourceTexts.ToImmutableSortedDictionary(source => source.Key, source => source.Value.ToString(), StringComparer.Ordinal);

    /// <summary>Hint names of the files that this run wrote; the others were kept from the run before, or are gone.</summary>
    public IReadOnlyList<string> Emitted { get; }

    public ImmutableArray<Diagnostic> Diagnostics => result.Diagnostics;

    /// <summary>The author's compilation with the generated files in it.</summary>
    public Compilation Output => input.AddSyntaxTrees(result.GeneratedSources.Select(source => source.SyntaxTree));

    internal ImmutableDictionary<string, SourceText> SourceTexts { get; }

    /// <summary>Names of the tracked steps that took part in this run.</summary>
    public IEnumerable<string> Steps => result.TrackedSteps.Keys;

    /// <summary>Why each output of the named step has the value it has; empty when the step did not take part.</summary>
    public IReadOnlyList<IncrementalStepRunReason> Reasons(string step) =>
        result.TrackedSteps.TryGetValue(step, out var runs)
            ? [.. runs.SelectMany(run => run.Outputs).Select(output => output.Reason)]
            : [];

    /// <summary>Every value that the named step holds on to: for tests of what a cached value may contain.</summary>
    public IReadOnlyList<object> Values(string step) =>
        result.TrackedSteps.TryGetValue(step, out var runs)
            ? [.. runs.SelectMany(run => run.Outputs).Select(output => output.Value)]
            : [];

    /// <summary>All files as one text, for snapshots and comparison.</summary>
    public override string ToString() =>
        string.Concat(Sources.Select(source => $"//// {source.Key}\n{source.Value}\n"));
}

using Microsoft.CodeAnalysis;

namespace Capsule.Generators.Infrastructure;

/// <summary>
/// The start of the generator's pipeline. Roslyn hands every keystroke's compilation to the first step; it passes one on only when a
/// declaration may have changed.
/// </summary>
internal static class DeclarationPipeline
{
    /// <summary>Name of the tracked step that compares fingerprints.</summary>
    public const string DeclarationsStep = "Declarations";

    /// <summary>
    /// Runs <paramref name="parse"/> when what the compilation declares has changed since the last run, and otherwise gives the model
    /// of that run.
    /// </summary>
    /// <param name="context">Where the generator registers its steps.</param>
    /// <param name="parse">
    /// Reads symbols into a model of plain values. It must not read what <see cref="DeclarationFingerprint"/> leaves out, nor put
    /// a symbol or syntax into its result.
    /// </param>
    public static IncrementalValueProvider<TModel> ParseDeclarations<TModel>(
        this IncrementalGeneratorInitializationContext context, Func<Compilation, CancellationToken, TModel> parse) =>
        context.ParseDeclarations(
            context.CompilationProvider.Select(static (_, _) => 0),
            (compilation, _, cancellation) => parse(compilation, cancellation));

    /// <summary>
    /// Runs <paramref name="parse"/> when what the compilation declares or <paramref name="settings"/> have changed since the last
    /// run, and otherwise gives the model of that run.
    /// </summary>
    /// <param name="context">Where the generator registers its steps.</param>
    /// <param name="settings">What <paramref name="parse"/> reads beside the compilation: build properties, additional files.</param>
    /// <param name="parse">As for the other overload.</param>
    public static IncrementalValueProvider<TModel> ParseDeclarations<TSettings, TModel>(
        this IncrementalGeneratorInitializationContext context,
        IncrementalValueProvider<TSettings> settings,
        Func<Compilation, TSettings, CancellationToken, TModel> parse)
        where TSettings : IEquatable<TSettings> =>
        context.CompilationProvider.Combine(settings)
            .Select(static (input, cancellation) => new Snapshot<TSettings, TModel>(input.Left, input.Right, cancellation))
            .WithTrackingName(DeclarationsStep)
            .Select((snapshot, cancellation) => snapshot.Parse(parse, cancellation));

    /// <summary>
    /// Equal to another one by fingerprint and settings. Of two equal values Roslyn keeps the older, so this lets go of the compilation
    /// once it is parsed. It keeps the model, since a driver may run several times from the same state.
    /// </summary>
    private sealed class Snapshot<TSettings, TModel> : IEquatable<Snapshot<TSettings, TModel>>
        where TSettings : IEquatable<TSettings>
    {
        private readonly Fingerprint fingerprint;
        private readonly TSettings settings;
        private readonly object gate = new();
        private Compilation? compilation;
        private TModel? model;

        public Snapshot(Compilation compilation, TSettings settings, CancellationToken cancellation)
        {
            fingerprint = CompilationFingerprint.Of(compilation, cancellation);
            this.settings = settings;
            this.compilation = compilation;
        }

        public TModel Parse(Func<Compilation, TSettings, CancellationToken, TModel> parse, CancellationToken cancellation)
        {
            lock (gate)
            {
                if (compilation is not null)
                {
                    model = parse(compilation, settings, cancellation);
                    compilation = null;
                }
                return model!;
            }
        }

        public bool Equals(Snapshot<TSettings, TModel>? other) =>
            other is not null && fingerprint == other.fingerprint
            && EqualityComparer<TSettings>.Default.Equals(settings, other.settings);

        public override bool Equals(object? obj) => Equals(obj as Snapshot<TSettings, TModel>);

        public override int GetHashCode() => fingerprint.GetHashCode();
    }
}

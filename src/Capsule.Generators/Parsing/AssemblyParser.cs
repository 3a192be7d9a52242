using Capsule.Generators.Infrastructure;
using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Capsule.Generators.Parsing;

/// <summary>Reads everything that the generator needs out of a compilation.</summary>
internal static class AssemblyParser
{
    private const string ManifestBase = "Capsule.Hosting.HandlerManifest";
    private const string ManifestAttribute = "Capsule.Hosting.CapsuleManifestAttribute";
    private const LanguageVersion CSharp14 = (LanguageVersion)1400;

    /// <param name="compilation">The compilation.</param>
    /// <param name="problems">Takes why declarations give no output.</param>
    /// <param name="cancellation">Stops it.</param>
    public static AssemblyModel Parse(Compilation compilation, ProblemList problems, CancellationToken cancellation)
    {
        var failures = new List<Failure>();
        var candidates = CandidateFinder.Find(compilation, cancellation);
        var types = ParseTypes(candidates, compilation, problems, failures, cancellation);
        var setup = types.Count == 0 ? null : SetupFailure(compilation);
        return new AssemblyModel
        {
            Identifier = Identifiers.Encode(compilation.AssemblyName ?? ""),
            Types = setup is null ? WithDistinctHintNames(types) : [],
            ReferencedManifests = setup is null ? ReferencedManifests(compilation) : [],
            TypeTexts = ParseTexts(setup is null && types.Count > 0 ? candidates.SelectMany(candidate => candidate.Methods) : [], compilation, failures, cancellation),
            Failures = setup is null ? failures.ToEquatableArray() : [setup],
        };
    }

    /// <summary>The order that decides who keeps a name that several take.</summary>
    public static IEnumerable<Candidate> InOrder(IEnumerable<Candidate> candidates) =>
        candidates.OrderBy(candidate => candidate.Type.ToReadable(), StringComparer.Ordinal);

    /// <summary>The types that have something to emit.</summary>
    private static List<TypeModel> ParseTypes(
        IReadOnlyList<Candidate> candidates, Compilation compilation, ProblemList problems, List<Failure> failures, CancellationToken cancellation)
    {
        var identifier = Identifiers.Encode(compilation.AssemblyName ?? "");
        var types = new List<TypeModel>();
        var names = new NameRegistry(problems);
        foreach (var candidate in InOrder(candidates))
        {
            cancellation.ThrowIfCancellationRequested();
            var type = new TypeParser(compilation, candidate.Type, names, problems, failures, cancellation).Parse(candidate, identifier);
            if (type is not null)
                types.Add(type);
        }
        return types;
    }

    /// <summary>Comments that can't be read must not take the handlers with them.</summary>
    private static TypeTexts ParseTexts(
        IEnumerable<IMethodSymbol> methods, Compilation compilation, List<Failure> failures, CancellationToken cancellation)
    {
        try
        {
            return TypeTextParser.Parse(methods, compilation, cancellation);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            failures.Add(new Failure(Rules.GeneratorFailed, ["XML comments", exception.Message]));
            return TypeTextParser.Parse([], compilation, cancellation);
        }
    }

    private static Failure? SetupFailure(Compilation compilation)
    {
        if (((CSharpCompilation)compilation).LanguageVersion < CSharp14)
            return new(Rules.Setup, ["Capsule needs C# 14: set LangVersion to 14 or later"]);
        if (compilation.GetTypeByMetadataName(ManifestBase) is null)
            return new(Rules.Setup, ["Handlers need Capsule.Host: add a reference to it"]);
        return null;
    }

    /// <summary>The manifests of direct and indirect references that this assembly can name.</summary>
    private static EquatableArray<string> ReferencedManifests(Compilation compilation) =>
        compilation.SourceModule.ReferencedAssemblySymbols
            .SelectMany(assembly => assembly.GetAttributes())
            .Where(attribute => attribute.AttributeClass is { Arity: 1 } type && type.Is(ManifestAttribute))
            .Select(attribute => attribute.AttributeClass!.TypeArguments[0])
            .Where(manifest => manifest.IsPublic() && !manifest.IsUnknown())
            .Select(manifest => manifest.ToCode())
            .Distinct(StringComparer.Ordinal)
            .OrderBy(name => name, StringComparer.Ordinal)
            .ToEquatableArray();

    /// <summary>File names that differ in case only would overwrite each other on some disks, and Roslyn refuses them.</summary>
    private static EquatableArray<TypeModel> WithDistinctHintNames(List<TypeModel> types)
    {
        var clashes = new HashSet<string>(
            types.GroupBy(type => type.HintName, StringComparer.OrdinalIgnoreCase).Where(group => group.Count() > 1).Select(group => group.Key),
            StringComparer.OrdinalIgnoreCase);
        var index = 0;
        return types
            .Select(type => clashes.Contains(type.HintName)
                ? type with { HintName = type.HintName.Replace(".g.cs", $"-{++index}.g.cs") }
                : type)
            .ToEquatableArray();
    }
}

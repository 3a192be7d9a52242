using System.Collections.Concurrent;
using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0401: an app that is trimmed or compiled ahead of time has no reflection, and no context that knows a type of a handler.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class JsonContextAnalyzer : CapsuleAnalyzer
{
    /// <summary>The property of a diagnostic that has the type as C#.</summary>
    public const string TypeProperty = "Type";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.NotInJsonContext];

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        if (!HasNoReflection(context.Options.AnalyzerConfigOptionsProvider.GlobalOptions))
            return;
        var roots = new ConcurrentBag<JsonRoot>();
        context.RegisterSymbolAction(symbol => AddAll(JsonRoots.Of((IMethodSymbol)symbol.Symbol, symbol.Compilation)), SymbolKind.Method);
        context.RegisterSymbolAction(symbol => AddAll(JsonRoots.Of((INamedTypeSymbol)symbol.Symbol)), SymbolKind.NamedType);
        context.RegisterCompilationEndAction(end => Report(roots, end));

        void AddAll(IEnumerable<JsonRoot> found)
        {
            foreach (var root in found)
                roots.Add(root);
        }
    }

    private static void Report(IEnumerable<JsonRoot> roots, CompilationAnalysisContext context)
    {
        var contexts = JsonContexts.Of(context.Compilation);
        var missing = roots.Where(root => !root.Type.IsUnknown() && !contexts.Knows(root.Type))
            .GroupBy(root => root.Type.ToCodeWithoutNull(), StringComparer.Ordinal);
        foreach (var group in missing)
        {
            var first = group.OrderBy(root => root.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(root => root.Location.SourceSpan.Start).First();
            context.ReportDiagnostic(Diagnostic.Create(
                Descriptors.NotInJsonContext, first.Location, ImmutableDictionary<string, string?>.Empty.Add(TypeProperty, group.Key), first.Type.ToReadable()));
        }
    }

    private static bool HasNoReflection(AnalyzerConfigOptions options) =>
        Is(options, "PublishAot", "true") || (Is(options, "PublishTrimmed", "true") && !Is(options, "JsonSerializerIsReflectionEnabledByDefault", "true"));

    private static bool Is(AnalyzerConfigOptions options, string property, string value) =>
        options.TryGetValue($"build_property.{property}", out var text) && string.Equals(text, value, StringComparison.OrdinalIgnoreCase);
}

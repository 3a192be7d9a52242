using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0110: a type that has to become JSON, and never does.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnserializableAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.Unserializable];

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var converters = new Lazy<Converters>(() => Converters.Of(context.Compilation));
        context.RegisterSymbolAction(symbol => Analyze(JsonRoots.Of((IMethodSymbol)symbol.Symbol, symbol.Compilation), converters, symbol), SymbolKind.Method);
        context.RegisterSymbolAction(symbol => Analyze(JsonRoots.Of((INamedTypeSymbol)symbol.Symbol), converters, symbol), SymbolKind.NamedType);
    }

    private static void Analyze(IEnumerable<JsonRoot> roots, Lazy<Converters> converters, SymbolAnalysisContext context)
    {
        foreach (var root in roots)
        {
            if (root.Type.IsUnknown() || new JsonCheck(root.IsRead).Find(root.Type, root.Name) is not var (path, type) || converters.Value.MayWrite(type))
                continue;
            context.ReportDiagnostic(Diagnostic.Create(Descriptors.Unserializable, root.Location, path, type.ToReadable()));
        }
    }

    /// <summary>The converters that the program has; whether they are registered only run time knows.</summary>
    private sealed class Converters(bool hasFactory, HashSet<ITypeSymbol> types)
    {
        public static Converters Of(Compilation compilation)
        {
            var hasFactory = false;
            var types = new HashSet<ITypeSymbol>(SymbolEqualityComparer.Default);
            foreach (var type in JsonMembers.TypesIn(compilation.Assembly.GlobalNamespace))
            {
                for (var part = type.BaseType; part is not null; part = part.BaseType)
                {
                    hasFactory |= part.Is("System.Text.Json.Serialization.JsonConverterFactory");
                    if (part is { TypeArguments: [var converted] } && part.Is("System.Text.Json.Serialization.JsonConverter"))
                        types.Add(converted);
                }
            }
            return new Converters(hasFactory, types);
        }

        public bool MayWrite(ITypeSymbol type) =>
            hasFactory || types.Contains(type) || types.Any(known => known.Is("System.Object") || known.Is("System.Type") && JsonMembers.IsOrDerivesFrom(type, "System.Type"));
    }
}

using Capsule.Generators.Model;
using Microsoft.CodeAnalysis;

namespace Capsule.Generators;

/// <summary>The two diagnostics that no analyzer can report.</summary>
internal static class GeneratorDiagnostics
{
    private static readonly DiagnosticDescriptor Setup = Descriptor(
        "CAP0901", "Capsule can't generate code for this project", "{0}");

    private static readonly DiagnosticDescriptor Failed = Descriptor(
        "CAP0902", "The generator failed for a handler", "No code was generated for {0}: {1}");

    public static void Report(this SourceProductionContext output, IEnumerable<Failure> failures)
    {
        foreach (var failure in failures)
        {
            var rule = failure.Rule == Setup.Id ? Setup : Failed;
            output.ReportDiagnostic(Diagnostic.Create(rule, Location.None, [.. failure.Arguments]));
        }
    }

    private static DiagnosticDescriptor Descriptor(string id, string title, string message) =>
        new(
            id, title, message, "Capsule", DiagnosticSeverity.Error, isEnabledByDefault: true,
            helpLinkUri: $"https://github.com/capsule-dotnet/capsule/blob/main/docs/rules/{id}.md");
}

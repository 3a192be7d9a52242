using Microsoft.CodeAnalysis;

namespace Capsule.Analyzers;

/// <summary>Every rule: its id, texts and severity. Each has a page in <c>docs/rules</c>.</summary>
internal static partial class Descriptors
{
    public const string Category = "Capsule";

    private const string Pages = "https://github.com/capsule-dotnet/capsule/blob/main/docs/rules/";

    private static DiagnosticDescriptor Error(string id, string title, string message, params string[] tags) =>
        Create(id, title, message, DiagnosticSeverity.Error, tags);

    private static DiagnosticDescriptor Warning(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message, params string[] tags) =>
        Create(id, title, message, DiagnosticSeverity.Info, tags);

    private static DiagnosticDescriptor WarningAtEnd(string id, string title, string message) =>
        Create(id, title, message, DiagnosticSeverity.Warning, WellKnownDiagnosticTags.CompilationEnd);

    private static DiagnosticDescriptor Create(string id, string title, string message, DiagnosticSeverity severity, params string[] tags) =>
        new(id, title, message, Category, severity, isEnabledByDefault: true, helpLinkUri: $"{Pages}{id}.md", customTags: tags);
}

using System.Collections.Immutable;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0103: a body is asked of a request that rarely has one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BodySourceAnalyzer : HttpHandlerAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UnusualBody];

    private protected override void Analyze(BoundHandler handler, Compilation compilation, Action<Diagnostic> report)
    {
        if (SeverityFor(handler.HttpMethod) is not { } severity)
            return;
        foreach (var value in handler.Values)
        {
            if (value.Source is ExplicitSource.Body or ExplicitSource.Form || value.Model is FormParameter)
            {
                report(Diagnostic.Create(
                    Descriptors.UnusualBody, value.Location, severity, additionalLocations: null, properties: null, value.Target.Name, handler.HttpMethod));
            }
        }
    }

    /// <summary>A body on GET and HEAD has no meaning in HTTP; on DELETE it has none that is defined, but some services have it.</summary>
    private static DiagnosticSeverity? SeverityFor(string httpMethod) => httpMethod switch
    {
        "GET" or "HEAD" => DiagnosticSeverity.Warning,
        "DELETE" => DiagnosticSeverity.Info,
        _ => null,
    };
}

using System.Collections.Immutable;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0108: what may be left out of the path is required by the handler, or the other way round.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OptionalRouteParameterAnalyzer : HttpHandlerAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.OptionalMismatch];

    private protected override void Analyze(BoundHandler handler, Compilation compilation, Action<Diagnostic> report)
    {
        foreach (var value in handler.Values)
        {
            if (value.Model is not ValueParameter { Source: ValueSource.Route } model || RouteParameterOf(handler, model.Name) is not { } parameter)
                continue;
            if (parameter is { IsOptional: true } && !model.IsOptional)
                Report("may be left out of the path, but the handler requires it: let it be null, or take the '?' out of the route");
            else if (parameter is { IsOptional: false, HasDefault: false, IsCatchAll: false } && SaysOptional(value.Target))
                Report("is optional for the handler, but no path without it leads there: put a '?' into the route, or require it");

            void Report(string reason) => report(Diagnostic.Create(Descriptors.OptionalMismatch, value.Location, value.Target.Name, handler.Pattern, reason));
        }
    }

    /// <summary>The parameter of that name, when it ends the pattern: nothing before other segments can be left out of a path.</summary>
    private static RouteParameter? RouteParameterOf(BoundHandler handler, string name) =>
        handler.RouteParameters is [.., var last] && string.Equals(last.Name, name, StringComparison.OrdinalIgnoreCase)
        && handler.Pattern.Substring(last.Start + last.Length).Trim('/').Length == 0
            ? last
            : null;

    /// <summary>Where nullability is not declared, nothing is said.</summary>
    private static bool SaysOptional(BindingTarget target) =>
        target.Default is not null || target.Type.NullableAnnotation == NullableAnnotation.Annotated;
}

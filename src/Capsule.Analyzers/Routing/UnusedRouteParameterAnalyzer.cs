using System.Collections.Immutable;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0202: a part of the path is named, and nothing reads it.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnusedRouteParameterAnalyzer : HttpHandlerAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UnusedRouteParameter];

    private protected override void Analyze(BoundHandler handler, Compilation compilation, Action<Diagnostic> report)
    {
        if (handler.RouteParameters.Count == 0 || MayReadPath(handler))
            return;
        foreach (var parameter in handler.RouteParameters)
        {
            // A catch-all is often there to match, not to be read.
            if (parameter.IsCatchAll || IsTaken(handler, parameter))
                continue;
            var place = handler.Mark.Attribute.Locate("pattern", parameter.Start, parameter.Length, CancellationToken.None);
            report(Diagnostic.Create(Descriptors.UnusedRouteParameter, place, handler.Method.Name, parameter.Name));
        }
    }

    private static bool IsTaken(BoundHandler handler, RouteParameter parameter) =>
        handler.Values.Any(value => value.Model is ValueParameter { Source: ValueSource.Route } model
            && string.Equals(model.Name, parameter.Name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the handler is given something by which it can read the path itself.</summary>
    private static bool MayReadPath(BoundHandler handler) =>
        handler.Values.Any(value => value.Model is CustomParameter
            or InjectedParameter { What: Injected.HttpContext or Injected.HttpRequest or Injected.HttpResponse or Injected.RequestContext })
        || handler.Method.Parameters.Any(parameter => parameter.HasAttribute("Microsoft.AspNetCore.Http.AsParametersAttribute"))
        || handler.Takes("Microsoft.AspNetCore.Http.IHttpContextAccessor");
}

using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>
/// CAP0404: two operations of the OpenAPI document have one id. Ids that come from method names are told apart by verb and path; names that
/// the author gives are not, and endpoints of one name keep the app from answering.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class OperationIdAnalyzer : CapsuleAnalyzer
{
    private const string NameMetadata = "Microsoft.AspNetCore.Routing.IEndpointNameMetadata";

    private static readonly Regex Words = new("[A-Za-z0-9]+", RegexOptions.CultureInvariant);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.DuplicateOperationId];

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        var operations = new ConcurrentBag<Operation>();
        context.RegisterSymbolAction(symbol => Collect((IMethodSymbol)symbol.Symbol, symbol.Compilation, operations), SymbolKind.Method);
        context.RegisterCompilationEndAction(end => Report(operations, end.ReportDiagnostic));
    }

    private static void Collect(IMethodSymbol method, Compilation compilation, ConcurrentBag<Operation> operations)
    {
        if (BoundHandler.Of(method, compilation) is not { } handler)
            return;
        var named = method.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass?.Implements(NameMetadata) == true);
        // A name that an attribute of the author's makes up is known at run time only.
        if (named is null)
            operations.Add(new(handler, null, null));
        else if (named.ConstructorArguments is [{ Value: string name }] && named.AttributeClass.Is("Microsoft.AspNetCore.Routing.EndpointNameAttribute"))
            operations.Add(new(handler, name, named));
    }

    private static void Report(IEnumerable<Operation> operations, Action<Diagnostic> report)
    {
        var inOrder = operations.OrderBy(operation => operation.Handler.Method.ToReadable(), StringComparer.Ordinal).ToList();
        foreach (var group in inOrder.GroupBy(operation => operation.Name ?? operation.MethodName, StringComparer.Ordinal).Where(group => group.Count() > 1))
        {
            foreach (var second in group.Where(operation => operation.Name is not null).Skip(1))
                Report(second, second.Name!);
            foreach (var same in group.Where(operation => operation.Name is null).GroupBy(operation => operation.VerbAndPath, StringComparer.Ordinal))
            {
                // Two handlers of one route are one operation; whether they may be, another rule knows.
                foreach (var other in same.GroupBy(operation => RouteKey.Of(operation.Handler.HttpMethod, operation.Handler.Pattern), StringComparer.Ordinal).Skip(1))
                    Report(other.First(), same.Key);
            }
        }

        void Report(Operation operation, string id)
        {
            var method = operation.Handler.Method;
            var place = operation.Attribute?.Locate("endpointName", 0, id.Length, CancellationToken.None) ?? method.Locations[0];
            report(Diagnostic.Create(Descriptors.DuplicateOperationId, place, method.Name, id));
        }
    }

    private sealed record Operation(BoundHandler Handler, string? Name, AttributeData? Attribute)
    {
        /// <summary>As the host names operations: after the method, in camel case.</summary>
        public string MethodName => Identifiers.JsonName(Handler.Method.NameWithoutAsync());

        /// <summary>What it falls back to where several methods have the name.</summary>
        public string VerbAndPath =>
            Handler.HttpMethod.ToLowerInvariant() + string.Concat(Words.Matches(PathIn(Handler.Pattern)).Cast<Match>().Select(match => char.ToUpperInvariant(match.Value[0]) + match.Value.Substring(1)));

        /// <summary>The pattern as the document writes it: parameters without constraints and default values.</summary>
        private static string PathIn(string pattern) => RoutePatternCheck.Parameters(pattern).Reverse()
            .Aggregate(pattern, (path, parameter) => path.Remove(parameter.Start, parameter.Length).Insert(parameter.Start, $"{{{parameter.Name}}}"));
    }
}

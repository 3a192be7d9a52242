using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0402: nothing says what a handler answers, so the OpenAPI document can't either.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UndescribedResponseAnalyzer : HttpHandlerAnalyzer
{
    private static readonly string[] Descriptions =
    [
        "Microsoft.AspNetCore.Http.Metadata.IProducesResponseTypeMetadata",
        "Microsoft.AspNetCore.Mvc.ApiExplorer.IApiResponseMetadataProvider",
        "Microsoft.AspNetCore.Http.Metadata.IEndpointMetadataProvider",
        "Microsoft.AspNetCore.Routing.IExcludeFromDescriptionMetadata",
        "Microsoft.AspNetCore.Mvc.ApiExplorer.IApiDescriptionVisibilityProvider",
    ];

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UndescribedResponse];

    private protected override void Analyze(BoundHandler handler, Compilation compilation, Action<Diagnostic> report)
    {
        if (handler.Result is { } result && SaysNothing(result) && !IsDescribed(handler.Method))
            report(Diagnostic.Create(Descriptors.UndescribedResponse, handler.Method.Locations[0], handler.Method.Name, result.ToReadable()));
    }

    /// <summary>The framework's own results are what they are called; a result of the author's could describe itself.</summary>
    private static bool SaysNothing(ITypeSymbol result) =>
        result.SpecialType == SpecialType.System_Object || result.TypeKind == TypeKind.Dynamic
        || result.Is("Microsoft.AspNetCore.Http.IResult")
        || (!result.DeclaringSyntaxReferences.IsEmpty && result.Implements("Microsoft.AspNetCore.Http.IResult") && !result.Implements(Descriptions[2]));

    private static bool IsDescribed(IMethodSymbol method) =>
        method.GetAttributes().Concat(method.ContainingType.GetAttributes()).Concat(method.GetReturnTypeAttributes())
            .Any(attribute => attribute.AttributeClass is { } type && Descriptions.Any(type.Implements));
}

using System.Collections.Immutable;
using Capsule.Generators.Model;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0105: a type has a <c>TryParse</c> or <c>BindAsync</c> that is not quite one, so that its values come from elsewhere.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MalformedParserAnalyzer : HttpHandlerAnalyzer
{
    private const string HttpContext = "Microsoft.AspNetCore.Http.HttpContext";

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.MalformedParser];

    private protected override void Analyze(BoundHandler handler, Compilation compilation, Action<Diagnostic> report)
    {
        foreach (var value in handler.Values)
        {
            if (value.Source != ExplicitSource.None || value.Model is not (ServiceParameter or BodyParameter))
                continue;
            var type = value.Target.Type.WithoutNullable();
            if (type is not INamedTypeSymbol { DeclaringSyntaxReferences.IsEmpty: false, TypeKind: TypeKind.Class or TypeKind.Struct } named)
                continue;
            // Where the value could be a body, a method that parsing text elsewhere needs is no mistake.
            var isExpected = value.Model is ServiceParameter or BodyParameter { Undecided.MayBeBody: false }
                || handler.RouteParameters.Any(parameter => string.Equals(parameter.Name, value.Target.Name, StringComparison.OrdinalIgnoreCase));
            if (named.GetMembers().OfType<IMethodSymbol>().FirstOrDefault(method => IsAttempt(method, named, isExpected)) is not { } found)
                continue;
            report(Diagnostic.Create(
                Descriptors.MalformedParser, value.Location, found.Locations, value.Target.Name, named.ToReadable(), found.Name, Wanted(found, named)));
        }
    }

    /// <summary>Whether the method looks like one that makes a value of its type from the request. None of them is well formed here.</summary>
    private static bool IsAttempt(IMethodSymbol method, INamedTypeSymbol type, bool isExpected) => method switch
    {
        { Name: "BindAsync" } => (isExpected || IsPublicStatic(method))
            && method.Parameters.Any(parameter => parameter.Type.Is(HttpContext)) && Mentions(method.ReturnType, type),
        { Name: "TryParse", Parameters: [var text, ..] } => (isExpected ? IsText(text.Type) : IsString(text.Type) && IsPublicStatic(method))
            && method.Parameters.Skip(1).Any(parameter => Mentions(parameter.Type, type) && (isExpected || parameter.RefKind == RefKind.Out)),
        _ => false,
    };

    private static bool IsPublicStatic(IMethodSymbol method) => method is { IsStatic: true, DeclaredAccessibility: Accessibility.Public };

    private static bool IsString(ITypeSymbol type) => type.SpecialType == SpecialType.System_String;

    private static bool IsText(ITypeSymbol type) => IsString(type) || type.Is("System.ReadOnlySpan");

    private static bool Mentions(ITypeSymbol type, INamedTypeSymbol wanted) =>
        SymbolEqualityComparer.Default.Equals(type, wanted) || (type is INamedTypeSymbol { TypeArguments: [var argument] } && Mentions(argument, wanted));

    private static string Wanted(IMethodSymbol method, INamedTypeSymbol type) => method.Name == "TryParse"
        ? $"public static bool TryParse(string, out {type.Name})"
        : $"public static ValueTask<{type.Name}> BindAsync(HttpContext)";
}

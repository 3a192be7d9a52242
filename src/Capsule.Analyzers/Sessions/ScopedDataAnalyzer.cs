using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace Capsule.Analyzers;

/// <summary>CAP0315: documents of one user, or of one session, where there is neither.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ScopedDataAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.ScopedDataWithoutUser];

    private protected override void Register(CompilationStartAnalysisContext context)
    {
        context.RegisterSymbolAction(AnalyzeParameters, SymbolKind.Method);
        context.RegisterOperationBlockStartAction(start =>
        {
            if (start.OwningSymbol is IMethodSymbol method && KindOf(method) is { } kind)
                start.RegisterOperationAction(operation => AnalyzeUse(operation, kind), OperationKind.PropertyReference, OperationKind.Invocation);
        });
    }

    private static HandlerKind? KindOf(IMethodSymbol method)
    {
        foreach (var mark in HandlerMark.On(method))
        {
            if (mark.Kind is HandlerKind.Schedule or HandlerKind.Boot)
                return mark.Kind;
        }
        return null;
    }

    /// <summary>The kind of the handlers for which objects of the type are made, when none of them has a user.</summary>
    private static HandlerKind? KindOfAll(INamedTypeSymbol type)
    {
        var handlers = type.GetMembers().OfType<IMethodSymbol>().Where(method => !method.IsStatic && HandlerMark.On(method).Count > 0).ToList();
        return handlers.TrueForAll(handler => KindOf(handler) is not null) ? handlers.Select(KindOf).FirstOrDefault() : null;
    }

    private static void AnalyzeParameters(SymbolAnalysisContext context)
    {
        var method = (IMethodSymbol)context.Symbol;
        if (method.Parameters.IsEmpty || (method.MethodKind == MethodKind.Constructor ? KindOfAll(method.ContainingType) : KindOf(method)) is not { } kind)
            return;
        foreach (var parameter in method.Parameters)
        {
            var syntax = parameter.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(context.CancellationToken) as ParameterSyntax;
            if (DocumentIn(parameter.Type) is { } document && ScopeOf(document) is { } scope && syntax is { Type: { } place })
                context.ReportDiagnostic(Create(place.GetLocation(), document, scope, kind));
        }
    }

    private static void AnalyzeUse(OperationAnalysisContext context, HandlerKind kind)
    {
        var isSource = context.Operation switch
        {
            IPropertyReferenceOperation reference => reference.Property.IsStatic || reference.Instance is { Type: { } type } && type.IsCapsule("DocumentDatabase"),
            IInvocationOperation call => call.TargetMethod.ContainingType.IsCapsule("DocumentDatabase") || call.TargetMethod.ContainingType.TypeKind == (TypeKind)14,
            _ => false,
        };
        if (isSource && DocumentIn(context.Operation.Type) is { } document && ScopeOf(document) is { } scope)
            context.ReportDiagnostic(Create(context.Operation.Syntax.GetLocation(), document, scope, kind));
    }

    private static ITypeSymbol? DocumentIn(ITypeSymbol? type) =>
        type.IsCapsule("Collection") && type is INamedTypeSymbol { TypeArguments: [var document] } ? document : null;

    /// <summary>The name of a scope that needs a user or a session.</summary>
    private static string? ScopeOf(ITypeSymbol document)
    {
        foreach (var attribute in document.GetAttributes())
        {
            if (attribute.AttributeClass.IsCapsule("DocumentAttribute") && attribute.Argument("Scope") is { Kind: TypedConstantKind.Enum } scope
                && Constants.EnumMember(scope) is var member && (member.EndsWith(".User", StringComparison.Ordinal) || member.EndsWith(".Session", StringComparison.Ordinal)))
            {
                return member.Substring(member.LastIndexOf('.') + 1);
            }
        }
        return null;
    }

    private static Diagnostic Create(Location location, ITypeSymbol document, string scope, HandlerKind kind) =>
        Diagnostic.Create(Descriptors.ScopedDataWithoutUser, location, document.Name, scope, kind);
}

using System.Collections.Immutable;
using Capsule.Generators.Parsing;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace Capsule.Analyzers;

/// <summary>CAP0316: <c>!</c> hides that an integration may not be connected. Without it, the compiler's own flow analysis says so.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UncheckedIntegrationAnalyzer : CapsuleAnalyzer
{
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics { get; } = [Descriptors.UncheckedIntegration];

    private protected override void Register(CompilationStartAnalysisContext context) =>
        context.RegisterSyntaxNodeAction(Analyze, SyntaxKind.SuppressNullableWarningExpression);

    private static void Analyze(SyntaxNodeAnalysisContext context)
    {
        var node = (PostfixUnaryExpressionSyntax)context.Node;
        if (IntegrationLookup.Of(node.Operand, context.SemanticModel, context.CancellationToken) is not { } lookup || lookup.MayBeChecked())
            return;
        var advice = lookup.Session is null ? "check it" : "use RequireIntegrationAsync, or check it";
        context.ReportDiagnostic(Diagnostic.Create(Descriptors.UncheckedIntegration, node.GetLocation(), advice));
    }
}

/// <summary>An expression that looks an integration up: null until its user has connected it.</summary>
/// <param name="Used">What is used: the lookup, or a local that was given it.</param>
/// <param name="Expression">The lookup itself.</param>
/// <param name="Integration">Which integration.</param>
/// <param name="Session">The session whose user can be asked; null when there is none, as in a request or a schedule.</param>
internal sealed record IntegrationLookup(ExpressionSyntax Used, ExpressionSyntax Expression, ExpressionSyntax Integration, ExpressionSyntax? Session)
{
    public static IntegrationLookup? Of(ExpressionSyntax used, SemanticModel semantics, CancellationToken cancellation)
    {
        while (used is ParenthesizedExpressionSyntax inner)
            used = inner.Expression;
        var expression = used is IdentifierNameSyntax ? InitializerOf(used, semantics, cancellation) : used;
        return expression switch
        {
            InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetIntegration" } access, ArgumentList.Arguments: [var integration] }
                when SymbolOf(expression) is IMethodSymbol method && method.ContainingType.IsCapsule("Session") =>
                new(used, expression, integration.Expression, Asked(access.Expression)),
            ElementAccessExpressionSyntax { Expression: var integrations, ArgumentList.Arguments: [var integration] }
                when SymbolOf(expression) is IPropertySymbol property && property.ContainingType.IsCapsule("ConnectedIntegrations") =>
                new(used, expression, integration.Expression, SessionOf(integrations)),
            _ => null,
        };

        ISymbol? SymbolOf(SyntaxNode node) => semantics.GetSymbolInfo(node, cancellation).Symbol;

        ExpressionSyntax? SessionOf(ExpressionSyntax integrations) =>
            integrations is MemberAccessExpressionSyntax access && semantics.GetTypeInfo(access.Expression, cancellation).Type.IsCapsule("Session") ? Asked(access.Expression) : null;

        ExpressionSyntax? Asked(ExpressionSyntax session) =>
            session.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } syntax && semantics.GetDeclaredSymbol(syntax, cancellation) is IMethodSymbol handler
                && HandlerMark.On(handler).Any(mark => mark.IsHttp || mark.Kind is HandlerKind.Schedule or HandlerKind.Boot or HandlerKind.Shutdown)
                ? null
                : session;
    }

    /// <summary>
    /// Whether the method names the local that was given it, or else the integration, earlier: other than through <c>!</c>, or to show it. Then it may
    /// have checked it, or asked for it.
    /// </summary>
    public bool MayBeChecked() => IsNamedBefore(Used == Expression ? Integration : Used);

    public static bool IsNamedBefore(ExpressionSyntax named)
    {
        var text = named.ToString();
        var member = named.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        return member.DescendantNodes()
            .Where(node => node.SpanStart < named.SpanStart && node.RawKind == named.RawKind && node.ToString() == text)
            .Any(node => !IsHarmless(node, (SyntaxNode?)node.FirstAncestorOrSelf<StatementSyntax>() ?? member));
    }

    private static bool IsHarmless(SyntaxNode integration, SyntaxNode whole)
    {
        for (var part = integration; part is not null && part != whole; part = part.Parent)
        {
            if (part.IsKind(SyntaxKind.SuppressNullableWarningExpression)
                || part is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ShowIntegrationAsync" } })
            {
                return true;
            }
        }
        return false;
    }

    private static ExpressionSyntax? InitializerOf(ExpressionSyntax local, SemanticModel semantics, CancellationToken cancellation) =>
        semantics.GetSymbolInfo(local, cancellation).Symbol is ILocalSymbol { DeclaringSyntaxReferences: [var declaration] }
            && declaration.GetSyntax(cancellation) is VariableDeclaratorSyntax { Initializer.Value: var value }
            ? value
            : null;
}
